"""Who sees warnings, who deals with them, who sets figures: the bureaus' own people; others see counts at most."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from institutions.models import Institution

from .models import Alert, Runaway, Sign, Threshold
from .notices import SWEEP


@rule("您的岗位不能查看风险预警。")
def can_view(actor: Actor) -> bool:
    return actor.can(Can.VIEW_ALERTS)


@rule("您的岗位不能查看风险等级统计。")
def can_see_counts(actor: Actor) -> bool:
    """Those who see alerts, and financial regulators: numbers by county, never a name."""
    return actor.can(Can.VIEW_ALERTS) or (actor.can(Can.VIEW_AGGREGATES) and not actor.can(Can.VIEW_REGISTER))


@rule("预警由系统每晚核对。")
def can_sweep(actor: Actor, institution: Institution) -> bool:
    return not actor.is_person and actor.can(SWEEP) and covers(actor, institution)


@rule("只有本县的经办人可以处置预警。")
def can_handle(actor: Actor, alert: Alert) -> bool:
    return can_handle_some(actor) and covers(actor, alert)


@rule("只有县级经办人可以登记风险迹象、爆雷跑路和排查。")
def can_handle_some(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.HANDLE_ALERTS)


@rule("只有本县的经办人可以登记该机构的风险迹象。")
def can_report(actor: Actor, institution: Institution) -> bool:
    return can_handle_some(actor) and covers(actor, institution)


@rule("只有本县的经办人可以更正风险迹象。")
def can_strike_sign(actor: Actor, sign: Sign) -> bool:
    return can_handle_some(actor) and covers(actor, sign) and sign.struck_at is None


@rule("只有本县的经办人可以更正爆雷跑路登记。")
def can_strike_runaway(actor: Actor, row: Runaway) -> bool:
    return can_handle_some(actor) and covers(actor, row) and row.struck_at is None


@rule("只有本县的审核领导可以因预警暂停核拨。")
def can_hold(actor: Actor, alert: Alert) -> bool:
    return actor.is_person and actor.can(Can.VIEW_ALERTS) and actor.can(Can.APPROVE_FUNDS) and covers(actor, alert)


@rule("只有经办人、审核领导和市级管理员可以提出预警阈值。")
def can_propose_thresholds(actor: Actor) -> bool:
    """For the own bureau's place and below."""
    may = actor.can(Can.HANDLE_ALERTS) or actor.can(Can.SELECT_BANKS)
    return actor.is_person and actor.can(Can.VIEW_ALERTS) and may and actor.organ_id is not None


@rule("只有审核领导和市级管理员可以审批预警阈值。")
def can_decide_thresholds(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.VIEW_ALERTS) and actor.can(Can.SELECT_BANKS)


@rule("预警阈值须由提出人以外、有审批权的人审批。")
def can_decide_threshold(actor: Actor, row: Threshold) -> bool:
    """The second person, of the same place or above it."""
    another = actor.user_id != row.set_by_id
    return another and can_decide_thresholds(actor) and row.jurisdiction_id in actor.scope
