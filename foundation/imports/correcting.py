"""The form in which rows are mended in place: a card for each row, its faulty cells as fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from foundation.core.ciphers import masked

from .checking import SKIP
from .columns import Column
from .enums import Outcome
from .models import Batch, BatchRow, CellEdit
from .offering import Repair, repair_of, spot_key, spot_named
from .operations.checking import LONGEST_CELL
from .sheets import choices_of, shown_cells
from .showing import Edited, edited_of, edits_by_row
from .stored import cells_in_full, repairs_of
from .target import Spot, Target, label_of, target_named

MOST_CARDS = 50
HINT = re.compile(r"[，。]?(请核对，)?(可能|应该?)是 .*$")
LEFT_OUT = "1"
STALE = "这一页打开之后，别人保存过修改。下面是最新的校验结果，您填写的内容还在，请核对后再保存。"
UNCHANGED = "没有改动任何内容。请修改标红的内容、采纳建议或勾选“这一行不导入”后再保存。"
BOTH = "既采纳了建议又改了内容，请只用一种：取消采纳，或改回原来的内容。"


@dataclass
class Cell:
    """One field of a card. ``value`` is what stands in it; ``stored`` what the last check read."""

    index: int
    name: str
    column: Column
    reasons: list[str]
    warnings: list[str]
    stored: str
    value: str
    suggested: str
    repair: Repair | None
    is_accepted: bool = False
    edited: Edited | None = None
    error: str = ""

    @property
    def field(self) -> str:
        """The name of its field, and its id."""
        return f"cell-{self.index}-{self.name}"

    @property
    def take(self) -> str:
        """The name of the box that accepts what is suggested."""
        return f"take-{self.index}-{self.name}"

    @property
    def label(self) -> str:
        return self.column.column_name

    @property
    def is_faulty(self) -> bool:
        return bool(self.reasons)

    @property
    def options(self) -> list[str]:
        """What may be chosen where the column holds one of a closed list."""
        return [option for option in choices_of(self.column) if option != self.value]

    @property
    def is_changed(self) -> bool:
        return _bare(self.value) != _bare(self.stored)

    @property
    def is_long(self) -> bool:
        return "\n" in self.value or len(self.value) > 60

    @property
    def hint(self) -> str:
        return self.column.typed

    def new_text(self) -> str | None:
        """What is to stand in the cell from now on; None when it stays."""
        if self.is_accepted:
            return self.suggested
        return self.value.strip() if self.is_changed else None


@dataclass
class Card:
    """One row: where it stands, what is wrong with it as a whole, its cells; ``edits`` of those that are sound."""

    index: int
    spot: Spot
    title: str
    code: str
    reasons: list[str]
    cells: list[Cell]
    readable: list[tuple[str, str]]
    is_skipped: bool
    skip: bool
    skipped_by: str = ""
    edits: list[Edited] = field(default_factory=list)

    @property
    def key(self) -> str:
        return spot_key(*self.spot)

    @property
    def where(self) -> str:
        return label_of(self.spot)

    @property
    def faulty(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_faulty]

    @property
    def others(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.is_faulty]

    @property
    def shows_code(self) -> bool:
        """Whether the row's code is needed to understand what is wrong, and stands in no field at once."""
        return bool(self.reasons and self.code) and all(cell.stored != self.code for cell in self.faulty)

    @property
    def opens(self) -> bool:
        """Whether the other cells are shown at once: nothing is wrong with the row, or something was typed there."""
        is_sound = not self.faulty and not self.reasons and not self.is_skipped
        return is_sound or any(cell.is_changed or cell.error for cell in self.others)

    def new_texts(self) -> dict[str, str]:
        texts = {cell.name: text for cell in self.cells if (text := cell.new_text()) is not None}
        if self.skip != self.is_skipped:
            texts[SKIP] = LEFT_OUT if self.skip else ""
        return texts


class CorrectionForm(forms.Form):
    """Reads which cells were changed, suggestions accepted, rows left out: ``edits`` for the operation."""

    def __init__(
        self, data: QueryDict | None = None, files: Any = None, *, batch: Batch, rows: Iterable[BatchRow] = ()
    ) -> None:
        super().__init__(data, files)
        self.batch = batch
        self.target = target_named(batch.target)
        wanted = _keys_of(data) if data is not None else {}
        rows = _rows_named(batch, wanted.values()) if data is not None else list(rows)
        edits = edits_by_row(batch, rows)
        numbers = {spot: index for index, spot in wanted.items()}
        self.cards = [
            _card(row, numbers.get((row.sheet, row.number), place), self.target, edits, data)
            for place, row in enumerate(rows)
        ]

    def clean(self) -> dict[str, Any]:
        if self.data.get("attempt") != str(self.batch.attempt):
            raise forms.ValidationError(STALE)
        for cell in (cell for card in self.cards for cell in card.cells):
            if cell.is_accepted and cell.is_changed:
                cell.error = BOTH
            elif len(cell.value) > LONGEST_CELL and cell.is_changed:
                cell.error = f"太长了，最多{LONGEST_CELL}个字。"
        if wrong := [card.where for card in self.cards if any(cell.error for cell in card.cells)]:
            raise forms.ValidationError(f"{'、'.join(wrong)}有填写问题，见该行说明。")
        edits = {card.spot: texts for card in self.cards if (texts := card.new_texts())}
        if not edits:
            raise forms.ValidationError(UNCHANGED)
        return {"edits": edits}


def _keys_of(data: QueryDict) -> dict[int, Spot]:
    """Index of a card -> the row that it is about, as the page was sent."""
    found = {}
    for index in range(MOST_CARDS):
        spot = spot_named(data.get(f"row-{index}", ""))
        if spot is not None:
            found[index] = spot
    return found


def _rows_named(batch: Batch, spots: Iterable[Spot]) -> list[BatchRow]:
    wanted = set(spots)
    rows = batch.rows.filter(number__in=[number for _, number in wanted]).order_by("sheet", "number")
    return [row for row in rows if (row.sheet, row.number) in wanted]


def _card(
    row: BatchRow, index: int, target: Target, edits: Mapping[Spot, list[CellEdit]], data: QueryDict | None
) -> Card:
    columns = target.resource.columns
    spot = (row.sheet, row.number)
    full = cells_in_full(row) or shown_cells(row, columns)
    own_edits = {edit.column: edited_of(edit, target) for edit in edits.get(spot, ())}
    left_out = own_edits.pop(SKIP, None)
    suggested = repairs_of(row)
    cells = [
        _cell(row, index, column, full.get(name, ""), suggested.get(name, ("", 0))[0], own_edits.get(name), data)
        for name, column in columns.items()
    ]
    is_skipped = row.outcome == Outcome.SKIPPED
    shown = row.cells or {name: _readable(text, columns[name]) for name, text in full.items()}
    return Card(
        index=index,
        spot=spot,
        title=row.title or "（未填名称）",
        code=row.code,
        reasons=[fault["message"] for fault in row.reasons if fault["field"] not in columns],
        cells=cells,
        readable=[
            (cell.label, shown[cell.name])
            for cell in cells
            if not cell.is_faulty and shown.get(cell.name) and cell.name not in target.shown_as
        ],
        is_skipped=is_skipped,
        skip=is_skipped if data is None else f"skip-{index}" in data,
        skipped_by=left_out.editor if left_out else "",
        edits=[cell.edited for cell in cells if cell.edited and not cell.is_faulty],
    )


def _cell(
    row: BatchRow,
    index: int,
    column: Column,
    stored: str,
    suggested: str,
    edited: Edited | None,
    data: QueryDict | None,
) -> Cell:
    name, prefix = column.attribute, f"{column.column_name}："
    faults = [fault for fault in row.reasons if fault["field"] == name]
    with_repair = [fault for fault in faults if fault["after"]]
    cell = Cell(
        index=index,
        name=name,
        column=column,
        reasons=[_said_beside(fault, prefix) for fault in faults],
        warnings=[fault["message"].removeprefix(prefix) for fault in row.warnings if fault["field"] == name],
        stored=stored,
        value=stored,
        suggested=suggested,
        repair=repair_of(with_repair[-1], column.column_name) if with_repair else None,
        edited=edited,
    )
    if data is not None:
        cell.value = data.get(cell.field, stored)
        cell.is_accepted = bool(suggested) and cell.take in data
    return cell


def _readable(text: str, column: Column) -> str:
    """As the page shows it outside a field: personal values masked."""
    return masked(text) if column.personal and text else text


def _said_beside(fault: dict[str, Any], prefix: str) -> str:
    """The sentence without the column's name and without the suggestion, which stands below it."""
    text = fault["message"].removeprefix(prefix)
    return f"{HINT.split(text)[0]}。" if fault["after"] and HINT.search(text) else text


def _bare(text: str) -> str:
    """Without line breaks, which a field of one line drops, and blanks around."""
    return text.replace("\r", "").replace("\n", "").strip()
