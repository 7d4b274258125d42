"""Objects of after-school services at the places of the authorization matrix."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from afterschool.enums import BlockKind, Carrier, ProviderKind, SelectionState
from afterschool.models import Block, Offering, Participation, Provider, Selection, SelectionRound, Term
from foundation.accounts.enums import Role
from foundation.accounts.models import User
from foundation.core import clock
from foundation.regions.enums import SchoolStage
from foundation.regions.models import School
from tests.authz.register import institution
from tests.authz.relations import Objects, Place

_numbers = count(1)


def by(role: Role = Role.COUNTY_OFFICER) -> User:
    return User.objects.filter(posts__role=role).order_by("pk")[0]


def term(place: Place | None = None) -> Term:
    today = clock.today()
    days = {"starts_on": today - timedelta(days=60), "ends_on": today + timedelta(days=60)}
    days["starts_on"] = max(days["starts_on"], today.replace(month=1, day=1))
    facts = {"recorded_at": clock.now(), **days}
    return Term.objects.get_or_create(year=days["starts_on"].year, season="autumn", defaults=facts)[0]


def school(place: Place) -> School:
    where = {"jurisdiction": place.jurisdiction, "division": place.division}
    return School.objects.create(**where, name=f"测试第{next(_numbers)}小学", stage=SchoolStage.PRIMARY)


def participation(place: Place) -> Participation:
    about = {"school": school(place), "term": term(), "grade": 1, "effective_on": clock.today()}
    return Participation.objects.create(**about, enrolled=50, joined=40, recorded_at=clock.now(), recorded_by=by())


def block(place: Place) -> Block:
    name = f"服务内容{next(_numbers)}"
    return Block.objects.create(jurisdiction=place.jurisdiction, kind=BlockKind.BASIC, name=name)


def offering(place: Place) -> Offering:
    about = {"school": school(place), "term": term(), "block": block(place), "carrier": Carrier.SCHOOL}
    return Offering.objects.create(**about, lessons=9, recorded_at=clock.now(), recorded_by=by())


def provider(place: Place) -> Provider:
    number = next(_numbers)
    facts = {"kind": ProviderKind.SOCIAL, "name": f"测试社会组织{number}", "credit_code": f"T{number:017d}"}
    return Provider.objects.create(jurisdiction=place.jurisdiction, **facts, added_at=clock.now())


def of_register(place: Place) -> Provider:
    """A provider that is an institution."""
    home = institution(place)
    facts = {"kind": ProviderKind.INSTITUTION, "name": home.name, "credit_code": f"T{next(_numbers):017d}"}
    return Provider.objects.create(jurisdiction=place.jurisdiction, institution=home, **facts, added_at=clock.now())


def selection_round(place: Place) -> SelectionRound:
    facts = {"name": f"批次{next(_numbers)}", "selected_on": clock.today(), "recorded_at": clock.now()}
    return SelectionRound.objects.create(jurisdiction=place.jurisdiction, **facts)


def selection(place: Place, *, state: str = SelectionState.PROPOSED, given: Provider | None = None) -> Selection:
    today, at = clock.today(), clock.now()
    facts = {"state": state, "state_at": at, "reason": "理由", "proposed_by": by(), "proposed_at": at}
    if state != SelectionState.PROPOSED:
        facts |= {"decided_by": by(Role.COUNTY_LEADER), "decided_at": at}
    days = {"starts_on": today, "ends_on": today + timedelta(days=300)}
    about = {"provider": given or provider(place), "round": selection_round(place)}
    return Selection.objects.create(**about, **days, **facts)


def approved(place: Place) -> Selection:
    return selection(place, state=SelectionState.APPROVED)


OBJECTS: dict[str, Objects] = {
    "admin:afterschool_participation": Objects(participation, place=True),
    "admin:afterschool_offering": Objects(offering, place=True),
    "admin:afterschool_block": Objects(block),
    "admin:afterschool_term": Objects(term, relations=("own",)),
    "admin:afterschool_provider": Objects(provider),
    "admin:afterschool_selection": Objects(selection),
    "admin:afterschool_selection_end": Objects(approved),
    "admin:afterschool_selectionround": Objects(selection_round),
}
