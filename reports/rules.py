"""Who reads KPIs, who opens the rows behind them, and who decides how a rate is printed."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.exports.rules import can_make_exports

from .kpis import AnyKpi, opened_by
from .models import RatioStyle


@rule("您的岗位不能查看指标。")
def can_view(actor: Actor) -> bool:
    """Those who see aggregates of a whole bureau: a post narrowed to towns or categories sees none."""
    return actor.can(Can.VIEW_AGGREGATES) and bool(actor.scope) and actor.areas is None and actor.categories is None


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
    return can_view(actor) and actor.is_person and actor.can(Can.APPROVE_TOTALS)


@rule("只能设定本级的指标取舍。")
def can_set_style_for(actor: Actor, style: RatioStyle) -> bool:
    return can_set_style(actor) and covers(actor, style)
