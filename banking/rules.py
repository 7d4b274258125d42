"""Who may hand in bank files, and say how they are written."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from funds.models import Bank

from .models import BankFile


@rule("您的岗位不能查看银行对账。")
def can_view(actor: Actor) -> bool:
    return actor.can(Can.VIEW_FUNDS) or actor.can(Can.BANK_DESK)


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
