"""An applied batch is taken back, as far as nothing was built on it."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core import constraints, outbox
from foundation.core.actor import Actor
from foundation.core.errors import Conflict
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.imports import events, rules, workflow
from foundation.imports.enums import WRITTEN
from foundation.imports.models import Batch, BatchRow, KeptRow
from foundation.imports.notices import UNDO
from foundation.imports.target import target_named
from foundation.imports.turns import allow_long_statements, one_at_a_time


@operation
def queue_undo(*, batch: Batch, reason: str, by: Actor, at: datetime) -> Batch:
    """Ask the worker to take a large batch back in the name of this person's post. Raises IllegalTransition."""
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_undo, batch)
    fields = advance(batch, workflow.QUEUE_UNDO, at=at)
    batch.asked_by_id, batch.undo_reason = by.post_id, reason
    constraints.update(batch, *fields, "asked_by", "undo_reason")
    outbox.put(UNDO, at=at, batch_id=batch.pk)
    return batch


@operation
def undo_batch(*, batch: Batch, reason: str, by: Actor, at: datetime) -> Batch:
    """Take back what a batch wrote: new objects are withdrawn, changed ones get their former values, as one event.

    A row whose object was changed since, or that something refers to, stays and is kept by name. Raises Conflict when
    that holds for all rows, NotAllowed, IllegalTransition.
    """
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_take_back, batch)
    fields = advance(batch, workflow.UNDO, at=at)
    target = target_named(batch.target)
    one_at_a_time(target)
    allow_long_statements(batch.rows_total)
    refused = target.refuse_undo(batch, lock=True)
    written = BatchRow.objects.filter(batch=batch, outcome__in=WRITTEN).count()
    if written == len(refused):
        raise Conflict(
            f"这批数据都不能撤销：{next(iter(refused.values()), '没有写入任何数据')}", code="nothing_to_undo"
        )
    KeptRow.objects.bulk_create([KeptRow(row_id=pk, why=why[:200]) for pk, why in refused.items()], batch_size=1000)
    target.undo(batch, by=by, at=at)
    batch.undone_at, batch.undoer, batch.undo_reason = at, by.name, reason
    constraints.update(batch, *fields, "undone_at", "undoer", "undo_reason")
    record(
        events.BATCH_UNDONE,
        subject=batch,
        by=by,
        at=at,
        reason=reason,
        changes={"rows": [written, len(refused)], "digest": [batch.digest, None]},
    )
    target.written(batch, by=by, at=at)
    return batch


@operation
def give_up_undo(*, batch: Batch, note: str, by: Actor, at: datetime) -> Batch:
    """The worker could not take the batch back: it stands as it was applied, and says why."""
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_take_back, batch)
    fields = advance(batch, workflow.STAND, at=at)
    batch.note, batch.undo_reason = note[:300], ""
    constraints.update(batch, *fields, "note", "undo_reason")
    return batch
