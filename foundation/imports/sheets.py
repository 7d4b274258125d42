"""Workbooks that go out: the template to fill in, and the rows that were refused, with what is wrong with each."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from foundation.core.spreadsheets import xlsx_bytes

from .enums import Outcome
from .models import Batch, BatchRow
from .stored import from_store
from .target import Target, target_named
from .values import ChoicesWidget, ChoiceWidget

FILL_ROWS = 5000
MAX_LIST = 255  # characters that a spreadsheet program accepts in a list of choices


def template_workbook(target: Target) -> bytes:
    """An empty table with the right headings, every column text, choices as lists; a second sheet explains."""
    book = Workbook()
    sheet = book.active
    sheet.title = target.label
    sheet.freeze_panes = "A2"
    for number, column in enumerate(target.resource.columns.values(), start=1):
        cell = sheet.cell(1, number, column.column_name)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8F0FE")
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].number_format = "@"
        sheet.column_dimensions[letter].width = max(12, len(column.column_name) * 2 + 4, len(column.example) + 2)
        if isinstance(column.widget, ChoiceWidget) and not isinstance(column.widget, ChoicesWidget):
            labels = ",".join(label for value, label in column.widget.choices.choices if value)
            if len(labels) <= MAX_LIST:
                choices = DataValidation(type="list", formula1=f'"{labels}"', allow_blank=True)
                choices.add(f"{letter}2:{letter}{FILL_ROWS}")
                sheet.add_data_validation(choices)
    _explain(book.create_sheet("填表说明"), target)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _explain(sheet, target: Target) -> None:
    sheet.append(["列", "须有此列", "怎么填", "例子"])
    for column in target.resource.columns.values():
        sheet.append([column.column_name, "是" if column.required else "", column.note, column.example])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.number_format = "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCD", (18, 10, 60, 36), strict=True):
        sheet.column_dimensions[letter].width = width


def refused_workbook(batch: Batch) -> bytes:
    """The refused rows as they were read, with their faults and where they stood; can be mended and sent again."""
    target = target_named(batch.target)
    headings = target.resource.headings()
    refused = batch.rows.filter(outcome=Outcome.REJECTED).order_by("sheet", "number")
    rows = [_refused_row(row, headings) for row in refused]
    used = [heading for heading in headings if any(row.get(heading) for row in rows)]
    head = ["错误", "原行号", *(used or headings)]
    return xlsx_bytes(head, ([row.get(name, "") for name in head] for row in rows), title="不合格的行")


def _refused_row(stored: BatchRow, headings: list[str]) -> dict[str, str]:
    row = from_store(stored)
    where = f"{row.sheet} {row.number}" if row.sheet else str(row.number)
    faults = "；".join(fault.message.rstrip("。") for fault in row.reasons)
    return {"错误": faults, "原行号": where, **{name: row.cells.get(name, "") for name in headings}}
