"""What the portal itself does with an export: finish it, hold it, refuse it, let it expire."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import update
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.exports import events, rules, workflow
from foundation.exports.models import Export

LIVES = timedelta(hours=24)


@operation
def finish_export(*, export: Export, path: str, sha256: str, size: int, rows: int, by: Actor, at: datetime) -> Export:
    """The file is there, for 24 hours. Raises NotAllowed, IllegalTransition."""
    export = lock(Export, export.pk)
    authorize(by, rules.can_finish)
    fields = advance(export, workflow.FINISH, at=at)
    export.path, export.sha256, export.size, export.rows = path, sha256, size, rows
    export.expires_at = at + LIVES
    changes = update(export, *fields, "path", "sha256", "size", "rows", "expires_at")
    changes.pop("path", None)
    record(events.EXPORT_MADE, subject=export, by=by, at=at, changes=changes)
    return export


@operation
def hold_export(*, export: Export, rows: int, by: Actor, at: datetime) -> Export:
    """More persons than at the time of asking: it now needs the second person. Raises NotAllowed, IllegalTransition."""
    export = lock(Export, export.pk)
    authorize(by, rules.can_finish)
    fields = advance(export, workflow.HOLD, at=at)
    export.rows = rows
    record(events.EXPORT_HELD, subject=export, by=by, at=at, changes=update(export, *fields, "rows"))
    return export


@operation
def refuse_export(*, export: Export, remark: str, by: Actor, at: datetime) -> Export:
    """The asker may no longer have the data: nothing is made. Raises NotAllowed, IllegalTransition."""
    export = lock(Export, export.pk)
    authorize(by, rules.can_finish)
    fields = advance(export, workflow.REFUSE, at=at)
    export.remark = remark[:300]
    changes = update(export, *fields, "remark")
    record(events.EXPORT_REJECTED, subject=export, by=by, at=at, changes=changes, reason=export.remark)
    return export


@operation
def expire_export(*, export: Export, by: Actor, at: datetime) -> Export:
    """The file is gone; the row stays as the trace. Raises NotAllowed, IllegalTransition."""
    export = lock(Export, export.pk)
    authorize(by, rules.can_finish)
    fields = advance(export, workflow.EXPIRE, at=at)
    export.path = ""
    changes = update(export, *fields, "path")
    changes.pop("path", None)
    record(events.EXPORT_EXPIRED, subject=export, by=by, at=at, changes=changes)
    return export
