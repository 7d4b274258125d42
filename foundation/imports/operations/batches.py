"""A file's way into a register: upload, check, confirm, apply or discard."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import OperationalError, connection

from foundation.audit.record import record
from foundation.core import clock, constraints, outbox
from foundation.core.actor import Actor
from foundation.core.errors import Conflict, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.imports import events, rules, workflow
from foundation.imports.checking import judge, totals
from foundation.imports.enums import WRITTEN, Mode, Outcome
from foundation.imports.layout import Table
from foundation.imports.models import Batch, BatchFile, BatchRow
from foundation.imports.notices import APPLY, CHECK
from foundation.imports.stored import digest_of, from_store, packed, to_store
from foundation.imports.target import Ground, Row, Target, target_named
from foundation.regions.models import Jurisdiction

LARGE = 1000
INSERT_SIZE = 2000


@operation
def upload_batch(
    *,
    target: Target,
    bureau: Jurisdiction,
    file_name: str,
    content: bytes,
    table: Table,
    mode: str,
    rows: list[Row] | None,
    by: Actor,
    at: datetime,
) -> Batch:
    """Keep a readable file with its verdicts, or promise its check (``rows`` None: the worker does it).

    Raises NotAllowed. Nothing of the register changes, so there is no trace.
    """
    authorize(by, rules.can_upload, target, bureau)
    batch = constraints.insert(
        Batch(
            target=target.code,
            jurisdiction=bureau,
            file_name=file_name[-200:] or "未命名",
            file_size=len(content),
            sha256=sha256(content).hexdigest(),
            encoding=table.encoding,
            unused=table.unused(),
            mode=mode,
            state_at=at,
            uploaded_at=at,
            uploaded_by_id=by.user_id,
            uploader=by.name,
            rows_total=len(table.lines),
        )
    )
    constraints.insert(BatchFile(batch=batch, content=packed(content)))
    return _check(batch, rows, by=by, at=at)


def _check(batch: Batch, rows: list[Row] | None, *, by: Actor, at: datetime) -> Batch:
    if rows is not None:
        return store_verdicts(batch=batch, rows=rows, by=by, at=at)
    outbox.put(CHECK, at=at, batch_id=batch.pk)
    return batch


@operation
def store_verdicts(*, batch: Batch, rows: list[Row], by: Actor, at: datetime) -> Batch:
    """Keep the verdicts of a check. Reserves the ids of what would be created. Raises IllegalTransition."""
    batch = lock(Batch, batch.pk)
    target = target_named(batch.target)
    authorize(by, rules.can_upload, target, batch.jurisdiction)
    fields = advance(batch, workflow.CHECK, at=at)
    created = [row for row in rows if row.outcome == Outcome.CREATED]
    for row, pk in zip(created, target.reserve_ids(len(created)), strict=True):
        row.subject_id = pk
    _allow_long_statements(len(rows))
    BatchRow.objects.bulk_create([to_store(row, batch, target) for row in rows], batch_size=INSERT_SIZE)
    batch.counts = totals(rows)
    batch.rows_checked = len(rows)
    constraints.update(batch, *fields, "counts", "rows_checked")
    return batch


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

    The verdicts are found anew under lock; raises Conflict when one is no longer what the person saw. A batch that
    changes nothing leaves no trace. Raises NotAllowed, IllegalTransition.
    """
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_write, batch)
    _refuse_bad_rows(batch)
    fields = advance(batch, workflow.APPLY, at=at)
    target = target_named(batch.target)
    _one_at_a_time(target)
    _allow_long_statements(batch.rows_total)
    stored = list(batch.rows.order_by("sheet", "number"))
    rows = [from_store(row) for row in stored if row.outcome in {*WRITTEN, Outcome.UNCHANGED}]
    _refuse_stale(rows, target, Ground(batch.jurisdiction, today=clock.local_date(at)))
    created = [row for row in rows if row.outcome == Outcome.CREATED]
    updated = [row for row in rows if row.outcome == Outcome.UPDATED]
    target.create(created, by=by, at=at)
    target.update(updated, by=by, at=at)
    batch.applied_at, batch.applier, batch.digest, batch.note = at, by.name, digest_of(stored), ""
    constraints.update(batch, *fields, "applied_at", "applier", "digest", "note")
    BatchFile.objects.filter(batch=batch).delete()
    if created or updated:
        record(
            events.BATCH_APPLIED,
            subject=batch,
            by=by,
            at=at,
            changes={"counts": batch.counts, "digest": [None, batch.digest], "sha256": [None, batch.sha256]},
        )
        target.written(batch, by=by, at=at)
    return batch


@operation
def recheck_batch(*, batch: Batch, rows: list[Row] | None, note: str = "", by: Actor, at: datetime) -> Batch:
    """Put new verdicts in the place of those of a batch that was not applied. No fact of the register, no trace.

    Without ``rows`` the worker checks the kept file again. Raises NotAllowed, IllegalTransition.
    """
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_upload, target_named(batch.target), batch.jurisdiction)
    fields = advance(batch, workflow.RECHECK, at=at)
    batch.rows.all().delete()
    batch.counts, batch.rows_checked, batch.note = {}, 0, note
    constraints.update(batch, *fields, "counts", "rows_checked", "note")
    return _check(batch, rows, by=by, at=at)


@operation
def discard_batch(*, batch: Batch, by: Actor, at: datetime) -> Batch:
    """Give a batch up: its file and rows, which hold personal data, are deleted. Raises IllegalTransition."""
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_discard, batch)
    fields = advance(batch, workflow.DISCARD, at=at)
    batch.rows.all().delete()
    BatchFile.objects.filter(batch=batch).delete()
    constraints.update(batch, *fields)
    record(events.BATCH_DISCARDED, subject=batch, by=by, at=at, changes={"sha256": [batch.sha256, None]})
    return batch


def _refuse_stale(rows: list[Row], target: Target, ground: Ground) -> None:
    """Find the verdicts anew, with the stored objects locked, and compare them with what the person saw."""
    seen = [(row.outcome, row.before, row.subject_id) for row in rows]
    judge(rows, target, ground, lock=True)
    for row, (outcome, before, subject_id) in zip(rows, seen, strict=True):
        if row.outcome != outcome or row.before != before:
            raise Conflict(
                f"校验之后名录有变化（{row.label}原为“{Outcome(outcome).label}”），请重新校验后再确认。",
                code="register_changed",
            )
        row.subject_id = subject_id


def _one_at_a_time(target: Target) -> None:
    """Batches of one register are written one after the other; who waits too long is told so."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"imports.{target.code}"])
    except OperationalError as error:
        raise Conflict("另一批数据正在写入，请稍后再确认。", code="busy") from error


def _allow_long_statements(rows: int) -> None:
    if rows > LARGE:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '5min'")


def _refuse_bad_rows(batch: Batch) -> None:
    """With 全部合格才导入 one bad row is enough."""
    if batch.mode == Mode.ALL_OR_NOTHING and batch.counts.get(Outcome.REJECTED):
        raise InvalidInput(
            f"有{batch.counts[Outcome.REJECTED]}行不合格，按“全部合格才导入”的方式没有导入任何数据。",
            code="rejected_rows",
        )
