"""Who may see deadlines, and who may change the calendar and the limits."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import Jurisdiction

from .models import Deadline, LimitRule

RUN_DEADLINES = "deadlines.run"


@rule("您的岗位不查看期限。")
def can_view_deadlines(actor: Actor) -> bool:
    """Whoever works with the register in some area sees the deadlines of that area."""
    return actor.can(Can.ENTER_STAFF) and actor.can(Can.VIEW_REGISTER) and bool(actor.scope)


@rule("该事项不在您的职责或管辖范围内，不能办理其期限。")
def can_run_deadline(actor: Actor, deadline: Deadline) -> bool:
    """The one who has to act, within scope; a job of the portal needs ``deadlines.run`` and the scope."""
    return (actor.can(deadline.capability) or actor.can(RUN_DEADLINES)) and covers(actor, deadline)


@rule("该事项不在您的管辖范围内，不能起算期限。")
def can_start_deadline(actor: Actor, deadline: Deadline) -> bool:
    """Whoever just did, in this area, what starts the clock (often not the one who then has to act), or a job."""
    return (actor.is_person or actor.can(RUN_DEADLINES)) and covers(actor, deadline)


@rule("您的岗位不查看工作日历和法定期限。")
def can_view_calendar(actor: Actor) -> bool:
    """All staff: everyone has to be able to check a count."""
    return actor.can(Can.ENTER_STAFF)


@rule("工作日历全省统一，只有省级参数管理岗位可以维护。")
def can_change_calendar(actor: Actor) -> bool:
    """The calendar counts everywhere, so only the parameter post of the province changes it."""
    return actor.can(Can.MANAGE_PARAMETERS) and _covers_the_province(actor)


@rule("该法定期限不在您的管辖范围内，或您的岗位没有参数管理权限。")
def can_change_limit(actor: Actor, limit: LimitRule) -> bool:
    """A local limit is changed by the parameter post of its area, a limit that counts everywhere by the province's."""
    if not actor.can(Can.MANAGE_PARAMETERS):
        return False
    if limit.jurisdiction_id is None:
        return _covers_the_province(actor)
    return limit.jurisdiction_id in actor.scope


@rule("您的岗位没有参数管理权限。")
def can_add_limit(actor: Actor) -> bool:
    """Whoever may change a limit somewhere may set one there; the operation asks ``can_change_limit`` for the place."""
    return actor.can(Can.MANAGE_PARAMETERS) and bool(actor.scope)


def _covers_the_province(actor: Actor) -> bool:
    return Jurisdiction.objects.filter(level=JurisdictionLevel.PROVINCE, pk__in=actor.scope).exists()
