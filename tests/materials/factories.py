"""Sets, reviewers and uses for tests, through the operations."""

from __future__ import annotations

from datetime import timedelta

from foundation.core import clock
from institutions.models import Institution, TrainingClass
from institutions.operations.teaching import open_class
from materials.enums import SetState, UseSource, Verdict
from materials.models import MaterialSet, MaterialUse, Reviewer
from materials.operations.reviews import (
    approve_set,
    give_opinion,
    refuse_set,
    return_set,
    send_for_review,
    withdraw_set,
)
from materials.operations.sets import SetFacts, pass_inside, register_set
from materials.operations.team import name_reviewer
from materials.operations.uses import record_use
from tests.cast import OWN, Cast, jurisdiction
from tests.institutions.factories import institution
from tests.institutions.test_staff_and_teaching import course, teacher

FACTS = SetFacts(title="少儿舞蹈基础", subject="舞蹈", stage="primary", kind="self_made", edition="2026年版")


def registered(cast: Cast, row: Institution | None = None, **given) -> MaterialSet:
    facts = SetFacts(**{**FACTS.__dict__, **given})
    return register_set(institution=row or institution(cast.officer), facts=facts, by=cast.officer, at=clock.now())


def inside(cast: Cast, row: MaterialSet) -> MaterialSet:
    told = {"reviewed_by": "教研主任", "reviewed_on": clock.today(), "note": "内容适合，同意使用"}
    return pass_inside(material=row, by=cast.officer, at=clock.now(), **told)


def reviewer(cast: Cast, name: str = "林评审", **given) -> Reviewer:
    facts = {
        "jurisdiction": jurisdiction(OWN),
        "workplace": "思明区教师进修学校",
        "subjects": "舞蹈",
        "since": clock.today() - timedelta(days=30),
        "until": clock.today() + timedelta(days=300),
        **given,
    }
    return name_reviewer(name=name, by=cast.officer, at=clock.now(), **facts)


def team(cast: Cast) -> tuple[Reviewer, Reviewer]:
    found = list(Reviewer.objects.order_by("pk")[:2])
    return tuple(found) if len(found) == 2 else (reviewer(cast), reviewer(cast, "陈评审"))


def sent(cast: Cast, row: MaterialSet) -> MaterialSet:
    first, second = team(cast)
    return send_for_review(material=row, first=first, second=second, by=cast.officer, at=clock.now())


def spoken(cast: Cast, row: MaterialSet, *verdicts: str) -> MaterialSet:
    for person, verdict in zip(team(cast), verdicts or (Verdict.APPROVE, Verdict.APPROVE), strict=False):
        points = "" if verdict == Verdict.APPROVE else "第3课超出课标"
        facts = {"verdict": verdict, "points": points, "given_on": clock.today()}
        give_opinion(material=row, reviewer=person, by=cast.officer, at=clock.now(), **facts)
    return row


def approved(cast: Cast, row: MaterialSet, *, days: int = 400) -> MaterialSet:
    until = clock.today() + timedelta(days=days)
    return approve_set(material=row, valid_to=until, by=cast.leader, at=clock.now())


def in_state(cast: Cast, state: str, row: Institution | None = None, **given) -> MaterialSet:
    """A set that came to this state step by step; OUTSIDE with both opinions."""
    found = registered(cast, row, **given)
    if state == SetState.ENTERED:
        return found
    found = inside(cast, found)
    if state == SetState.INSIDE:
        return found
    found = spoken(cast, sent(cast, found))
    by_leader = {"by": cast.leader, "at": clock.now()}
    if state == SetState.RETURNED:
        return return_set(material=found, points="改第3课", **by_leader)
    if state == SetState.REFUSED:
        return refuse_set(material=found, points="超纲", **by_leader)
    if state in (SetState.APPROVED, SetState.WITHDRAWN):
        found = approved(cast, found)
    if state == SetState.WITHDRAWN:
        found = withdraw_set(material=found, reason="内容有误", **by_leader)
    return found


def a_class(cast: Cast, row: Institution, name: str = "周六一班") -> TrainingClass:
    known = row.courses.first() or course(row, cast.officer, category=row.category)
    person = row.staff.first() or teacher(row, cast.officer)
    slots = [{"weekday": 6, "start": "09:00", "end": "10:30"}]
    numbers = {"lessons": 20, "fee_fen": 160_000, "capacity": 20, "starts_on": clock.today()}
    return open_class(
        course=known, name=name, teacher=person, timetable=slots, by=cast.officer, at=clock.now(), **numbers
    )


def used(cast: Cast, material: MaterialSet, where: TrainingClass | None = None, **given) -> MaterialUse:
    facts = {"since": clock.today(), "source": UseSource.SEEN, **given}
    where = where or a_class(cast, material.institution)
    return record_use(training_class=where, material=material, by=cast.officer, at=clock.now(), **facts)
