"""Rows of inspections at a place of the authorization matrix."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from foundation.accounts.enums import Role
from foundation.accounts.models import User
from foundation.core import clock
from inspections.enums import (
    Aspect,
    Audience,
    Measure,
    Outcome,
    Severity,
    Slot,
    Source,
    TotalState,
    VersionState,
    VisitKind,
)
from inspections.models import (
    Checklist,
    ChecklistItem,
    ChecklistSection,
    ChecklistVersion,
    Finding,
    HistoricalTotal,
    Visit,
)
from inspections.queries.checklists import QUESTION
from tests.authz.register import institution
from tests.authz.relations import RELATIONS, Objects, Place
from tests.cast import organ
from tests.inspections.factories import first_version


def filer(place: Place) -> User:
    bureau = organ(place.jurisdiction.code)
    facts = {"name": Role.COUNTY_OFFICER.label, "organ": bureau, "password": "!"}
    return User.objects.get_or_create(username=f"filer-{place.jurisdiction.code}", defaults=facts)[0]


def visit(place: Place, *, kind: VisitKind = VisitKind.COVERT, **given) -> Visit:
    row = institution(place)
    at, number = clock.now(), Visit.objects.count() + 1
    return Visit.objects.create(
        number=f"JC-{number:04d}",
        kind=kind,
        covert=kind == VisitKind.COVERT,
        jurisdiction=place.jurisdiction,
        division=place.division,
        category=place.category,
        institution=row,
        subject_name=row.name,
        address=row.address,
        visited_on=clock.local_date(at) - timedelta(days=1),
        slot=Slot.MORNING,
        group_key=f"test:{number}",
        filed_by=filer(place),
        filed_by_name="测试",
        recorded_at=at,
        source=Source.DESK,
        outcome=Outcome.FOLLOW_UP,
        **given,
    )


def finding(place: Place) -> Finding:
    return Finding.objects.create(
        visit=visit(place), text="测试", aspect=Aspect.DAILY, severity=Severity.LIGHT, state_at=clock.now()
    )


def checklist(place: Place) -> Checklist:
    facts = {"jurisdiction": place.jurisdiction, "audience": Audience.OFFICERS}
    return Checklist.objects.create(name=f"{place.relation}清单{Checklist.objects.count()}", **facts)


def draft(place: Place) -> ChecklistVersion:
    """A draft with the first question of the shipped list."""
    at = clock.now()
    version = ChecklistVersion.objects.create(
        checklist=checklist(place), number=1, state=VersionState.DRAFT, state_at=at
    )
    section = ChecklistSection.objects.create(version=version, code="A", title="测试", aspect=Aspect.DAILY)
    like = first_version().items.order_by("code").first()
    facts = {name: getattr(like, name) for name in QUESTION}
    ChecklistItem.objects.create(version=version, section=section, code=like.code, **facts)
    return version


def item(place: Place) -> ChecklistItem:
    return draft(place).items.get()


def total(place: Place, state: str = TotalState.PENDING) -> HistoricalTotal:
    """A total of a year of its own, so that no two overlap."""
    at, year = clock.now(), 1990 + HistoricalTotal.objects.count()
    decided = {"decided_by": _decider(place), "decision_remark": "测试"} if state != TotalState.PENDING else {}
    return HistoricalTotal.objects.create(
        jurisdiction=place.jurisdiction,
        measure=Measure.VISITS,
        period_from=date(year, 1, 1),
        period_to=date(year, 12, 31),
        value=1,
        source_title="工作总结",
        source_on=date(year + 1, 1, 5),
        state=state,
        state_at=at,
        entered_by=filer(place),
        entered_at=at,
        **decided,
    )


def _decider(place: Place) -> User:
    facts = {"name": Role.COUNTY_LEADER.label, "organ": organ(place.jurisdiction.code), "password": "!"}
    return User.objects.get_or_create(username=f"decider-{place.jurisdiction.code}", defaults=facts)[0]


#: What a city lays down is read below it, but revised by the city only.
AT_OWN_LEVEL = tuple(relation for relation in RELATIONS if relation != "city")

OBJECTS = {
    "admin:inspections_visit": Objects(visit, place=True, category=True),
    "admin:inspections_finding": Objects(finding, place=True, category=True),
    "admin:inspections_checklist": Objects(checklist),
    "admin:inspections_checklist_next-version": Objects(checklist, relations=AT_OWN_LEVEL),
    "admin:inspections_checklistversion": Objects(draft),
    **{
        f"admin:inspections_checklistversion_{slug}": Objects(draft, relations=AT_OWN_LEVEL)
        for slug in ("publish", "item", "section")
    },
    "admin:inspections_historicaltotal": Objects(total),
    "admin:inspections_historicaltotal_resubmit": Objects(partial(total, state=TotalState.RETURNED)),
    "admin:inspections_historicaltotal_void": Objects(partial(total, state=TotalState.CONFIRMED)),
    "admin:inspections_checklistitem": Objects(item),
    "admin:inspections_checklistitem_edit": Objects(item, relations=AT_OWN_LEVEL),
    "admin:inspections_checklistitem_remove": Objects(item, relations=AT_OWN_LEVEL),
}
