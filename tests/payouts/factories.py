"""Contracts with money, lessons taken, and what leaves again: made through the operations."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from contracts.models import Contract
from contracts.operations.money import Paid, Taken, record_lesson, record_payment
from institutions.models import Institution
from payouts.enums import AskedBy
from payouts.models import Consumption, Refund, Release
from payouts.operations.books import confirm_deposit
from payouts.operations.lessons import confirm_lessons, propose_lessons
from payouts.operations.refunds import Asked, ask_refund
from payouts.operations.releases import approve_release, propose_release
from tests.cast import Cast
from tests.contracts.factories import signed
from tests.funds.factories import bank_of, number, opened
from tests.institutions.factories import AT, institution

#: Lessons of the contracts of the tests begin after the day on which things are entered.
LATER = AT + timedelta(days=20)
DAY = LATER.date()


def school(cast: Cast, *, organ=None) -> Institution:
    """An institution with a special account."""
    row = institution(cast.officer)
    opened(row, cast.officer, bank=bank_of(row.jurisdiction.code, organ=organ))
    return row


def paid(cast: Cast, home: Institution, *, contract_no: str = "HT001", fen: int = 240_000, **given) -> Contract:
    """A contract of 30 lessons whose price lies on the special account."""
    contract = signed(cast.officer, home, contract_no, **given)
    told = Paid(payer="陈大志", amount_fen=fen, paid_on=AT.date(), reference=number(), contract_no=contract_no)
    payment = record_payment(institution=home, paid=told, by=cast.officer, at=AT)
    confirm_deposit(payment=payment, arrived_on=AT.date(), by=cast.officer, at=AT)
    return contract


def taught(cast: Cast, contract: Contract, lessons: int, *, on: date = DAY, at: datetime = LATER) -> Consumption:
    """Lessons taken on one day and told to the guardian."""
    record_lesson(contract=contract, taken=Taken(held_on=on, lessons=lessons), by=cast.officer, at=at)
    return propose_lessons(contract=contract, up_to=on, by=cast.officer, at=at)


def earned(cast: Cast, contract: Contract, lessons: int, **given) -> Consumption:
    return confirm_lessons(consumption=taught(cast, contract, lessons, **given), by=cast.officer, at=LATER)


def proposed(cast: Cast, home: Institution, *, at: datetime = LATER) -> Release:
    return propose_release(institution=home, by=cast.officer, at=at)


def approved(cast: Cast, home: Institution, *, at: datetime = LATER) -> Release:
    return approve_release(release=proposed(cast, home, at=at), by=cast.leader, at=at)


def asked(cast: Cast, contract: Contract, fen: int, *, at: datetime = LATER) -> Refund:
    wish = Asked(amount_fen=fen, reason="孩子转学", asked_by=AskedBy.COUNTER, asked_on=at.date())
    return ask_refund(contract=contract, asked=wish, by=cast.officer, at=at)
