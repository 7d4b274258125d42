"""Purses and lines for tests, opened and posted through the operations."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

from django.utils import timezone

from foundation.accounts.enums import Can
from foundation.core import clock
from foundation.core.actor import Actor
from institutions.models import Institution
from ledger.enums import AccountKind, Kind
from ledger.models import Account, Purse
from ledger.operations.opening import open_account, open_purse
from ledger.operations.posting import Line, Posted, post
from tests.cast import Cast

AT = datetime(2026, 11, 20, 9, 30, tzinfo=timezone.get_default_timezone())
DAY = date(2026, 11, 20)
_numbers = count(1)


def poster(actor: Actor) -> Actor:
    """The actor with the right that a higher app's operation lends."""
    return actor.allowed(Can.POST_LEDGER)


def custody(institution: Institution, by: Actor, number: str = "专户1") -> Account:
    return open_account(institution=institution, number=number, by=poster(by), at=AT)


def risk_account(institution: Institution, by: Actor) -> Account:
    return open_account(institution=institution, number="保证金1", kind=AccountKind.RISK_BANK, by=poster(by), at=AT)


def purse(institution: Institution, by: Actor, **given) -> Purse:
    held = given.pop("custody", None) or custody(institution, by)
    number = given.pop("number", f"HT-{next(_numbers):06d}")
    return open_purse(institution=institution, number=number, custody=held, by=poster(by), at=AT)


def line(kind: Kind, amount: int, about: Purse | Account, **given) -> Line:
    """A line with a key of its own about a purse or a bank account."""
    number = next(_numbers)
    side = {"purse": about} if isinstance(about, Purse) else {"account": about}
    words = {"happened_on": DAY, "key": f"test:{number}", "source_kind": "test.paper", "source_number": f"PJ-{number}"}
    return Line(kind=kind, amount_fen=amount, **{**words, **side, **given})


def posted(kind: Kind, amount: int, about: Purse | Account, *, by: Actor, checker: Actor, **given) -> Posted:
    return post(line=line(kind, amount, about, **given), by=poster(by), at=AT, checker=checker)


def deposited(cast: Cast, institution: Institution, amount: int = 100_000) -> Purse:
    """A purse of the institution with this much in it, as of now."""
    held = purse(institution, cast.officer)
    one = line(Kind.DEPOSIT, amount, held, happened_on=clock.today())
    post(line=one, by=poster(cast.officer), at=clock.now())
    return held
