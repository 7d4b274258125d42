"""The second person agrees or refuses."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import update
from foundation.core.errors import InvalidInput
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import Transition, advance
from foundation.exports import events, notices, rules, workflow
from foundation.exports.models import Export


@operation
def approve_export(*, export: Export, remark: str = "", by: Actor, at: datetime) -> Export:
    """Let the file be made. Raises NotAllowed (also for the asker), IllegalTransition."""
    export = _decide(export, workflow.APPROVE, events.EXPORT_APPROVED, remark=remark, by=by, at=at)
    outbox.put(notices.MAKE, at=at, export_id=export.pk)
    return export


@operation
def reject_export(*, export: Export, remark: str, by: Actor, at: datetime) -> Export:
    """Refuse, with a reason for the asker. Raises NotAllowed, IllegalTransition, InvalidInput."""
    if not remark.strip():
        raise InvalidInput("驳回必须写明理由。", code="reason", fields={"remark": ["请写明理由。"]})
    return _decide(export, workflow.REJECT, events.EXPORT_REJECTED, remark=remark, by=by, at=at)


def _decide(export: Export, step: Transition, fact: EventKind, *, remark: str, by: Actor, at: datetime) -> Export:
    export = lock(Export, export.pk)
    authorize(by, rules.can_decide, export)
    fields = advance(export, step, at=at)
    export.approver_id, export.approver_name, export.remark = by.user_id, by.name, remark.strip()
    changes = update(export, *fields, "approver", "approver_name", "remark")
    record(fact, subject=export, by=by, at=at, changes=changes, reason=export.remark)
    return export
