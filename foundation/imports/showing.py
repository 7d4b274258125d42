"""The rows of a batch as its page shows them: verdict, reasons, what changes, what was corrected by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from foundation.core.ciphers import masked
from foundation.core.marks import chip

from .browsing import TONES
from .checking import SKIP
from .comparing import marked
from .enums import WRITTEN, BatchState, Outcome
from .models import Batch, BatchRow, CellEdit
from .queries import changes_of
from .stored import opened
from .target import Spot, Target, label_of

KNOWN = (Outcome.UPDATED, Outcome.UNCHANGED, Outcome.CAMPUS)
TAKEN_BACK = {Outcome.CREATED: "已撤回", Outcome.CAMPUS: "已撤回", Outcome.UPDATED: "已恢复"}


@dataclass(frozen=True)
class Edited:
    """A cell that a clerk changed; an empty column stands for the whole row."""

    label: str
    editor: str
    value: str
    is_repair: bool


@dataclass(frozen=True)
class ShownRow:
    """One row as the page of verdicts shows it."""

    pk: int
    where: str
    name: str
    code: str
    outcome: object
    facts: list[tuple[str, str]]
    reasons: list[str]
    warnings: list[tuple[str, SafeString, SafeString]]
    changes: list[tuple[str, SafeString, SafeString]]
    edits: list[Edited] = field(default_factory=list)
    kept: str = ""
    url: str = ""
    can_be_mended: bool = False


def edits_by_row(batch: Batch, rows: Iterable[BatchRow]) -> dict[Spot, list[CellEdit]]:
    """What clerks changed in these rows, in one query."""
    found: dict[Spot, list[CellEdit]] = {}
    edits = CellEdit.objects.filter(batch=batch, number__in=[row.number for row in rows]).order_by("pk")
    for edit in edits:
        found.setdefault((edit.sheet, edit.number), []).append(edit)
    return found


def shown_rows(batch: Batch, rows: list[BatchRow], target: Target) -> list[ShownRow]:
    edits = edits_by_row(batch, rows)
    return [_shown(row, batch, target, edits.get((row.sheet, row.number), [])) for row in rows]


def _shown(row: BatchRow, batch: Batch, target: Target, edits: list[CellEdit]) -> ShownRow:
    written = batch.state == BatchState.APPLIED and row.outcome in WRITTEN
    changes = changes_of(row, target).items() if row.outcome != Outcome.CREATED else ()
    return ShownRow(
        pk=row.pk,
        where=label_of((row.sheet, row.number)),
        name=row.title or "（未填）",
        code=row.code,
        outcome=_outcome(row, batch),
        facts=facts_of(row, target) if row.outcome in (Outcome.CREATED, Outcome.CAMPUS) else [],
        reasons=[fault["message"] for fault in row.reasons],
        warnings=[(fault["message"], *_pair(fault["before"], fault["after"])) for fault in row.warnings],
        changes=[(label, *_pair(before, after)) for label, (before, after) in changes],
        edits=[edited_of(edit, target) for edit in edits],
        kept=row.kept.why if batch.state == BatchState.UNDONE and hasattr(row, "kept") else "",
        can_be_mended=has_cells(row),
        url=target.url_of(row.subject_id) if row.subject_id and (written or row.outcome in KNOWN) else "",
    )


def _outcome(row: BatchRow, batch: Batch) -> SafeString:
    """The verdict; of a batch that was taken back, what that came to."""
    taken_back = TAKEN_BACK.get(Outcome(row.outcome)) if batch.state == BatchState.UNDONE else None
    if taken_back and not hasattr(row, "kept"):
        return chip(taken_back, "plain")
    return chip(row.get_outcome_display(), TONES[Outcome(row.outcome)])


def has_cells(row: BatchRow) -> bool:
    """Whether it is kept what the row says; of rows that change nothing it is not."""
    return bool(row.cells or row.record)


def _pair(before: str, after: str) -> tuple[SafeString, SafeString]:
    return marked(before or "", after or "")


def edited_of(edit: CellEdit, target: Target) -> Edited:
    column = target.resource.columns.get(edit.column)
    if edit.column == SKIP or column is None:
        return Edited("整行", edit.editor, "不导入" if edit.value else "恢复导入", False)
    value = masked(edit.value) if column.personal and edit.value else edit.value
    return Edited(column.column_name, edit.editor, value or "（空）", edit.is_repair)


def facts_of(row: BatchRow, target: Target) -> list[tuple[str, str]]:
    """What a new object will hold beyond its name and code; personal values masked."""
    record, facts = opened(row.record, target), []
    for name, column in target.resource.columns.items():
        text = column.shown(record.get(name))
        if text and name not in target.shown_as:
            facts.append((column.column_name, masked(text) if column.personal else text))
    return facts
