"""Families with contracts, payments and invoices, most of them in order, some with one planted mismatch each.

Everything is entered through the operations; ``plant`` tells which payments must be flagged and why. The clean ones are
no two alike: names with gaps, pupils invoiced, instalments, one invoice for two payments, two invoices for one.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from contracts.operations.checks import check_contracts, check_loose
from contracts.operations.contracts import sign_contract
from contracts.operations.money import Invoiced, Paid, record_invoice, record_payment
from contracts.people import People
from contracts.queries import sliced
from foundation.core.actor import Actor
from institutions.models import Institution
from tests.contracts.factories import AGREED, terms
from tests.institutions.factories import AT

FAMILY = "陈林黄张李王吴刘蔡杨许郑谢郭洪曾廖赖徐周叶苏庄吕江何欧罗高萧"
GIVEN = "志勇敏静伟强磊洋艳杰涛明超秀兰霞平刚桂英晨曦雨桐梓涵子轩浩然思远"
DAY = date(2026, 10, 20)


@dataclass(frozen=True)
class Money:
    """What one family's payments and invoices say: (who, fen) each."""

    paid: list[tuple[str, int]]
    invoiced: list[tuple[str, int]]
    has_contract: bool = True


@dataclass
class Plan:
    """What was planted: the references of payments that must be flagged, by kind; all others must agree."""

    wrong: dict[str, str] = field(default_factory=dict)
    clean: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Family:
    people: People
    fen: int
    stranger: str
    cousin: str  # the same family name, another person

    @property
    def gapped(self) -> str:
        return " ".join(self.people.guardian)


CLEAN: tuple[Callable[[Family], Money], ...] = (
    lambda f: Money([(f.people.guardian, f.fen)], [(f.people.guardian, f.fen)]),
    lambda f: Money([(f.gapped, f.fen)], [(f"个人（{f.people.guardian}）", f.fen)]),
    lambda f: Money([(f.people.guardian, f.fen)], [(f.people.pupil, f.fen)]),
    lambda f: Money([(f.people.pupil, f.fen)], [(f.people.guardian, f.fen)]),
    lambda f: Money([(f.people.guardian, f.fen // 2)] * 2, [(f.people.guardian, f.fen // 2)] * 2),
    lambda f: Money([(f.people.guardian, f.fen // 2), (f.people.pupil, f.fen // 2)], [(f.people.guardian, f.fen)]),
    lambda f: Money(
        [(f.people.guardian, f.fen)], [(f.people.guardian, f.fen // 4), (f.people.guardian, f.fen // 4 * 3)]
    ),
)
WRONG: dict[str, Callable[[Family], Money]] = {
    "payer is a stranger": lambda f: Money([(f.stranger, f.fen)], [(f.people.guardian, f.fen)]),
    "payer is a cousin": lambda f: Money([(f.cousin, f.fen)], [(f.people.guardian, f.fen)]),
    "buyer is a stranger": lambda f: Money([(f.people.guardian, f.fen)], [(f.stranger, f.fen)]),
    "buyer is a cousin": lambda f: Money([(f.people.guardian, f.fen)], [(f.cousin, f.fen)]),
    "payer and buyer are strangers": lambda f: Money([(f.stranger, f.fen)], [(f.stranger, f.fen)]),
    "a fen too little invoiced": lambda f: Money([(f.people.guardian, f.fen)], [(f.people.guardian, f.fen - 1)]),
    "a yuan too much invoiced": lambda f: Money([(f.people.guardian, f.fen)], [(f.people.guardian, f.fen + 100)]),
    "paid beyond the contract": lambda f: Money([(f.people.guardian, f.fen + 100)], [(f.people.guardian, f.fen + 100)]),
    "no invoice": lambda f: Money([(f.people.guardian, f.fen)], []),
    "no contract": lambda f: Money([(f.people.guardian, f.fen)], [(f.people.guardian, f.fen)], has_contract=False),
}


def plant(home: Institution, *, payments: int, by: Actor, seed: int = 7, share: float = 0.08) -> Plan:
    """Enter about so many payments; a ``share`` of the families carries one planted mismatch, every kind in turn."""
    dice, plan = random.Random(seed), Plan()
    kinds, contracts, loose = list(WRONG), [], []
    number = entered = 0
    while entered < payments:
        number += 1
        family = _family(dice, number)
        wrong = kinds[len(plan.wrong) % len(kinds)] if dice.random() < share else ""
        money = (WRONG[wrong] if wrong else CLEAN[number % len(CLEAN)])(family)
        contract = _sign(home, family, number, by) if money.has_contract else None
        rows = _enter(home, money, number, contract is not None, by)
        (contracts if contract else loose).extend([contract.pk] if contract else [row.pk for row in rows])
        for row in rows:
            if wrong:
                plan.wrong[row.reference] = wrong
            else:
                plan.clean.add(row.reference)
        entered += len(rows)
    for ids in sliced(contracts):
        check_contracts(ids=ids, by=by, at=AT)
    check_loose(ids=loose, by=by, at=AT)
    return plan


def _family(dice: random.Random, number: int) -> Family:
    own, other = dice.sample(FAMILY, 2)
    one, two, three, four = (dice.choice(GIVEN) for _ in range(4))
    people = People(pupil=f"{own}{one}{two}", guardian=f"{own}{three}{four}", phone=f"139{number:08d}")
    taken = {people.pupil, people.guardian}
    cousin = next(name for name in (own + a + b for a in GIVEN for b in GIVEN) if name not in taken)
    return Family(people, 400 * dice.randint(100, 1200), f"{other}{one}{three}", cousin)


def _sign(home: Institution, family: Family, number: int, by: Actor):
    facts = terms(f"HT{number:05d}", total_fen=family.fen)
    return sign_contract(institution=home, terms=facts, people=family.people, agreed=AGREED, by=by, at=AT, checks=False)


def _enter(home: Institution, money: Money, number: int, named: bool, by: Actor) -> list:
    own = f"HT{number:05d}" if named else ""
    common = {"institution": home, "by": by, "at": AT, "checks": False}
    rows = [
        record_payment(
            paid=Paid(who, fen, DAY + timedelta(days=place), f"LS{number:05d}-{place}", contract_no=own, lessons=30),
            **common,
        )
        for place, (who, fen) in enumerate(money.paid)
    ]
    for place, (who, fen) in enumerate(money.invoiced):
        record_invoice(
            invoiced=Invoiced(who, fen, DAY + timedelta(days=place + 1), f"FP{number:05d}-{place}", own), **common
        )
    return rows
