"""Who prepares, who agrees, and who says that money left: never the same person twice."""

from __future__ import annotations

from contracts.models import Contract
from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from funds.models import SupervisedAccount
from institutions.models import Institution

from .models import Consumption, Hold, Refund, Release

#: Of the job that confirms lessons nobody objected to.
CONFIRM_SILENT = "payouts.confirm_silent"
#: Of the reconciliation, to which the bank's own lines show that money came or went.
SETTLE = "payouts.settle_by_bank_line"
#: Of what is texted to guardians.
TEXT = "payouts.text_guardian"
#: Of the reconciliation, as long as money on an account is unexplained.
BLOCK = "payouts.block_account"


@rule("您的岗位不能查看核拨与退费。")
def can_view(actor: Actor) -> bool:
    return actor.can(Can.VIEW_FUNDS)


@rule("您的岗位不能查看核拨。")
def can_view_releases(actor: Actor) -> bool:
    """Banks see those that they are to pay."""
    return actor.can(Can.VIEW_FUNDS) or actor.can(Can.BANK_DESK)


def _keeps(actor: Actor, row: Contract | Institution) -> bool:
    return actor.is_person and actor.can(Can.KEEP_FUNDS) and covers(actor, row)


@rule("只有本县的资金监管经办人可以办理合同资金。")
def can_keep(actor: Actor, contract: Contract) -> bool:
    return _keeps(actor, contract)


@rule("只有本县的资金监管经办人可以确认入账；银行明细对上的由系统确认。")
def can_settle(actor: Actor, contract: Contract) -> bool:
    """An officer, or the reconciliation when the line of the bank is there."""
    return _keeps(actor, contract) or _settles(actor, contract)


def _settles(actor: Actor, row: Contract | Institution) -> bool:
    return actor.can(SETTLE) and covers(actor, row)


@rule("只有资金监管经办人可以开通家长查询。")
def can_keep_some(actor: Actor) -> bool:
    """Of some contract; ``can_keep`` asks about each."""
    return actor.is_person and actor.can(Can.KEEP_FUNDS) and bool(actor.scope)


@rule("只有本县的资金监管经办人可以办理消课。")
def can_keep_lessons(actor: Actor, row: Consumption) -> bool:
    return _keeps(actor, row.contract)


@rule("短信由系统发送。")
def can_text(actor: Actor, contract: Contract) -> bool:
    return not actor.is_person and actor.can(TEXT) and covers(actor, contract)


@rule("只有本县的资金监管经办人可以登记家长已收到告知；短信由系统登记。")
def can_note_reached(actor: Actor, row: Consumption) -> bool:
    return _keeps(actor, row.contract) or can_text(actor, row.contract)


@rule("消课由家长或经办人确认；逾期未提异议的由系统确认。")
def can_confirm(actor: Actor, row: Consumption) -> bool:
    """An officer who heard the guardian, or the portal when the days of silence are over."""
    return _keeps(actor, row.contract) or (actor.can(CONFIRM_SILENT) and covers(actor, row))


@rule("只有本县的资金监管经办人可以提请核拨。")
def can_propose_release(actor: Actor, institution: Institution) -> bool:
    return _keeps(actor, institution) and institution.merged_into_id is None


@rule("核拨须由本县审核领导审核，且不能审核自己提请的。")
def can_decide_release(actor: Actor, row: Release) -> bool:
    another = actor.is_person and actor.user_id != row.proposed_by_id
    return another and actor.can(Can.APPROVE_FUNDS) and covers(actor, row)


@rule("只有付款银行的经办人和本县经办人可以登记付款结果。")
def can_tell_payment(actor: Actor, row: Release) -> bool:
    if _settles(actor, row.institution):
        return True
    if not actor.is_person:
        return False
    organ = row.account.bank.organ_id
    return _keeps(actor, row.institution) or (
        actor.can(Can.BANK_DESK) and organ is not None and organ == actor.organ_id
    )


@rule("只有本县的资金监管经办人可以办理退费。")
def can_handle_refund(actor: Actor, row: Refund) -> bool:
    return _keeps(actor, row.contract)


@rule("只有本县的资金监管经办人可以登记已退款；银行明细对上的由系统登记。")
def can_pay_refund(actor: Actor, row: Refund) -> bool:
    return can_settle(actor, row.contract)


@rule("退费须由本县审核领导核定，且不能核定自己登记的。")
def can_approve_refund(actor: Actor, row: Refund) -> bool:
    another = actor.is_person and actor.user_id != row.entered_by_id
    return another and actor.can(Can.APPROVE_FUNDS) and covers(actor, row)


@rule("只有本县审核领导可以暂停和恢复核拨。")
def can_hold(actor: Actor, institution: Institution) -> bool:
    return actor.is_person and actor.can(Can.APPROVE_FUNDS) and covers(actor, institution)


@rule("只有本县审核领导可以暂停和恢复核拨。")
def can_end_hold(actor: Actor, row: Hold) -> bool:
    return can_hold(actor, row.institution)


@rule("账户停付由对账设定和解除。")
def can_block(actor: Actor, account: SupervisedAccount) -> bool:
    """The reconciliation alone: a person who wants releases to stop sets a hold."""
    return actor.can(BLOCK) and covers(actor, account)
