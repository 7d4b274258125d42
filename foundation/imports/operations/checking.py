"""The verdicts of a batch: a check begins, stores its rows slice by slice, ends; a clerk corrects cells in between.

Each slice is committed by itself, so that the page shows how far the check has come. A check that dies is begun anew;
``attempt`` keeps a straggler from writing into its successor's rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from foundation.core import constraints
from foundation.core.actor import Actor
from foundation.core.errors import Conflict, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.imports import rules, workflow
from foundation.imports.checking import SKIP, Check, corrected
from foundation.imports.enums import BatchState, Outcome
from foundation.imports.models import Batch, BatchRow, CellEdit
from foundation.imports.stored import keep_cells, repairs_of, store_rows
from foundation.imports.target import Row, Spot, target_named

LONGEST_CELL = 500


@operation
def begin_check(*, batch: Batch, by: Actor, at: datetime) -> Batch:
    """Forget what an earlier attempt stored. Raises NotAllowed, Conflict when the batch is not waiting for a check."""
    batch = _waiting(batch, by)
    batch.rows.all().delete()
    batch.attempt += 1
    batch.rows_checked = 0
    constraints.update(batch, "attempt", "rows_checked")
    return batch


@operation
def store_verdicts(*, batch: Batch, rows: list[Row], by: Actor, at: datetime) -> None:
    """Append checked rows; reserves the ids of what would be created. Raises Conflict for a straggler."""
    current = _waiting(batch, by, attempt=batch.attempt)
    target = target_named(current.target)
    target.reserve([row for row in rows if row.outcome == Outcome.CREATED])
    _name_mains(current, rows)
    store_rows(current, rows, target)
    checked = current.rows_checked + len(rows)
    Batch.objects.filter(pk=current.pk).update(
        rows_checked=checked, rows_total=max(checked, current.rows_total), state_at=at
    )


def _name_mains(batch: Batch, rows: list[Row]) -> None:
    """Campuses whose institution stands in the same file learn its id."""
    waiting = [row for row in rows if row.main is not None and row.outcome == Outcome.CAMPUS]
    if not waiting:
        return
    mains = BatchRow.objects.filter(batch=batch, number__in={row.main[1] for row in waiting})
    ids = {(sheet, number): pk for sheet, number, pk in mains.values_list("sheet", "number", "subject_id")}
    for row in waiting:
        row.subject_id = ids[row.main]


@operation
def finish_check(
    *,
    batch: Batch,
    check: Check,
    counts: Counter[str],
    tidied: list[dict[str, object]],
    by: Actor,
    at: datetime,
) -> Batch:
    """Refuse the rows that later rows contradicted, and show the result. Raises Conflict for a straggler."""
    batch = _waiting(batch, by, attempt=batch.attempt)
    _refuse_contradicted(batch, check, counts)
    fields = advance(batch, workflow.CHECK, at=at)
    batch.counts = {outcome.value: counts[outcome] for outcome in Outcome}
    batch.rows_total = batch.rows_checked = max(sum(counts.values()), 1)
    batch.tidied = tidied
    constraints.update(batch, *fields, "counts", "rows_total", "rows_checked", "tidied")
    return batch


def _refuse_contradicted(batch: Batch, check: Check, counts: Counter[str]) -> None:
    """What a row says has to be seen now; of one that was the same as the register it was not kept."""
    bare: dict[Spot, BatchRow] = {}
    spots = list(check.corrections)
    for start in range(0, len(spots), 1000):
        some = set(spots[start : start + 1000])
        near = BatchRow.objects.filter(batch=batch, number__any_of={number for _, number in some})
        rows = [row for row in near if (row.sheet, row.number) in some]
        for row in rows:
            counts[row.outcome] -= 1
            counts[Outcome.REJECTED] += 1
            later = check.corrections[row.sheet, row.number]
            row.reasons = corrected(row.outcome, row.reasons, [fault.stored() for fault in later])
            row.outcome = Outcome.REJECTED
        BatchRow.objects.bulk_update(rows, ["outcome", "reasons"])
        bare |= {(row.sheet, row.number): row for row in rows if not row.cells and not row.record}
    for sent in check.as_sent(bare) if bare else ():
        keep_cells(bare[sent.spot], sent, target_named(batch.target))


def _waiting(batch: Batch, by: Actor, *, attempt: int | None = None) -> Batch:
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_write, batch)
    if batch.state != BatchState.UPLOADED or (attempt is not None and batch.attempt != attempt):
        raise Conflict("这次校验已被新的校验代替，请刷新页面。", code="check_superseded")
    return batch


@operation
def recheck_batch(*, batch: Batch, note: str = "", by: Actor, at: datetime) -> Batch:
    """Let a batch wait for a new check of its kept file. No fact of the register, no trace.

    Raises NotAllowed, IllegalTransition.
    """
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_write, batch)
    fields = advance(batch, workflow.RECHECK, at=at)
    batch.counts, batch.rows_checked, batch.note, batch.tidied = {}, 0, note, []
    constraints.update(batch, *fields, "counts", "rows_checked", "note", "tidied")
    return batch


@operation
def edit_cells(
    *,
    batch: Batch,
    edits: Mapping[Spot, Mapping[str, str]],
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Batch:
    """Put texts in the place of cells of a checked batch; it then waits for a new check.

    ``edits``: row -> {column: text}; any text for the column ``SKIP`` leaves the row out, an empty one brings it back.
    The file itself stays as it was sent, the corrections stand beside it; a text that was suggested is kept as an
    accepted repair. Raises NotAllowed, InvalidInput for a row or column that is not there, Conflict when another check
    than the one that was ``seen`` has been made meanwhile.
    """
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_edit, batch)
    if seen is not None and seen != batch.attempt:
        raise Conflict("别人刚刚保存过修改，您的修改没有保存。请刷新页面，核对后再改。", code="check_superseded")
    columns = {SKIP, *target_named(batch.target).resource.columns}
    rows = BatchRow.objects.filter(batch=batch, number__in=[number for _, number in edits])
    suggested = {(row.sheet, row.number): {name: text for name, (text, _) in repairs_of(row).items()} for row in rows}
    if not edits or edits.keys() - suggested.keys() or any(set(row) - columns for row in edits.values()):
        raise InvalidInput("没有找到要改的行或列，请刷新页面后再改。", code="unknown_cell")
    if any(len(text) > LONGEST_CELL for row in edits.values() for text in row.values()):
        raise InvalidInput(f"内容太长，最多{LONGEST_CELL}个字。", code="too_long")
    _keep(batch, edits, suggested, by=by, at=at)
    return recheck_batch(batch=batch, by=by, at=at)


@operation
def accept_repairs(
    *, batch: Batch, spots: Iterable[Spot] | None = None, least: float = 0, by: Actor, at: datetime
) -> tuple[Batch, int]:
    """Take the suggested repairs of these refused rows (all of them by default) that are at least so sure.

    Returns the batch, which then waits for a new check, and the number of cells. Raises NotAllowed, InvalidInput when
    there is nothing to accept.
    """
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_edit, batch)
    wanted = None if spots is None else set(spots)
    edits: dict[Spot, dict[str, str]] = {}
    for row in BatchRow.objects.filter(batch=batch, outcome=Outcome.REJECTED):
        if wanted is None or (row.sheet, row.number) in wanted:
            sure = {name: value for name, (value, confidence) in repairs_of(row).items() if confidence >= least}
            if sure:
                edits[row.sheet, row.number] = sure
    if not edits:
        raise InvalidInput("没有可以采纳的修改建议。", code="no_repairs")
    _keep(batch, edits, edits, by=by, at=at)
    return recheck_batch(batch=batch, by=by, at=at), sum(map(len, edits.values()))


def _keep(
    batch: Batch,
    edits: Mapping[Spot, Mapping[str, str]],
    suggested: Mapping[Spot, Mapping[str, str]],
    *,
    by: Actor,
    at: datetime,
) -> None:
    rows = [
        CellEdit(
            batch=batch,
            sheet=spot[0],
            number=spot[1],
            column=column,
            value=text,
            is_repair=suggested[spot].get(column) == text,
            edited_at=at,
            editor=by.name,
        )
        for spot, cells in edits.items()
        for column, text in cells.items()
    ]
    CellEdit.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["batch", "sheet", "number", "column"],
        update_fields=["value", "is_repair", "edited_at", "editor"],
        batch_size=1000,
    )
