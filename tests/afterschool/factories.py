"""Terms, schools, counts and providers for tests, made through the operations."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

from afterschool.counts import Counts
from afterschool.enums import BlockKind, Grade, Season
from afterschool.models import Block, Participation, Provider, Selection, SelectionRound, Term
from afterschool.operations.participation import record_participation
from afterschool.operations.providers import (
    add_institution_provider,
    add_social_provider,
    approve_selection,
    open_round,
    propose_selection,
)
from afterschool.operations.terms import add_block
from foundation.accounts.enums import OrganKind, Role
from foundation.core.actor import Actor
from foundation.regions.enums import SchoolStage
from foundation.regions.models import Jurisdiction, School
from institutions.enums import PermitKind
from institutions.models import Institution
from institutions.operations.premises import add_permit
from tests.cast import OWN, Cast, acting, organ, person
from tests.institutions.factories import AT, credit_code, institution, town

STARTS, ENDS = date(2026, 9, 1), date(2027, 1, 22)
NOW = AT  # 2026-11-02, within the term
_numbers = count(1)


def term(year: int = 2026, season: str = Season.AUTUMN, starts_on: date = STARTS, ends_on: date = ENDS) -> Term:
    given = {"starts_on": starts_on, "ends_on": ends_on, "recorded_at": NOW}
    return Term.objects.get_or_create(year=year, season=season, defaults=given)[0]


def school(county: str = OWN, *, stage: str = SchoolStage.PRIMARY, name: str = "", code: str = "", **given) -> School:
    place = Jurisdiction.objects.get(code=county)
    name = name or f"演示第{next(_numbers)}小学"
    where = {"division": given.pop("division", None) or town(county)}
    return School.objects.create(jurisdiction=place, name=name, stage=stage, code=code, **where, **given)


def counts(enrolled: int = 200, joined: int = 180, **given) -> Counts:
    return Counts(enrolled=enrolled, joined=joined, **given)


def reported(
    by: Actor, at_school: School, *, grade: int = Grade.ONE, on: date = STARTS, at: datetime = NOW, **given
) -> Participation:
    told = counts(**given)
    return record_participation(school=at_school, term=term(), grade=grade, counts=told, effective_on=on, by=by, at=at)


def specialist(of: School) -> Actor:
    county = of.jurisdiction.code
    at = organ(county, OrganKind.SCHOOL, name=of.name)
    return acting(person(Role.SCHOOL_SPECIALIST, at, username=f"specialist-{of.pk}", school=of))


def block(by: Actor, name: str = "作业辅导", kind: str = BlockKind.BASIC, county: str = OWN) -> Block:
    place = Jurisdiction.objects.get(code=county)
    return add_block(jurisdiction=place, kind=kind, name=name, by=by, at=NOW)


def licensed(by: Actor, *, until: date = date(2028, 12, 31), **given) -> Institution:
    """An institution with a permit in force."""
    row = institution(by, **given)
    facts = {"kind": PermitKind.NON_SUBJECT, "number": f"许{row.pk}", "issuer": "教育局", "scope": ""}
    add_permit(institution=row, **facts, valid_from=date(2021, 1, 1), valid_to=until, by=by, at=NOW)
    return row


def of_register(by: Actor, row: Institution | None = None) -> Provider:
    row = row or licensed(by)
    return add_institution_provider(jurisdiction=row.jurisdiction, institution=row, by=by, at=NOW)


def social(by: Actor, *, county: str = OWN, name: str = "") -> Provider:
    place = Jurisdiction.objects.get(code=county)
    code = credit_code(900_000 + next(_numbers), county=county, prefix="52")
    name = name or f"演示青少年服务中心{code[-4:]}"
    return add_social_provider(jurisdiction=place, name=name, credit_code=code, by=by, at=NOW)


def opened(by: Actor, *, county: str = OWN, on: date = STARTS - timedelta(days=10)) -> SelectionRound:
    place = Jurisdiction.objects.get(code=county)
    name = f"2026年秋季遴选{next(_numbers)}"
    return open_round(jurisdiction=place, name=name, selected_on=on, basis="遴选结果公告", by=by, at=NOW)


def proposed(by: Actor, provider: Provider | None = None, **given) -> Selection:
    provider = provider or social(by)
    given = {"starts_on": STARTS, "ends_on": date(2027, 8, 31), "reason": "评审得分在前", **given}
    chosen = given.pop("round", None) or opened(by, county=provider.jurisdiction.code)
    return propose_selection(provider=provider, round=chosen, by=by, at=NOW, **given)


def selected(cast: Cast, provider: Provider | None = None, **given) -> Selection:
    return approve_selection(selection=proposed(cast.officer, provider, **given), by=cast.leader, at=NOW)
