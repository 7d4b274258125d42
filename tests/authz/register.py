"""Institutions and unlicensed sites at a place of the matrix: what most other objects are about."""

from __future__ import annotations

from datetime import date, timedelta

from foundation.accounts.enums import OrganKind
from foundation.core import clock
from institutions.enums import Charge, Discovery, Disposal, LegalType, LicenceStatus, Net, UnlicensedState
from institutions.models import (
    Course,
    DepartmentCharge,
    Institution,
    Permit,
    RedLine,
    Responsible,
    Site,
    StaffMember,
    UnlicensedSite,
)
from tests.authz.relations import Place
from tests.cast import OWN, organ


def institution(place: Place) -> Institution:
    at = clock.now()
    return Institution.objects.create(
        jurisdiction=place.jurisdiction,
        division=place.division,
        category=place.category,
        name=f"{place.relation}培训中心",
        address="测试路1号",
        legal_type=LegalType.NON_PROFIT,
        licence_status=LicenceStatus.COMPLETE,
        registered_at=at,
        changed_at=at,
    )


def full_institution(place: Place) -> Institution:
    """With a permit, a campus, a course, a person in service and a red line, so that every page has its subject."""
    row, today = institution(place), clock.today()
    Permit.objects.create(institution=row, kind="non_subject", number=f"教民{row.pk}", issuer="测试局")
    Site.objects.create(institution=row, kind="campus", division=place.division, address="测试路3号", opened_on=today)
    Course.objects.create(
        institution=row,
        name="测试课程",
        category=place.category,
        subject="测试",
        stage="primary",
        lesson_fee_fen=100,
        published_on=today,
    )
    person = StaffMember.objects.create(institution=row, name="测试人", role="administration", joined_on=today)
    RedLine.objects.create(staff=person, fact="测试", happened_on=today, recorded_at=clock.now())
    return row


def responsible(place: Place) -> Responsible:
    return Responsible.objects.create(
        institution=institution(place), net=Net.GRID, organ=organ(OWN), person_name="责任人", since=clock.today()
    )


def department_charge(place: Place) -> DepartmentCharge:
    """Each holds on a day of its own: two of one place and kind may not overlap."""
    on = date(2030, 1, 1) + timedelta(days=DepartmentCharge.objects.count())
    return DepartmentCharge.objects.create(
        jurisdiction=place.jurisdiction,
        charge=Charge.CARE,
        department=OrganKind.MARKET,
        effective_from=on,
        effective_to=on,
    )


def unlicensed_site(place: Place, **given) -> UnlicensedSite:
    at = clock.now()
    return UnlicensedSite.objects.create(
        number=f"WZ-{place.relation}-{UnlicensedSite.objects.count()}",
        jurisdiction=place.jurisdiction,
        division=place.division,
        category=place.category,
        address="测试路2号",
        licence_status=LicenceStatus.NEITHER,
        discovery=Discovery.PATROL,
        found_on=clock.local_date(at),
        recorded_at=at,
        state_at=at,
        **given,
    )


def disposed_site(place: Place) -> UnlicensedSite:
    today = clock.today()
    return unlicensed_site(place, state=UnlicensedState.DISPOSED, disposal=Disposal.BANNED, disposed_on=today)
