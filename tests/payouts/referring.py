"""How people make each row of releases refer to an institution, by the foreign key."""

from __future__ import annotations

from datetime import timedelta

from contracts.operations.money import Paid, Taken, record_lesson, record_payment
from foundation.core import clock
from institutions.models import Institution
from payouts.models import Hold, Release
from payouts.operations.books import confirm_deposit
from payouts.operations.holds import hold_releases
from payouts.operations.lessons import confirm_lessons, propose_lessons
from payouts.operations.releases import propose_release
from tests.cast import Cast
from tests.contracts.factories import signed
from tests.funds.factories import number, opened


def held(row: Institution, cast: Cast) -> Hold:
    until = clock.today() + timedelta(days=9)
    return hold_releases(institution=row, until_on=until, reason="核实", by=cast.leader, at=clock.now())


def released(row: Institution, cast: Cast) -> Release:
    """All of today: an account, a fee on it, a lesson that was confirmed."""
    by, at, today = cast.officer, clock.now(), clock.today()
    opened(row, by, on=today, at=at)
    contract = signed(by, row)
    paid = Paid("陈大志", 240_000, today, number(), contract_no=contract.number)
    payment = record_payment(institution=row, paid=paid, by=by, at=at)
    confirm_deposit(payment=payment, arrived_on=today, by=by, at=at)
    record_lesson(contract=contract, taken=Taken(held_on=today), by=by, at=at)
    confirm_lessons(consumption=propose_lessons(contract=contract, up_to=today, by=by, at=at), by=by, at=at)
    return propose_release(institution=row, by=by, at=at)


REFERRING = {("payouts.Hold", "institution"): held, ("payouts.Release", "institution"): released}
