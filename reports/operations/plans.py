"""Which monthly report the portal counts by itself."""

from __future__ import annotations

from datetime import datetime

from foundation.accounts.models import Organ, Post
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from reports import events, rules
from reports.keepers import keepers
from reports.models import ReportPlan


@operation
def set_plan(*, day: int, keeper: Post, by: Actor, at: datetime) -> ReportPlan:
    """Have the own organ's report of each past month counted on this day for this colleague.

    Raises NotAllowed, InvalidInput (no such day, somebody who may not prepare reports there, one is set already).
    """
    authorize(by, rules.can_plan)
    organ = Organ.objects.get(pk=by.organ_id)
    if not keepers(organ, on=local_date(at)).filter(pk=keeper.pk).exists():
        message = "请选择本单位可以编制报表的人员。"
        raise InvalidInput(message, code="keeper", fields={"keeper": [message]})
    plan = insert(
        ReportPlan(
            jurisdiction_id=organ.jurisdiction_id, organ=organ, day=day, keeper=keeper, set_by_id=by.user_id, set_at=at
        )
    )
    changes = {"day": [None, day], "keeper": [None, str(keeper.user)]}
    record(events.PLAN_SET, subject=plan, by=by, at=at, changes=changes)
    return plan


@operation
def end_plan(*, plan: ReportPlan, by: Actor, at: datetime) -> ReportPlan:
    """Stop it; reports that were asked for stay. Raises NotAllowed, Conflict (it was stopped)."""
    row = lock(ReportPlan, plan.pk)
    authorize(by, rules.can_end_plan, row)
    if row.ended_at is not None:
        raise Conflict("这个计划已经停用。", code="ended")
    row.ended_at = at
    record(events.PLAN_ENDED, subject=row, by=by, at=at, changes=update(row, "ended_at"))
    return row
