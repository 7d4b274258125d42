"""The one writer of spreadsheets. Texts can never become formulas; codes stay text; amounts stay numbers.

A text that begins with ``= + - @``, a tab or a line break (half or full width, also behind blanks and invisible
characters) is defused: in CSV by an apostrophe, in XLSX by the cell's type, which keeps the text as it was.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
Value = str | int | float | Decimal | date | datetime | None
YELLOW = PatternFill("solid", fgColor="FFF2A8")


@dataclass(frozen=True)
class Marked:
    """A text that somebody has to look at: its cell is yellow."""

    text: str


def text_of(value: Value | Marked) -> Value | Marked:
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
    return b"\xef\xbb\xbf" + csv_part((head, *rows))


def csv_part(rows: Iterable[Sequence[Value]]) -> bytes:
    """Rows of a CSV file that is written part by part, without BOM."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        cells = (text_of(value) for value in row)
        writer.writerow([defused(cell.replace("\0", "")) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue().encode()


def xlsx_bytes(
    head: Sequence[str],
    rows: Iterable[Sequence[Value | Marked]],
    *,
    title: str = "Sheet1",
    footer: str = "",
    notes: Sequence[tuple[str, str]] = (),
    widths: Sequence[int] = (),
    further: Mapping[str, Iterable[Sequence[Value | Marked]]] | None = None,
) -> bytes:
    """A workbook with a frozen head; ``footer`` is printed on each page, ``notes`` fill the last sheet.

    ``further`` are sheets between the two, by their names, heads included.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.oddFooter.left.text = footer.replace("&", "&&")
    _fill(sheet, chain((head,), rows))
    for name, lines in (further or {}).items():
        _fill(book.create_sheet(name[:31]), lines)
    if notes:
        _fill(book.create_sheet("导出说明"), notes)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet, rows: Iterable[Sequence[Value | Marked]]) -> None:
    for row in rows:
        sheet.append([_cell(sheet, text_of(value)) for value in row])


def _cell(sheet, value: Value | Marked) -> WriteOnlyCell:
    if isinstance(value, Marked):
        cell = _cell(sheet, value.text)
        cell.fill = YELLOW
        return cell
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=value)
        if isinstance(value, Decimal):
            cell.number_format = "#,##0.00"
        return cell
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"  # openpyxl makes a formula of every text that begins with "="
    cell.number_format = "@"
    return cell


@dataclass(frozen=True)
class FormColumn:
    """A column of an empty form: its heading, its width in characters, what may be chosen."""

    heading: str
    width: int
    choices: tuple[str, ...] = ()


FORM_ROWS = 5000
MAX_CHOICES = 255  # characters that a spreadsheet program accepts in a list of choices


def form_bytes(
    columns: Sequence[FormColumn], *, title: str, guide: Iterable[Sequence[str]], widths: Sequence[int]
) -> bytes:
    """An empty form to fill in: every column typed as text, so that no code loses digits; a second sheet explains."""
    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        heading = sheet.cell(1, number, column.heading)
        heading.font, heading.fill = Font(bold=True), PatternFill("solid", fgColor="E8F0FE")
        sheet.column_dimensions[letter].number_format = "@"
        sheet.column_dimensions[letter].width = column.width
        choices = ",".join(column.choices)
        if choices and len(choices) <= MAX_CHOICES:
            pick = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
            pick.add(f"{letter}2:{letter}{FORM_ROWS}")
            sheet.add_data_validation(pick)
    _explain(book.create_sheet("填表说明"), guide, widths)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _explain(sheet: Worksheet, guide: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    for row in guide:
        sheet.append(list(row))
    for row in sheet.iter_rows():
        for cell in row:
            cell.number_format, cell.data_type = "@", "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
