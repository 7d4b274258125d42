"""Who reads KPIs, who opens the rows behind them, who prepares reports and who stands for them."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.exports.rules import can_make_exports
from inspections.models import Campaign
from inspections.rules.totals import can_approve_totals, can_enter_totals, can_view_totals

from .kpis import AnyKpi, opened_by
from .models import RatioStyle, Report, ReportPlan
from .notices import COUNT_REPORTS


def can_view_whole(actor: Actor) -> bool:
    """Those who see aggregates of a whole bureau."""
    return actor.can(Can.VIEW_AGGREGATES) and bool(actor.scope) and actor.areas is None and actor.categories is None


@rule("您的岗位不能查看指标。")
def can_view(actor: Actor) -> bool:
    """Those, and posts of towns, areas and departments: their numbers are of the records that they may see."""
    return can_view_whole(actor) or (actor.can(Can.VIEW_OWN_FIGURES) and bool(actor.scope))


@rule("您的岗位只能看到这个数字，不能打开它背后的记录。")
def can_open(actor: Actor, kpi: AnyKpi) -> bool:
    """The rule of the app that owns the rows, and nothing less."""
    return can_view(actor) and opened_by(kpi, actor)


@rule("您的岗位不能导出指标明细。")
def can_take_rows(actor: Actor) -> bool:
    """For the button; which rows, ``can_open`` says."""
    return can_view(actor) and can_make_exports(actor)


@rule("指标取舍由本级审核统计数据的人员设定。")
def can_set_style(actor: Actor) -> bool:
    return can_view_whole(actor) and actor.is_person and actor.can(Can.APPROVE_TOTALS)


@rule("只能设定本级的指标取舍。")
def can_set_style_for(actor: Actor, style: RatioStyle) -> bool:
    return can_set_style(actor) and covers(actor, style)


# -- reports -------------------------------------------------------------------------------------------------------
@rule("您的岗位不能查看工作报表。")
def can_view_reports(actor: Actor) -> bool:
    """A report speaks of a whole bureau, as totals do: a post narrowed to towns or categories sees none."""
    return can_view_totals(actor)


@rule("您的岗位不能编制工作报表。")
def can_prepare(actor: Actor) -> bool:
    return can_enter_totals(actor) and actor.can(Can.ISSUE_DOCUMENT)


@rule("您的岗位不能编制统计表。")
def can_prepare_for(actor: Actor, campaign: Campaign) -> bool:
    """Of any campaign that is seen; the numbers are those of the own area."""
    return can_prepare(actor)


@rule("只有填报单位的经办人可以办理这份报表。")
def can_keep(actor: Actor, report: Report) -> bool:
    return can_prepare(actor) and covers(actor, report) and actor.organ_id == report.organ_id


@rule("须由填报单位有审核权限的另一人审核，编制人不能审核自己编制的报表。")
def can_review(actor: Actor, report: Report) -> bool:
    own = can_approve_totals(actor) and covers(actor, report) and actor.organ_id == report.organ_id
    return own and report.prepared_by_id != actor.user_id


@rule("您的岗位不能下载这份报表。")
def can_take(actor: Actor, report: Report) -> bool:
    return can_view_reports(actor) and can_make_exports(actor) and covers(actor, report)


@rule("报表只由系统统计。")
def can_count(actor: Actor) -> bool:
    return not actor.is_person and actor.can(COUNT_REPORTS)


@rule("月报计划由本单位有审核权限的人员设定。")
def can_plan(actor: Actor) -> bool:
    return can_approve_totals(actor)


@rule("只能停用本单位的月报计划。")
def can_end_plan(actor: Actor, plan: ReportPlan) -> bool:
    return can_plan(actor) and covers(actor, plan) and actor.organ_id == plan.organ_id
