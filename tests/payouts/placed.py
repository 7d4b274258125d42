"""Consumptions, releases, refunds and holds for the authorization matrix: put somewhere, by nobody of the cast."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from foundation.accounts.models import User
from foundation.core import clock
from payouts.enums import AskedBy, ConsumptionState, RefundState, ReleaseState
from payouts.models import Consumption, Hold, Refund, Release
from tests.authz.register import institution
from tests.authz.relations import Objects, Place
from tests.contracts.placed import contract, somebody
from tests.funds.placed import account


def another() -> User:
    """A second person, where two are needed."""
    first = somebody()
    made = {"name": "另一人", "organ": first.organ, "password": "!"}
    return User.objects.get_or_create(username="payouts-another", defaults=made)[0]


def consumption(place: Place, state: ConsumptionState = ConsumptionState.PROPOSED) -> Consumption:
    today, at = clock.today(), clock.now()
    facts = {"lessons": 1, "amount_fen": 8000, "first_on": today, "last_on": today, "told_on": today}
    row = contract(place)
    return Consumption.objects.create(contract=row, state=state, state_at=at, proposed_by=somebody(), **facts)


def release(place: Place, state: ReleaseState = ReleaseState.PROPOSED) -> Release:
    row, at = account(place), clock.now()
    facts = {"up_to": clock.today(), "amount_fen": 100, "lines_count": 1, "state_at": at, "proposed_at": at}
    if state != ReleaseState.PROPOSED:
        facts |= {"decided_by": another(), "decided_at": at}
    return Release.objects.create(
        institution=row.institution, account=row, state=state, proposed_by=somebody(), **facts
    )


def refund(place: Place, state: RefundState = RefundState.ASKED) -> Refund:
    today, at = clock.today(), clock.now()
    facts = {"asked_on": today, "asked_by": AskedBy.COUNTER, "asked_fen": 100, "reason": "转学", "unused_fen": 100}
    if state in (RefundState.AGREED, RefundState.APPROVED):
        facts["agreed_fen"] = 100
    if state == RefundState.APPROVED:
        facts |= {"approved_by": another(), "approved_at": at}
    row = contract(place)
    return Refund.objects.create(contract=row, state=state, state_at=at, entered_by=somebody(), entered_at=at, **facts)


def hold(place: Place) -> Hold:
    today = clock.today()
    facts = {"from_on": today, "until_on": today + timedelta(days=9), "reason": "核实", "set_at": clock.now()}
    return Hold.objects.create(institution=institution(place), set_by=somebody(), **facts)


def placed(make, **given) -> Objects:
    return Objects(partial(make, **given) if given else make, place=True, category=True)


OBJECTS: dict[str, Objects] = {
    "admin:payouts_consumption": placed(consumption),
    "admin:payouts_consumption_uphold": placed(consumption, state=ConsumptionState.DISPUTED),
    "admin:payouts_release": placed(release),
    **dict.fromkeys(
        ["admin:payouts_release_pay", "admin:payouts_release_fail"], placed(release, state=ReleaseState.APPROVED)
    ),
    "admin:payouts_refund": placed(refund),
    **dict.fromkeys(
        ["admin:payouts_refund_settle", "admin:payouts_refund_decline"], placed(refund, state=RefundState.DISPUTED)
    ),
    "admin:payouts_refund_approve": placed(refund, state=RefundState.AGREED),
    "admin:payouts_refund_pay": placed(refund, state=RefundState.APPROVED),
    "admin:payouts_hold": placed(hold),
}
