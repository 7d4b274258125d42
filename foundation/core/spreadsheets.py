"""The one writer of spreadsheets. Texts can never become formulas; codes stay text; amounts stay numbers.

A leading ``= + - @``, tab or line break (half or full width) in a text cell is defused: in CSV by an apostrophe, in XLSX by
the cell's type, which keeps the text as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
Value = str | int | float | date | datetime | None


def text_of(value: Value) -> Value:
    """Dates as 2024-04-24, instants in Beijing time, the rest as it is."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return value


def defused(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS) else text


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with BOM, so that Excel and WPS on a Chinese Windows read it right."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (head, *rows):
        cells = (text_of(value) for value in row)
        writer.writerow([defused(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(head: Sequence[str], rows: Iterable[Sequence[Value]], *, title: str = "Sheet1") -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for row in (head, *rows):
        sheet.append([_cell(sheet, text_of(value)) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet, value: Value) -> WriteOnlyCell:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"  # openpyxl makes a formula of every text that begins with "="
    cell.number_format = "@"
    return cell
