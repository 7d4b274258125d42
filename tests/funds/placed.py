"""Objects of fund supervision at the places of the authorization matrix."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from foundation.accounts.enums import OrganKind, Role
from foundation.accounts.models import Organ, User
from foundation.core import clock
from funds.enums import ExemptionKind, ProposalState
from funds.models import AccountEvent, Bank, BankStatusEvent, Exemption, MinimumBalance, SupervisedAccount
from funds.numbers import hashed
from tests.authz.register import institution
from tests.authz.relations import OWN, Objects, Place
from tests.funds.factories import number


def bank(place: Place) -> Bank:
    at = clock.now()
    row = Bank.objects.create(jurisdiction=place.jurisdiction, name=f"{place.relation}银行{number()}", added_at=at)
    BankStatusEvent.objects.create(
        bank=row, status=row.status, effective_on=clock.today(), recorded_at=at, reason="登记"
    )
    return row


def clerks_organ() -> Organ:
    return Organ.objects.get(kind=OrganKind.BANK, posts__role=Role.BANK_CLERK)


def account(place: Place) -> SupervisedAccount:
    """In the own county with the bank of the cast's clerk, elsewhere with others."""
    chosen, plain = bank(place), number()
    if place.relation == OWN:
        Bank.objects.filter(pk=chosen.pk).update(organ=clerks_organ())
    day, at = clock.today() - timedelta(days=30), clock.now()
    row = institution(place)
    facts = {"number": plain, "number_tail": plain[-4:], "number_hash": hashed(plain), "holder": row.name}
    made = SupervisedAccount.objects.create(institution=row, bank=chosen, opened_on=day, recorded_at=at, **facts)
    AccountEvent.objects.create(account=made, active=True, effective_on=day, recorded_at=at)
    return made


def _asked(place: Place, state: ProposalState) -> dict[str, object]:
    at, officer = clock.now(), User.objects.filter(posts__role=Role.COUNTY_OFFICER).order_by("pk")[0]
    facts = {"institution": institution(place), "state": state, "state_at": at, "reason": "理由"}
    if state != ProposalState.PROPOSED:
        leader = User.objects.filter(posts__role=Role.COUNTY_LEADER).order_by("pk")[0]
        facts |= {"decided_by": leader, "decided_at": at}
    return facts | {"proposed_by": officer, "proposed_at": at}


def minimum(place: Place) -> MinimumBalance:
    facts = {"amount_fen": 100, "effective_on": clock.today()}
    return MinimumBalance.objects.create(**facts, **_asked(place, ProposalState.PROPOSED))


def exemption(place: Place, state: ProposalState = ProposalState.PROPOSED) -> Exemption:
    today = clock.today()
    facts = {"kind": ExemptionKind.PAY_AFTER, "from_on": today, "until_on": today + timedelta(days=30)}
    return Exemption.objects.create(**facts, **_asked(place, state))


def placed(make) -> Objects:
    return Objects(make, place=True, category=True)


OBJECTS: dict[str, Objects] = {
    "admin:funds_bank": Objects(bank),
    "admin:funds_supervisedaccount": placed(account),
    "admin:funds_minimumbalance": placed(minimum),
    "admin:funds_exemption": placed(exemption),
    "admin:funds_exemption_end": placed(partial(exemption, state=ProposalState.APPROVED)),
}
