"""Rows of materials at a place of the authorization matrix."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from foundation.core import clock
from institutions.models import Course, Institution, StaffMember, TrainingClass
from materials.enums import SetState
from materials.models import MaterialSet, MaterialUse, Review, Reviewer, UseAlarm
from tests.authz.register import institution
from tests.authz.relations import Objects, Place
from tests.inspections.placed import filer


def material(place: Place, state: str = SetState.ENTERED, row: Institution | None = None) -> MaterialSet:
    today = clock.today()
    inside = {"inside_by": "x", "inside_on": today, "inside_note": "x"} if state != SetState.ENTERED else {}
    number = f"CL-{MaterialSet.objects.count()}"
    filed = {"number": number, "valid_from": today, "valid_to": today} if state == SetState.APPROVED else {}
    return MaterialSet.objects.create(
        institution=row or institution(place),
        title="测试材料",
        subject="测试",
        stage="primary",
        kind="self_made",
        state=state,
        state_at=clock.now(),
        registered_on=today,
        **inside,
        **filed,
    )


def reviewer(place: Place) -> Reviewer:
    today, name = clock.today(), f"评审{Reviewer.objects.count()}"
    return Reviewer.objects.create(
        jurisdiction=place.jurisdiction, name=name, workplace="测试学校", subjects="测试", since=today, until=today
    )


def under_review(place: Place) -> MaterialSet:
    row = material(place, SetState.OUTSIDE)
    first, second = reviewer(place), reviewer(place)
    Review.objects.create(material=row, first=first, second=second, sent_on=clock.today(), sent_by=filer(place))
    return row


def a_class(place: Place, row: Institution | None = None) -> TrainingClass:
    row, today = row or institution(place), clock.today()
    facts = {"category": place.category, "subject": "测试", "stage": "primary", "lesson_fee_fen": 100}
    course = Course.objects.create(institution=row, name="测试课程", published_on=today, **facts)
    person = StaffMember.objects.create(institution=row, name="测试人", role="administration", joined_on=today)
    numbers = {"lessons": 1, "fee_fen": 1, "capacity": 1}
    return TrainingClass.objects.create(course=course, teacher=person, name="测试班", starts_on=today, **numbers)


def use(place: Place) -> MaterialUse:
    where = a_class(place)
    row = material(place, row=where.course.institution)
    since = clock.today() - timedelta(days=1)
    return MaterialUse.objects.create(
        training_class=where, material=row, since=since, source="seen", entered_by=filer(place), entered_at=clock.now()
    )


def alarm(place: Place) -> UseAlarm:
    row = use(place)
    about = {"training_class": row.training_class, "material": row.material}
    return UseAlarm.objects.create(**about, cause="unapproved", source="seen", opened_on=row.since)


def teaching(place: Place) -> Institution:
    """An institution with a class and a set."""
    row = institution(place)
    a_class(place, row)
    material(place, row=row)
    return row


def _in(state: str) -> Callable[[Place], MaterialSet]:
    return lambda place: material(place, state)


SETS, NARROWED = "admin:materials_materialset", {"place": True, "category": True}
OBJECTS: dict[str, Objects] = {
    SETS: Objects(material, **NARROWED),
    f"{SETS}_send": Objects(_in(SetState.INSIDE), **NARROWED),
    **{f"{SETS}_{slug}": Objects(under_review, **NARROWED) for slug in ("opinion", "approve", "return", "refuse")},
    f"{SETS}_withdraw": Objects(_in(SetState.APPROVED), **NARROWED),
    f"{SETS}_resubmit": Objects(_in(SetState.REFUSED), **NARROWED),
    "admin:materials_reviewer": Objects(reviewer),
    "admin:materials_materialuse": Objects(use, **NARROWED),
    "admin:materials_usealarm": Objects(alarm, **NARROWED),
    "admin:institutions_institution_material-use": Objects(teaching, **NARROWED),
}
