"""Banks, accounts and the rest of fund supervision for tests, made through the operations."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from funds.enums import BankStatus
from funds.models import Bank
from funds.operations.banks import add_bank, set_bank_status
from tests.institutions.factories import AT

DAY = AT.date()
_numbers = count(1)


def bank(by: Actor, *, at: datetime = AT, name: str = "", **given) -> Bank:
    """A candidate of the actor's own bureau."""
    return add_bank(name=name or f"测试银行第{next(_numbers)}支行", by=by, at=at, **given)


def selected(by: Actor, *, at: datetime = AT, organ: Organ | None = None, **given) -> Bank:
    """A bank that the actor's bureau has chosen."""
    row = bank(by, at=at, organ=organ, **given)
    return choose(row, by, at=at)


def choose(row: Bank, by: Actor, *, on: date | None = None, at: datetime = AT) -> Bank:
    words = {"reason": "公开遴选第一名", "basis": "遴选结果通知〔2026〕1号"}
    return set_bank_status(bank=row, status=BankStatus.SELECTED, effective_on=on or at.date(), by=by, at=at, **words)
