"""Who may post. No role holds the right: the operation that moves the money has its own rule, and lends it."""

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from institutions.models import Institution

from .models import Account, Purse


@rule("您不能为这家机构记账。")
def can_post(actor: Actor, about: Institution | Purse | Account) -> bool:
    return actor.can(Can.POST_LEDGER) and covers(actor, about)


@rule("您没有记账的权限。")
def can_post_many(actor: Actor) -> bool:
    """Where the money lies is asked of each line by the database, within ``actor.scope``."""
    return actor.can(Can.POST_LEDGER)


@rule("您不能为本地区结账。")
def can_close_day(actor: Actor, jurisdiction_id: int) -> bool:
    return actor.can(Can.POST_LEDGER) and jurisdiction_id in actor.scope


@rule("您的岗位不能查看资金账。")
def can_view_books(actor: Actor) -> bool:
    """Those who see fund supervision; never banks."""
    return actor.can(Can.VIEW_FUNDS) and bool(actor.scope)


@rule("该机构的资金账不在您的查看范围内。")
def can_view_books_of(actor: Actor, institution: Institution) -> bool:
    return can_view_books(actor) and covers(actor, institution)
