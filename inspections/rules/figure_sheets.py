"""Who prepares sheets of figures, who reviews them, who has them numbered: never one person alone."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from inspections.models import Campaign, FigureSheet

from .totals import can_approve_totals, can_enter_totals, can_view_totals


@rule("您的岗位不能查看统计表。")
def can_view_sheets(actor: Actor) -> bool:
    """A sheet speaks of a whole bureau, as totals do: a post narrowed to towns or categories sees none."""
    return can_view_totals(actor)


@rule("您的岗位不能编制统计表。")
def can_prepare(actor: Actor) -> bool:
    return can_enter_totals(actor) and actor.can(Can.ISSUE_DOCUMENT)


@rule("您的岗位不能编制统计表。")
def can_prepare_for(actor: Actor, campaign: Campaign) -> bool:
    """Of any campaign that is seen; the figures are those of the own area."""
    return can_prepare(actor)


@rule("只有填报单位的经办人可以办理这份统计表。")
def can_keep(actor: Actor, sheet: FigureSheet) -> bool:
    return can_prepare(actor) and covers(actor, sheet) and actor.organ_id == sheet.organ_id


@rule("须由填报单位有审核权限的另一人审核，编制人不能审核自己编制的统计表。")
def can_review(actor: Actor, sheet: FigureSheet) -> bool:
    own = can_approve_totals(actor) and covers(actor, sheet) and actor.organ_id == sheet.organ_id
    return own and sheet.prepared_by_id != actor.user_id
