"""A file comes in, or is given up."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from foundation.audit.record import record
from foundation.core import constraints, outbox
from foundation.core.actor import Actor
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.imports import events, rules, workflow
from foundation.imports.enums import BatchState
from foundation.imports.layout import Table
from foundation.imports.models import Batch, BatchFilePart
from foundation.imports.notices import CHECK
from foundation.imports.stored import keep_file, size_and_hash
from foundation.imports.target import Target
from foundation.regions.models import Jurisdiction


@operation
def upload_batch(
    *,
    target: Target,
    bureau: Jurisdiction,
    file_name: str,
    file: BinaryIO,
    table: Table,
    mode: str,
    by: Actor,
    at: datetime,
    unmapped: bool = False,
) -> Batch:
    """Keep a readable file, to be checked next; ``unmapped``: somebody has to say first which column is which.

    Raises NotAllowed. Nothing of the register changes, so there is no trace.
    """
    authorize(by, rules.can_upload, target, bureau)
    size, digest = size_and_hash(file)
    batch = constraints.insert(
        Batch(
            target=target.code,
            jurisdiction=bureau,
            file_name=file_name[-200:] or "未命名",
            file_size=size,
            sha256=digest,
            encoding=table.encoding,
            mapping=table.mapping(),
            unused=table.unused(),
            left_out=table.left_out,
            mode=mode,
            state=BatchState.UNMAPPED if unmapped else BatchState.UPLOADED,
            state_at=at,
            uploaded_at=at,
            uploaded_by_id=by.user_id,
            uploader=by.name,
            rows_total=max(table.rows_hint, 1),
        )
    )
    keep_file(batch, file)
    return batch


@operation
def leave_to_worker(*, batch: Batch, by: Actor, at: datetime) -> None:
    """Promise that the worker checks a batch that waits for it."""
    authorize(by, rules.can_write, batch)
    outbox.put(CHECK, at=at, batch_id=batch.pk)


@operation
def discard_batch(*, batch: Batch, note: str = "", by: Actor, at: datetime) -> Batch:
    """Give a batch up: its file, rows and corrections, which hold personal data, are deleted; ``note`` says why.

    Raises NotAllowed, IllegalTransition.
    """
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_discard, batch)
    fields = advance(batch, workflow.DISCARD, at=at)
    batch.note = note[:300]
    batch.rows.all().delete()
    batch.edits.all().delete()
    BatchFilePart.objects.filter(batch=batch).delete()
    constraints.update(batch, *fields, "note")
    record(events.BATCH_DISCARDED, subject=batch, by=by, at=at, changes={"sha256": [batch.sha256, None]})
    return batch
