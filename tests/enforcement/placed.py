"""Rows of enforcement at a place of the authorization matrix."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import models

from enforcement.enums import (
    INTERVIEW_LINK,
    ORDER_LINK,
    REPEAT_ADVERTS,
    AdOutcome,
    InterviewKind,
    InterviewState,
    OrderKind,
    PartyState,
)
from enforcement.models import (
    Interview,
    InterviewParty,
    Order,
    Recheck,
    Removal,
    RemovalItem,
    RemovalOfficer,
    StudyVisit,
)
from foundation.accounts.models import PurposeLink
from foundation.core import clock
from inspections.enums import VisitKind
from inspections.models import Visit
from institutions import periods
from institutions.enums import StandingKind
from institutions.models import Institution, StandingEvent
from tests.authz.register import institution
from tests.authz.relations import Place
from tests.cast import organ
from tests.clues.adverts_placed import placed_sighting
from tests.inspections.placed import filer, visit


def formal_visit(place: Place) -> Visit:
    """A visit from which a notice may be issued."""
    return visit(place, kind=VisitKind.ROUTINE)


def own_visit(place: Place) -> Visit:
    """A formal visit of the place's own bureau: its people may make a paper of it."""
    return visit(place, kind=VisitKind.ROUTINE, organ=organ(place.jurisdiction.code))


def rechecked_order(place: Place) -> Order:
    row = order(place)
    Recheck.objects.create(order=row, visit=row.visit, passed=False, recorded_by=row.issued_by, recorded_at=clock.now())
    return row


def order(place: Place) -> Order:
    """An open notice that another person than the cast's issued, in the name of the place's own bureau."""
    seen, at = formal_visit(place), clock.now()
    today = clock.local_date(at)
    return Order.objects.create(
        kind=OrderKind.RECTIFY,
        visit=seen,
        institution=seen.institution,
        jurisdiction=place.jurisdiction,
        division=place.division,
        category=place.category,
        party_name=seen.subject_name,
        facts=[["B03", "疏散通道堆放杂物", "消防安全管理九项规定"]],
        clauses="《消防安全管理九项规定》",
        requirements=["立即清理"],
        organ=organ(place.jurisdiction.code),
        issued_by=filer(place),
        issued_at=at,
        issued_on=today,
        due_on=today + timedelta(days=15),
        state_at=at,
    )


def slip(purpose: str, row: models.Model, place: Place) -> None:
    """A link that lives, of which nobody knows the code."""
    PurposeLink.objects.create(
        purpose=purpose,
        subject_type=row._meta.label_lower,
        subject_id=row.pk,
        code_hash=secrets.token_hex(32),
        issued_by=filer(place),
        issued_at=clock.now(),
        last_day=clock.today(),
    )


def order_with_slip(place: Place) -> Order:
    row = order(place)
    slip(ORDER_LINK, row, place)
    return row


def interview(place: Place, **given) -> Interview:
    at = clock.now()
    return Interview.objects.create(
        number=f"YT-{Interview.objects.count()}",
        kind=InterviewKind.COLLECTIVE,
        title="测试",
        jurisdiction=place.jurisdiction,
        organ=organ(place.jurisdiction.code),
        planned_on=clock.local_date(at),
        place="会议室",
        planned_by=filer(place),
        planned_at=at,
        state_at=at,
        **given,
    )


def party(place: Place) -> InterviewParty:
    return InterviewParty.objects.create(
        interview=interview(place), institution=institution(place), state_at=clock.now()
    )


def open_party(place: Place) -> InterviewParty:
    today = clock.today()
    held = interview(place, state=InterviewState.HELD, held_on=today, host="局长", due_on=today)
    return InterviewParty.objects.create(
        interview=held, institution=institution(place), state=PartyState.OPEN, due_on=today, state_at=clock.now()
    )


def party_with_slip(place: Place) -> InterviewParty:
    row = open_party(place)
    slip(INTERVIEW_LINK, row, place)
    return row


def study_visit(place: Place) -> StudyVisit:
    return StudyVisit.objects.create(
        institution=institution(place),
        organ=organ(place.jurisdiction.code),
        held_on=clock.today(),
        topics="规范收费",
        persons=8,
        recorded_by=filer(place),
        recorded_at=clock.now(),
    )


def removal_item(place: Place, **given) -> RemovalItem:
    """What the place's own bureau removed."""
    sighting = placed_sighting(place, **given)
    at = clock.now()
    removal = Removal.objects.create(
        number=f"GG-{Removal.objects.count()}",
        jurisdiction=place.jurisdiction,
        division=place.division,
        organ=organ(place.jurisdiction.code),
        done_on=clock.local_date(at),
        recorded_by=filer(place),
        recorded_at=at,
    )
    RemovalOfficer.objects.create(removal=removal, name="王海", organ_name="城管大队")
    done = {"outcome": AdOutcome.DISMANTLED, "quantity": 2, "recorded_at": removal.recorded_at}
    return RemovalItem.objects.create(removal=removal, sighting=sighting, **done)


def repeater(place: Place) -> Institution:
    """An institution whose advertisements were removed twice."""
    row = institution(place)
    for _ in range(2):
        removal_item(place, institution=row)
    return row


def flagged(place: Place) -> Institution:
    row, at = institution(place), clock.now()
    StandingEvent.objects.create(
        institution=row,
        kind=StandingKind.FLAG,
        detail=REPEAT_ADVERTS,
        value="是",
        effective_on=clock.local_date(at),
        recorded_at=at,
        reason="反复",
    )
    periods.refresh([row.pk])
    return row
