"""Visits of the last three months in 思明: officers go out in pairs, some evenings, and find a few problems."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from uuid import UUID

from foundation.core.clock import local_date
from foundation.photos import intake
from foundation.photos.operations import Sent
from inspections.enums import Aspect, Outcome, Severity, Slot, VisitKind
from inspections.operations.visits import file_visit
from inspections.reports import HeadCount, OnSite, Picture, Problem, VisitReport
from institutions.models import Institution

from .invented import corridor
from .organs import People

PAIR = ("siming.jingban", "siming.shijian")
PROBLEMS = (
    Problem("消防通道堆放杂物", Aspect.SAFETY, Severity.MAJOR, "二楼走廊堆放桌椅，已要求当场清理"),
    Problem("收费项目未公示", Aspect.FEES, Severity.LIGHT, "前台没有收费公示牌"),
    Problem("晚间培训超过20:30", Aspect.CONDUCT, Severity.MAJOR, "20:50仍有一个班未下课"),
)
VISITS = 24


def patrol(people: People, rows: list[Institution], now: datetime) -> None:
    """Every few days one institution; every third time in the evening, every fifth time with a problem."""
    officers = tuple(OnSite.of_post(people.posts[name]) for name in PAIR)
    for number in range(VISITS):
        at = now - timedelta(days=3 * (VISITS - number))
        problems = (PROBLEMS[number % len(PROBLEMS)],) if number % 5 == 0 else ()
        with intake.taking([io.BytesIO(corridor(number))] if problems else []) as taken:
            report = VisitReport(
                client_id=UUID(int=people.dice.getrandbits(128), version=4),
                kind=VisitKind.ROUTINE,
                subject=rows[number % (len(rows) - 8)],
                visited_on=local_date(at),
                slot=Slot.EVENING if number % 3 == 0 else Slot.AFTERNOON,
                outcome=Outcome.CORRECTED if problems else Outcome.CLEAN,
                officers=officers,
                problems=problems,
                pupils=HeadCount(people.dice.randint(5, 40)),
                pictures=tuple(Picture(Sent(each, UUID(int=1000 + number, version=4))) for each in taken),
            )
            file_visit(report=report, by=people.acts("siming.jingban"), at=at)
