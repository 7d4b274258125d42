"""Staff judge what a supervisor reported; only then does it count."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import update
from foundation.core.errors import IllegalTransition, need_words
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import Transition, advance
from inspections import events, notices, workflow
from inspections.models import Finding, Visit
from inspections.rules import visits as rules


@operation
def confirm_finding(*, finding: Finding, by: Actor, at: datetime, remark: str = "") -> Finding:
    """The problem is real. Raises NotAllowed, IllegalTransition (judged already, the visit is void)."""
    return _judge(finding, workflow.CONFIRM, events.FINDING_CONFIRMED, remark, by, at)


@operation
def dismiss_finding(*, finding: Finding, remark: str, by: Actor, at: datetime) -> Finding:
    """The problem is not there. Raises NotAllowed, IllegalTransition, InvalidInput (no remark)."""
    need_words(remark, "remark", "请写明核实情况。")
    return _judge(finding, workflow.DISMISS, events.FINDING_DISMISSED, remark, by, at)


def _judge(finding: Finding, step: Transition, event: EventKind, remark: str, by: Actor, at: datetime) -> Finding:
    visit = lock(Visit, finding.visit_id)
    row = lock(Finding, finding.pk)
    authorize(by, rules.can_judge_finding, row)
    if visit.voided_at is not None:
        raise IllegalTransition("这条检查记录已作废，无须核实。")
    fields = advance(row, step, at=at)
    row.judged_by_id, row.judged_remark = by.user_id, remark.strip()
    changes = update(row, *fields, "judged_by", "judged_remark")
    record(event, subject=row, by=by, at=at, changes=changes, reason=remark)
    outbox.put(notices.FINDING_JUDGED, at=at, finding_id=row.pk)
    return row
