"""Who enters historical totals and who confirms them: never the same person."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import Jurisdiction
from inspections.models import HistoricalTotal


@rule("您的岗位不能查看历史汇总。")
def can_view_totals(actor: Actor) -> bool:
    """Totals speak of a whole bureau, so a post narrowed to some towns or categories sees none."""
    return (actor.can(Can.VIEW_VISITS) or actor.can(Can.ENTER_TOTALS)) and _whole(actor)


@rule("您的岗位不能录入历史汇总。")
def can_enter_totals(actor: Actor) -> bool:
    """Somebody who enters totals at all."""
    return actor.is_person and actor.can(Can.ENTER_TOTALS) and _whole(actor)


@rule("只有本辖区的经办人可以录入历史汇总。")
def can_enter_total(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    return can_enter_totals(actor) and jurisdiction.pk in actor.scope


@rule("只有本辖区的经办人可以更正或撤回历史汇总。")
def can_change_total(actor: Actor, total: HistoricalTotal) -> bool:
    return can_enter_totals(actor) and covers(actor, total)


@rule("您的岗位不能审核历史汇总。")
def can_approve_totals(actor: Actor) -> bool:
    """Somebody who confirms totals at all."""
    return actor.is_person and actor.can(Can.APPROVE_TOTALS) and _whole(actor)


@rule("须由本辖区有审核权限的另一人审核，录入人不能审核自己录入的汇总。")
def can_decide_total(actor: Actor, total: HistoricalTotal) -> bool:
    return can_approve_totals(actor) and covers(actor, total) and total.entered_by_id != actor.user_id


def _whole(actor: Actor) -> bool:
    return actor.areas is None and actor.categories is None
