"""A checked batch is written into its register, all of it or nothing."""

from __future__ import annotations

from datetime import datetime
from itertools import chain

from django.db import IntegrityError

from foundation.audit.record import record
from foundation.core import clock, constraints, outbox
from foundation.core.actor import Actor
from foundation.core.errors import Conflict, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.imports import events, rules, workflow
from foundation.imports.checking import REVIVED, judge
from foundation.imports.enums import WRITTEN, Mode, Outcome
from foundation.imports.models import Batch, BatchFilePart, BatchRow
from foundation.imports.notices import APPLY
from foundation.imports.stored import as_row, digest_of, stored_slices
from foundation.imports.target import Ground, Row, Target, target_named
from foundation.imports.turns import allow_long_statements, one_at_a_time
from foundation.imports.underway import Step, note


@operation
def queue_batch(*, batch: Batch, by: Actor, at: datetime) -> Batch:
    """Confirm a large batch: the worker applies it in the name of this person's post. Raises IllegalTransition."""
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_apply, batch)
    fields = advance(batch, workflow.QUEUE, at=at)
    batch.asked_by_id = by.post_id
    batch.note = ""
    constraints.update(batch, *fields, "asked_by", "note")
    outbox.put(APPLY, at=at, batch_id=batch.pk)
    return batch


@operation
def apply_batch(*, batch: Batch, by: Actor, at: datetime) -> Batch:
    """Write a checked batch into its register: all of it or nothing, as one audit event.

    What would change is compared with the register once more under lock; raises Conflict when it is no longer what the
    person saw. A batch that changes nothing leaves no trace. Raises NotAllowed, IllegalTransition.
    """
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_write, batch)
    _refuse_bad_rows(batch)
    fields = advance(batch, workflow.APPLY, at=at)
    target = target_named(batch.target)
    one_at_a_time(target)
    allow_long_statements(batch.rows_total)
    _refuse_stale(batch, target, Ground(batch.jurisdiction, today=clock.local_date(at), by=by))
    changes_something = any(batch.counts.get(outcome) for outcome in WRITTEN)
    if changes_something:
        _write(batch, target, by=by, at=at)
    batch.applied_at, batch.applier, batch.digest, batch.note = at, by.name, digest_of(batch), ""
    constraints.update(batch, *fields, "applied_at", "applier", "digest", "note")
    BatchFilePart.objects.filter(batch=batch).delete()
    if changes_something:
        record(
            events.BATCH_APPLIED,
            subject=batch,
            by=by,
            at=at,
            changes={"counts": batch.counts, "digest": [None, batch.digest], "sha256": [None, batch.sha256]},
        )
        target.written(batch, by=by, at=at)
    return batch


def _refuse_stale(batch: Batch, target: Target, ground: Ground) -> None:
    """Find the changes anew, with the stored objects locked, and compare them with what the person saw.

    New objects need no second look where the register's own unique keys refuse what somebody entered meanwhile. One
    that comes back to life does: another batch may have revived it.
    """
    new = stored_slices(batch, Outcome.CREATED, **({"before__has_key": REVIVED} if target.has_unique_key else {}))
    compared, total = 0, max(sum(batch.counts.get(kind, 0) for kind in (Outcome.UPDATED, Outcome.CREATED)), 1)
    for stored in chain(stored_slices(batch, Outcome.UPDATED), new):
        note(batch.pk, Step.COMPARE, compared, total)
        compared += len(stored)
        rows = [as_row(row, target) for row in stored]
        seen = [(row.outcome, row.before, row.subject_id) for row in rows]
        judge(rows, target, ground, lock=True)
        for row, (outcome, before, subject_id) in zip(rows, seen, strict=True):
            reserved = outcome == Outcome.CREATED and REVIVED not in before  # an id that nothing bears yet
            if row.outcome != outcome or row.before != before or not (reserved or row.subject_id == subject_id):
                raise _changed(row, outcome)
    for stored in stored_slices(batch, Outcome.CAMPUS):
        _refuse_stale_campuses(batch, [as_row(row, target) for row in stored], target, ground)


def _refuse_stale_campuses(batch: Batch, rows: list[Row], target: Target, ground: Ground) -> None:
    """Their institution stands, or comes with this batch, and has not got them meanwhile."""
    ids = {row.subject_id for row in rows}
    new = set(
        BatchRow.objects.filter(batch=batch, outcome=Outcome.CREATED, subject_id__in=ids).values_list("subject_id")
    )
    found = target.find(rows, ground, lock=True)
    known = target.known_campuses(rows)
    for position, row in enumerate(rows):
        existing = found.get(position)
        stands = existing is not None and existing.id == row.subject_id and not existing.withdrawn
        if row.spot in known or not (stands or (row.subject_id,) in new):
            raise _changed(row, Outcome.CAMPUS)


def _write(batch: Batch, target: Target, *, by: Actor, at: datetime) -> None:
    try:
        target.write(batch, by=by, at=at)
    except InvalidInput as refusal:
        if not isinstance(refusal.__cause__, IntegrityError):
            raise
        text = f"校验之后名录有变化：{refusal.message}请重新校验后再确认。"
        raise Conflict(text, code="register_changed") from refusal


def _changed(row: Row, outcome: str) -> Conflict:
    return Conflict(
        f"校验之后名录有变化（{row.label}原为“{Outcome(outcome).label}”），请重新校验后再确认。",
        code="register_changed",
    )


def _refuse_bad_rows(batch: Batch) -> None:
    """With 全部合格才导入 one bad row is enough."""
    if batch.mode == Mode.ALL_OR_NOTHING and batch.counts.get(Outcome.REJECTED):
        raise InvalidInput(
            f"有{batch.counts[Outcome.REJECTED]}行不合格，按“全部合格才导入”的方式没有导入任何数据。",
            code="rejected_rows",
        )
