"""Who may hand in bank files, and say how they are written."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from funds.models import Bank, SupervisedAccount
from payouts.rules import BLOCK, SETTLE

from .models import BankFile, CallbackKey, DayCheck, Difference

__all__ = ["BLOCK", "SETTLE"]
#: Of the job that reconciles accounts.
RECONCILE = "banking.reconcile"
#: Of the job that makes the month's statements.
STATE_MONTH = "banking.state_month"
#: Of the door for banks' programs.
ANNOUNCE = "banking.announce"


@rule("您的岗位不能查看银行对账。")
def can_view(actor: Actor) -> bool:
    return actor.can(Can.VIEW_FUNDS) or actor.can(Can.BANK_DESK)


@rule("月结单由系统生成。")
def can_make_statement(actor: Actor, account: SupervisedAccount) -> bool:
    return not actor.is_person and actor.can(STATE_MONTH) and covers(actor, account)


def _keeps(actor: Actor) -> bool:
    return actor.can(Can.KEEP_FUNDS) or actor.can(Can.SELECT_BANKS)


@rule("只有该银行的经办人和选定该银行的单位可以报送和取出对账文件。")
def can_hand_in(actor: Actor, bank: Bank) -> bool:
    """The bank's own clerk; or the bureau that chose the bank, to whom the file was sent."""
    if not actor.is_person:
        return False
    own = actor.can(Can.BANK_DESK) and bank.organ_id is not None and bank.organ_id == actor.organ_id
    return own or (_keeps(actor) and covers(actor, bank))


@rule("只有该银行的经办人和选定该银行的单位可以报送和取出对账文件。")
def can_take(actor: Actor, file: BankFile) -> bool:
    return can_hand_in(actor, file.bank)


@rule("只有遴选该银行的单位可以设定对账文件格式。")
def can_set_profile(actor: Actor, bank: Bank) -> bool:
    return actor.is_person and _keeps(actor) and covers(actor, bank)


@rule("只有银行经办人和资金监管经办人可以报送对账文件。")
def can_hand_in_some(actor: Actor) -> bool:
    """Of some bank; ``can_hand_in`` asks about the one that was chosen."""
    return actor.is_person and (actor.can(Can.BANK_DESK) or _keeps(actor))


@rule("只有遴选该银行的单位可以生成和停用回调密钥。")
def can_keep_keys(actor: Actor, bank: Bank) -> bool:
    return actor.is_person and actor.can(Can.SELECT_BANKS) and covers(actor, bank)


@rule("未通过验证。")
def can_announce(actor: Actor, key: CallbackKey) -> bool:
    """The door for banks' programs; whose signature it is, the operation has found out."""
    return actor.can(ANNOUNCE) and key.pk is not None


@rule("您的岗位不能查看对账差异。")
def can_view_desk(actor: Actor) -> bool:
    """What the books say is not for banks."""
    return actor.can(Can.VIEW_FUNDS)


# -- the reconciliation ----------------------------------------------------------------------------------------------
@rule("只有对账任务和本县的资金监管经办人可以对账。")
def can_reconcile(actor: Actor, account: SupervisedAccount) -> bool:
    """The job, and an officer who just explained something."""
    return (actor.can(RECONCILE) or can_explain(actor, account)) and covers(actor, account)


@rule("只有本县的资金监管经办人可以查清对账差异。")
def can_explain(actor: Actor, account: SupervisedAccount) -> bool:
    return actor.is_person and actor.can(Can.KEEP_FUNDS) and covers(actor, account)


@rule("只有本县的资金监管经办人可以查清对账差异。")
def can_explain_difference(actor: Actor, row: Difference) -> bool:
    return can_explain(actor, row.account)


@rule("日对账须由本县审核领导签认，且不能是报送文件或说明差异的人。")
def can_sign(actor: Actor, row: DayCheck) -> bool:
    another = actor.is_person and actor.user_id != row.prepared_by_id
    explained = Difference.objects.filter(account=row.account_id, explained_by=actor.user_id, day__lte=row.day)
    return another and not explained.exists() and actor.can(Can.APPROVE_FUNDS) and covers(actor, row)


@rule("只有审核领导可以签认日对账。")
def can_sign_some(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.APPROVE_FUNDS)
