"""Who may arrange the annual check, report in it, look, conclude, and decide."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import Jurisdiction

from .models import AnnualCheck, CheckYear
from .rules import can_view_lists

can_view_checks = can_view_lists


@rule("您的岗位不能安排年检。")
def can_open_somewhere(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.PROPOSE_LISTING)


@rule("只能安排本辖区的年检。")
def can_open(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    return can_open_somewhere(actor) and jurisdiction.pk in actor.scope


@rule("只有系统任务和本辖区的经办人可以将机构加入年检。")
def can_add(actor: Actor, check_year: CheckYear) -> bool:
    return actor.can(Can.PROPOSE_LISTING) and check_year.jurisdiction_id in actor.scope


@rule("只有本辖区的经办人可以办理年检。")
def can_handle(actor: Actor, check: AnnualCheck) -> bool:
    return actor.is_person and actor.can(Can.PROPOSE_LISTING) and covers(actor, check)


@rule("须由本辖区有审核权限的另一人审定，拟定结论的人不能审定。")
def can_decide(actor: Actor, check: AnnualCheck) -> bool:
    may = actor.is_person and actor.can(Can.APPROVE_LISTING)
    return may and covers(actor, check) and check.concluded_by_id != actor.user_id


@rule("只有系统任务和本辖区的经办人可以办结公示期满的年检。")
def can_finish(actor: Actor, check: AnnualCheck) -> bool:
    return actor.can(Can.PROPOSE_LISTING) and covers(actor, check)
