"""Objects for the URLs that name one. See README.md; keep each app's entries under its own heading.

A key is a URL name, or the part of it before the last ``_`` to serve all pages of a register. A factory gets a
``Place`` and returns the row (its pk goes into the URL) or a dict of the URL's arguments. A page that needs another
state than the register's other pages gets an entry of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from assignments.enums import PartState
from assignments.models import Assignment, Part
from foundation.accounts.enums import Role
from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.audit.record import record
from foundation.core import clock
from foundation.core.actor import job
from foundation.core.events import EventKind
from institutions.enums import Discovery, Disposal, LegalType, LicenceStatus, UnlicensedState
from institutions.models import Institution, UnlicensedSite
from tests.authz.relations import Objects, Place
from tests.cast import CITY, OWN, organ
from tests.documents.factories import placed as document


def event(place: Place) -> Event:
    return record(EventKind("test.seen", "测试事项"), subject=place.jurisdiction, by=job("测试"), at=clock.now())


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


def assignment(place: Place) -> Assignment:
    """From the city bureau to the own county's."""
    giver = organ(CITY)
    at = clock.now()
    row = Assignment.objects.create(
        number=f"JB-{Assignment.objects.count()}",
        jurisdiction=giver.jurisdiction,
        organ=giver,
        issued_by=User.objects.get(posts__organ=giver, posts__role=Role.CITY_MANAGER),
        issued_at=at,
        title="排查",
        content="请排查",
        due_on=clock.local_date(at),
    )
    Part.objects.create(
        assignment=row, organ=organ(OWN), jurisdiction=organ(OWN).jurisdiction, state_at=at, due_on=row.due_on
    )
    return row


def part_in(state: PartState) -> Callable[[Place], Part]:
    def make(place: Place) -> Part:
        part = assignment(place).parts.get()
        answered = {"result": "已办", "answered_at": clock.now()} if state == PartState.ANSWERED else {}
        Part.objects.filter(pk=part.pk).update(state=state, **answered)
        return part

    return make


OBJECTS: dict[str, Objects] = {
    # -- audit -----------------------------------------------------------------------------------------------------
    "admin:audit_event": Objects(event),
    # -- regions ---------------------------------------------------------------------------------------------------
    # -- accounts --------------------------------------------------------------------------------------------------
    # -- deadlines -------------------------------------------------------------------------------------------------
    # -- notifications ---------------------------------------------------------------------------------------------
    # -- documents -------------------------------------------------------------------------------------------------
    "admin:documents_document": Objects(document, place=True, category=True),
    # -- imports ---------------------------------------------------------------------------------------------------
    # -- exports ---------------------------------------------------------------------------------------------------
    # -- institutions ----------------------------------------------------------------------------------------------
    "admin:institutions_institution": Objects(institution, place=True, category=True),
    "admin:institutions_unlicensedsite": Objects(unlicensed_site, place=True, category=True),
    "admin:institutions_unlicensedsite_reopen": Objects(disposed_site, place=True, category=True),
    # -- assignments -----------------------------------------------------------------------------------------------
    "admin:assignments_assignment": Objects(assignment, relations=("own",)),
    "admin:assignments_part": Objects(part_in(PartState.PENDING), relations=("own",)),
    "admin:assignments_part_answer": Objects(part_in(PartState.WORKING), relations=("own",)),
    "admin:assignments_part_accept": Objects(part_in(PartState.ANSWERED), relations=("own",)),
    "admin:assignments_part_send-back": Objects(part_in(PartState.ANSWERED), relations=("own",)),
    # -- listings --------------------------------------------------------------------------------------------------
    # -- phone -----------------------------------------------------------------------------------------------------
    # -- publicity -------------------------------------------------------------------------------------------------
}

#: Arguments that name no object of a scope, such as a secret key that opens nothing.
CONSTANTS: dict[str, dict[str, object]] = {
    "documents:verify": {"code": "0000000000000000"},
}


def objects_of(name: str) -> Objects | None:
    """The factory for a URL: its own, or that of the longest registered beginning of its name."""
    while name:
        if name in OBJECTS:
            return OBJECTS[name]
        name = name.rpartition("_")[0]
    return None
