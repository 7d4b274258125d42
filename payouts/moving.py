"""Moving a contract's money in the ledger, for operations whose own rule has decided; they lend the right to post."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.models import Contract
from foundation.accounts.enums import Can
from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.errors import Conflict, need_words
from foundation.core.locking import hold_all
from funds.models import SupervisedAccount
from ledger.enums import Kind
from ledger.models import Purse
from ledger.operations.posting import Line, Posted, post_batch

from .models import ContractPurse


@dataclass(frozen=True)
class Move:
    """One posting of a contract's money; ``key`` is the moving row's own, such as ``refund:12:freeze``."""

    kind: Kind
    purse: Purse
    amount_fen: int
    key: str
    source: str


def hold_accounts(institutions: Collection[int]) -> None:
    """Lock the special accounts of these institutions: first of all, in every operation that will post.

    Whoever comes second waits here with nothing in hand. A reconciliation posts line by line, and a release that failed
    contract by contract; they would else wait for a contract of one who waits for the bank account that they hold.
    """
    accounts = SupervisedAccount.objects.filter(institution__in=institutions)
    hold_all(SupervisedAccount, accounts.values_list("pk", flat=True))


def moved(moves: Sequence[Move], *, on: date, by: Actor, at: datetime, maker: User | None = None) -> list[Posted]:
    """Post within the calling operation, whose rule has decided. With a ``maker`` the actor is the second person."""
    lines = [
        Line(
            kind=move.kind,
            amount_fen=move.amount_fen,
            happened_on=on,
            key=move.key,
            source_kind=move.source,
            source_number=move.key,
            purse=move.purse,
        )
        for move in moves
    ]
    scope = frozenset(move.purse.jurisdiction_id for move in moves)
    poster = by.allowed(Can.POST_LEDGER, scope=scope)
    if maker is None:
        return post_batch(lines=lines, by=poster, at=at)
    first = Actor(user_id=maker.pk, name=maker.get_full_name()).allowed(Can.POST_LEDGER, scope=scope)
    return post_batch(lines=lines, by=first, at=at, checker=by)


def money_of(contract: Contract) -> ContractPurse:
    """The contract's purse; raises Conflict while nothing was deposited."""
    found = ContractPurse.objects.filter(contract=contract).select_related("purse").first()
    if found is None:
        raise Conflict("该合同还没有缴费入账。", code="no_money")
    return found


def need_reason(text: str, sentence: str = "请写明理由。") -> str:
    """The words of a reason; raises InvalidInput beside the field when there are none."""
    need_words(text, "reason", sentence)
    return text.strip()
