"""Who may see, keep and approve what in fund supervision."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from institutions.models import Institution

from .models import Bank, FundsFile, Obstacle
from .models.proposals import Proposal

KEEP_AGREEMENTS = "funds.keep_agreements"


@rule("您的岗位不能查看资金监管。")
def can_view(actor: Actor) -> bool:
    return actor.can(Can.VIEW_FUNDS)


@rule("该机构的资金监管不在您的查看范围内。")
def can_view_of(actor: Actor, institution: Institution) -> bool:
    return actor.can(Can.VIEW_FUNDS) and covers(actor, institution)


@rule("您的岗位不能查看监管账户。")
def can_view_accounts(actor: Actor) -> bool:
    """Those who see funds; and the clerks of banks, who see what lies with their own bank."""
    return actor.can(Can.VIEW_FUNDS) or actor.can(Can.BANK_DESK)


@rule("您的岗位不能查看三项监管率。")
def can_see_rates(actor: Actor) -> bool:
    """Those who see funds, and those who see aggregates only: the province and the financial regulators."""
    return actor.can(Can.VIEW_FUNDS) or actor.can(Can.VIEW_AGGREGATES)


@rule("您的岗位不能向镇街和县区催办。")
def can_push(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.VIEW_FUNDS) and actor.can(Can.ASSIGN)


# -- what a county's officers keep and its leader decides -----------------------------------------------------------
@rule("只有本县的经办人可以登记资金监管事项。")
def can_keep(actor: Actor, institution: Institution) -> bool:
    keeps = actor.is_person and actor.can(Can.KEEP_FUNDS) and covers(actor, institution)
    return keeps and institution.merged_into_id is None


@rule("只有县级经办人可以登记资金监管事项。")
def can_keep_some(actor: Actor) -> bool:
    """Of the own county as a whole."""
    return actor.is_person and actor.can(Can.KEEP_FUNDS)


@rule("只有本县的经办人可以登记问题解决。")
def can_close_obstacle(actor: Actor, obstacle: Obstacle) -> bool:
    return can_keep_some(actor) and covers(actor, obstacle)


@rule("只有县级经办人、审核领导和市级管理员可以登记管理员培训。")
def can_hold_training(actor: Actor) -> bool:
    return can_add_bank(actor)


@rule("只有本县的审核领导可以审核最低余额和豁免。")
def can_approve(actor: Actor, institution: Institution) -> bool:
    return actor.is_person and actor.can(Can.APPROVE_FUNDS) and covers(actor, institution)


@rule("须由本县审核领导中的另一人审核，不能审核自己提请的事项。")
def can_decide(actor: Actor, proposal: Proposal) -> bool:
    return can_approve(actor, proposal.institution) and proposal.proposed_by_id != actor.user_id


@rule("协议到期只由系统任务登记。")
def can_expire(actor: Actor) -> bool:
    return not actor.is_person and actor.can(KEEP_AGREEMENTS)


@rule("该附件不在您的查看范围内。")
def can_take_file(actor: Actor, file: FundsFile) -> bool:
    """Whoever sees the file's row: those of the area, and of the scan of an agreement the clerk of its bank."""
    return actor.is_person and FundsFile.objects.visible_to(actor).filter(pk=file.pk).exists()


# -- banks -----------------------------------------------------------------------------------------------------------
@rule("只有县级经办人、审核领导和市级管理员可以登记监管银行。")
def can_add_bank(actor: Actor) -> bool:
    """Into the directory of the own bureau."""
    return actor.is_person and (actor.can(Can.KEEP_FUNDS) or actor.can(Can.SELECT_BANKS))


@rule("只能变更本单位管辖范围内的监管银行。")
def can_change_bank(actor: Actor, bank: Bank) -> bool:
    return can_add_bank(actor) and covers(actor, bank)


@rule("只有遴选单位的审核领导或市级管理员可以决定银行入选和退出。")
def can_select_bank(actor: Actor, bank: Bank) -> bool:
    return actor.is_person and actor.can(Can.SELECT_BANKS) and covers(actor, bank)
