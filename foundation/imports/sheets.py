"""Workbooks that go out: the template to fill in, and the rows that were refused, with what is wrong with each."""

from __future__ import annotations

from foundation.core.spreadsheets import FormColumn, Marked, form_bytes, xlsx_bytes

from .columns import Column
from .enums import Outcome
from .models import Batch, BatchRow
from .stored import cells_in_full, opened
from .target import Target, target_named
from .values import ChoicesWidget, ChoiceWidget


def template_workbook(target: Target) -> bytes:
    """An empty table with the right headings, every column text, choices as lists; a second sheet explains."""
    columns = list(target.resource.columns.values())
    guide = [(c.column_name, "是" if c.required else "", c.note, c.example) for c in columns]
    return form_bytes(
        [FormColumn(column.column_name, _width(column), choices_of(column)) for column in columns],
        title=target.label,
        guide=[("列", "须有此列", "怎么填", "例子"), *guide],
        widths=(18, 10, 60, 36),
    )


def _width(column: Column) -> int:
    return max(12, len(column.column_name) * 2 + 4, len(column.example) + 2)


def choices_of(column: Column) -> tuple[str, ...]:
    """What the cell may hold when it holds just one of a closed list."""
    widget = column.widget
    if not isinstance(widget, ChoiceWidget) or isinstance(widget, ChoicesWidget):
        return ()
    return tuple(label for value, label in widget.choices.choices if value)


def refused_workbook(batch: Batch) -> bytes:
    """The refused rows as they were read, with their faults and where they stood; can be mended and sent again.

    Faulty cells are yellow.
    """
    columns = target_named(batch.target).resource.columns
    refused = list(batch.rows.filter(outcome=Outcome.REJECTED).order_by("sheet", "number"))
    cells = [_filled(cells_in_full(row) or shown_cells(row, columns)) for row in refused]
    faulty = [{fault["field"] for fault in row.reasons} for row in refused]
    named = set().union(*faulty, *cells)
    used = [name for name in columns if name in named] or list(columns)
    head = ["错误", "原行号", *(columns[name].column_name for name in used)]
    rows = (
        [_faults(row), _where(row), *(_marked(values.get(name, ""), name in wrong) for name in used)]
        for row, values, wrong in zip(refused, cells, faulty, strict=True)
    )
    return xlsx_bytes(head, rows, title="不合格的行", widths=(48, 14, *(_width(columns[name]) for name in used)))


def _filled(values: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in values.items() if text}


def _marked(text: str, is_faulty: bool) -> str | Marked:
    return Marked(text) if is_faulty else text


def shown_cells(row: BatchRow, columns: dict[str, Column]) -> dict[str, str]:
    """A row that was sound by itself has no cells of its own: its values, as a spreadsheet shows them."""
    record = opened(row.record, target_named(row.batch.target))
    return {name: column.shown(record.get(name)) for name, column in columns.items()}


def _where(row: BatchRow) -> str:
    return f"{row.sheet} {row.number}" if row.sheet else str(row.number)


def _faults(row: BatchRow) -> str:
    return "；".join(fault["message"].rstrip("。") for fault in row.reasons)
