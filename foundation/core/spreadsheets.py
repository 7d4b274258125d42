"""The one writer of spreadsheets. Texts can never become formulas; codes stay text; amounts stay numbers.

A text that begins with ``= + - @``, a tab or a line break (half or full width, also behind blanks and invisible
characters) is defused: in CSV by an apostrophe, in XLSX by the cell's type, which keeps the text as it was.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
Value = str | int | float | Decimal | date | datetime | None


def text_of(value: Value) -> Value:
    """Dates as 2024-04-24, instants in Beijing time, yes and no in words, the rest as it is."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _seen(text: str) -> str:
    """The text from its first visible character on."""
    for place, character in enumerate(text):
        if unicodedata.category(character) not in _UNSEEN:
            return text[place:]
    return ""


def defused(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) or _seen(text).startswith(DANGEROUS) else text


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with BOM, so that Excel and WPS on a Chinese Windows read it right."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (head, *rows):
        cells = (text_of(value) for value in row)
        writer.writerow([defused(cell.replace("\0", "")) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(
    head: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    title: str = "Sheet1",
    footer: str = "",
    notes: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A workbook with a frozen head; ``footer`` is printed on each page, ``notes`` fill a second sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.oddFooter.left.text = footer.replace("&", "&&")
    _fill(sheet, (head, *rows))
    if notes:
        _fill(book.create_sheet("导出说明"), notes)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet, rows: Iterable[Sequence[Value]]) -> None:
    for row in rows:
        sheet.append([_cell(sheet, text_of(value)) for value in row])


def _cell(sheet, value: Value) -> WriteOnlyCell:
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=value)
        if isinstance(value, Decimal):
            cell.number_format = "#,##0.00"
        return cell
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"  # openpyxl makes a formula of every text that begins with "="
    cell.number_format = "@"
    return cell
