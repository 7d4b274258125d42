"""Shishi (石狮) puts parents' money into a safe: 6 banks, 55 institutions; 668 人次 released, 350 人 refunded.

668 人次 are lines that banks paid, 350 人 distinct learners; both sums are fen that really moved in the books. In CI a
tenth of it; all of it under ``script/prove shishi_money``.
"""

from __future__ import annotations

import os
import random
from datetime import timedelta

import pytest
from django.db.models import Sum

from contracts.operations.money import Paid, Taken, record_lesson, record_payment
from contracts.people import People
from foundation.accounts.enums import Role
from foundation.core import clock
from funds.queries import banks_on, supervised_on
from ledger.models import Entry, Purse
from payouts import queries
from payouts.enums import AskedBy
from payouts.operations.books import confirm_deposit
from payouts.operations.lessons import confirm_lessons, propose_lessons
from payouts.operations.refunds import (
    Asked,
    approve_refund,
    ask_refund,
    object_refund,
    pay_refund,
    settle_refund,
)
from payouts.operations.releases import approve_release, pay_release, propose_release
from tests.cast import acting, organ, person
from tests.contracts.factories import signed
from tests.funds.factories import number, opened, selected
from tests.institutions.factories import AT, institution

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.prove]
SHISHI = "350581"
FULL = os.environ.get("PROVE_FULL") == "1"
BANKS, HOMES, LINES, LEARNERS = (6, 55, 668, 350) if FULL else (6, 11, 68, 35)
RELEASED_FEN, REFUNDED_FEN = (380_128_00, 993_992_00) if FULL else (38_012_80, 99_399_20)
ROUNDS = 4
#: Of all, a quarter of the lines are contracts taught in each of four rounds; each of all learners gets something back.
TAUGHT = LINES // ROUNDS
LATER = AT + timedelta(days=40)
DAY = LATER.date()


def even(total: int, parts: int, *, seed: int) -> list[int]:
    """Amounts about the mean, up to a third more or less in pairs, that come to the total to the fen."""
    chance, mean = random.Random(seed), total // parts
    pairs = [chance.randint(0, mean // 3) for _ in range((parts - 1) // 2)]
    found = [mean + sign * extra for extra in pairs for sign in (1, -1)]
    found += [mean] * (parts - 1 - len(found))
    return [*found, total - sum(found)]


class County:
    """The county's people, its institutions with their accounts, and one contract for each learner."""

    def __init__(self) -> None:
        bureau = organ(SHISHI)
        self.officer, self.leader = (acting(person(role, bureau)) for role in (Role.COUNTY_OFFICER, Role.COUNTY_LEADER))
        banks = [selected(self.leader, name=f"监管银行{each}") for each in range(BANKS)]
        self.homes = [institution(self.officer, county=SHISHI) for _ in range(HOMES)]
        for number_, home in enumerate(self.homes):
            opened(home, self.officer, bank=banks[number_ % BANKS])
        earned = even(RELEASED_FEN, TAUGHT, seed=1)
        rest = even(REFUNDED_FEN - RELEASED_FEN, LEARNERS - TAUGHT, seed=2)
        #: What each learner gets back: who was taught half of it paid twice as much.
        self.back = [*earned, *rest]
        self.contracts = [self._paid(at, 2 * fen if at < TAUGHT else fen) for at, fen in enumerate(self.back)]

    def _paid(self, at: int, fen: int):
        home = self.homes[at % HOMES]
        people = People(
            pupil=f"学员{at}",
            guardian=f"家长{at}",
            phone=f"139{at:08d}",
            relation="母亲",
            school="演示小学",
            grade="三年级",
        )
        facts = {"lessons": 2 * ROUNDS, "total_fen": fen, "unit_price_fen": fen // (2 * ROUNDS)}
        contract = signed(self.officer, home, f"HT{at:03d}", people=people, **facts)
        told = Paid(f"家长{at}", fen, AT.date(), number(), contract_no=contract.number)
        payment = record_payment(institution=home, paid=told, by=self.officer, at=AT, checks=False)
        confirm_deposit(payment=payment, arrived_on=AT.date(), by=self.officer, at=AT)
        return contract

    def one_round(self, days: int) -> None:
        """One lesson for each who is taught, confirmed; then one release for each institution, paid by its bank."""
        at = LATER + timedelta(days=days)
        for contract in self.contracts[:TAUGHT]:
            taken = Taken(held_on=at.date())
            record_lesson(contract=contract, taken=taken, by=self.officer, at=at, checks=False)
            told = propose_lessons(contract=contract, up_to=at.date(), by=self.officer, at=at)
            confirm_lessons(consumption=told, by=self.officer, at=at)
        for home in self.homes:
            release = propose_release(institution=home, by=self.officer, at=at)
            approve_release(release=release, by=self.leader, at=at)
            pay_release(release=release, paid_on=at.date(), bank_reference=f"HB{release.pk}", by=self.officer, at=at)

    def refund(self, contract, fen: int) -> None:
        """The institution refuses, the bureau brings both sides together, the leader agrees, the bank pays."""
        at, by, day = LATER + timedelta(days=9), self.officer, (LATER + timedelta(days=9)).date()
        asked = Asked(amount_fen=fen, reason="停课", asked_by=AskedBy.COMPLAINT, asked_on=day)
        row = ask_refund(contract=contract, asked=asked, by=by, at=at)
        row = object_refund(refund=row, answer="暂无资金", answered_on=day, by=by, at=at)
        row = settle_refund(
            refund=row, amount_fen=fen, outcome="双方同意全额退未消课费用", coordinated_on=day, by=by, at=at
        )
        row = approve_refund(refund=row, by=self.leader, at=at)
        pay_refund(refund=row, paid_on=day, bank_reference=f"TF{row.pk}", by=by, at=at)


def test_the_safe():
    county = County()
    for days in range(ROUNDS):
        county.one_round(days)
    for contract, fen in zip(county.contracts, county.back, strict=True):
        county.refund(contract, fen)
    period = {"first": AT.date(), "last": DAY + timedelta(days=30)}
    with clock.set_to(LATER + timedelta(days=30)):
        assert banks_on(county.officer, on=clock.today()).count() == BANKS
        assert supervised_on(county.officer, on=clock.today()).count() == HOMES
    assert queries.released(county.officer, **period) == (LINES, RELEASED_FEN)
    assert queries.refunded(county.officer, coordinated=True, **period) == (LEARNERS, REFUNDED_FEN)
    books = Purse.objects.aggregate(
        deposited=Sum("deposited_fen"), released=Sum("released_fen"), repaid=Sum("repaid_fen"), frozen=Sum("frozen_fen")
    )
    assert (books["released"], books["repaid"], books["frozen"]) == (RELEASED_FEN, REFUNDED_FEN, 0)
    assert books["deposited"] == RELEASED_FEN + REFUNDED_FEN
    assert Entry.objects.filter(kind="release").aggregate(fen=Sum("amount_fen"))["fen"] == RELEASED_FEN
