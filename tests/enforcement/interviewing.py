"""Interviews and study visits for tests, made through the operations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from enforcement.enums import InterviewKind
from enforcement.models import Interview, InterviewParty, StudyVisit
from enforcement.operations.interviews import (
    InterviewPlan,
    InterviewRecord,
    hold_interview,
    plan_interview,
    record_study_visit,
    summon,
)
from foundation.core import clock
from foundation.core.actor import Actor
from institutions.models import Institution
from tests.cast import Cast
from tests.enforcement.factories import named
from tests.inspections.factories import AT

THREE = ("未开立监管账户", "未使用合同示范文本", "超期收费")


def planned(by: Actor, *, at: datetime = AT, **given) -> Interview:
    named(by)
    day = clock.local_date(at)
    facts = {
        "kind": InterviewKind.COLLECTIVE,
        "title": "预收费监管突出问题集体约谈",
        "planned_on": day,
        "place": "局三楼会议室",
        "problems": THREE,
        "due_on": day + timedelta(days=15),
    }
    return plan_interview(plan=InterviewPlan(**facts | given), by=by, at=at)


def with_parties(by: Actor, institutions: Iterable[Institution], *, at: datetime = AT, **given) -> Interview:
    interview = planned(by, at=at, **given)
    for row in institutions:
        summon(interview=interview, institution=row, by=by, at=at)
    return interview


def held(
    interview: Interview, by: Actor, *, at: datetime = AT, absent: frozenset[int] = frozenset(), **given
) -> Interview:
    came = {party.pk: "" if party.pk in absent else "校长王某" for party in interview.parties.exclude(state="dropped")}
    facts = {"held_on": clock.local_date(at), "host": "副局长李某", "requirements": "限期整改", "attendance": came}
    return hold_interview(interview=interview, told=InterviewRecord(**facts | given), by=by, at=at)


def summoned(cast: Cast, row: Institution) -> InterviewParty:
    """Today, by the cast's officer."""
    return with_parties(cast.officer, [row], at=clock.now()).parties.get()


def studied(cast: Cast, host: Institution, guest: Institution) -> StudyVisit:
    facts = {"held_on": clock.today(), "topics": "规范收费", "persons": 8, "guests": [guest]}
    return record_study_visit(institution=host, by=cast.officer, at=clock.now(), **facts)
