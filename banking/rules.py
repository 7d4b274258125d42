"""Who may hand in bank files, and say how they are written."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from funds.models import Bank


@rule("您的岗位不能查看银行对账。")
def can_view(actor: Actor) -> bool:
    return actor.can(Can.VIEW_FUNDS) or actor.can(Can.BANK_DESK)


@rule("只有该银行的经办人和本辖区的资金监管经办人可以报送对账文件。")
def can_hand_in(actor: Actor, bank: Bank) -> bool:
    """The bank's own clerk; or an officer who got the file on paper or by post."""
    if not actor.is_person:
        return False
    own = actor.can(Can.BANK_DESK) and bank.organ_id is not None and bank.organ_id == actor.organ_id
    return own or (actor.can(Can.KEEP_FUNDS) and covers(actor, bank))


@rule("只有遴选该银行的单位可以设定对账文件格式。")
def can_set_profile(actor: Actor, bank: Bank) -> bool:
    return actor.is_person and (actor.can(Can.KEEP_FUNDS) or actor.can(Can.SELECT_BANKS)) and covers(actor, bank)
