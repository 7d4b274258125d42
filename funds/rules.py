"""Who may see, keep and approve what in fund supervision."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers

from .models import Bank


@rule("您的岗位不能查看资金监管。")
def can_view(actor: Actor) -> bool:
    return actor.can(Can.VIEW_FUNDS)


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
