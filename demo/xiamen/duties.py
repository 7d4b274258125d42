"""What the twelve did in nine months: 162 家次, feedback, publicity, proposals, a clue to verify, a report."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from clues.enums import ClueState
from clues.models import Clue
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.deadlines.calendars import add_months
from foundation.photos import intake
from foundation.photos.operations import Sent
from inspections.enums import Answer, Outcome, Slot, VisitKind
from inspections.models import ChecklistVersion
from inspections.operations.visits import file_visit
from inspections.reports import OnSite, VisitReport
from institutions.models import Institution
from supervisors.duties import months_over
from supervisors.enums import (
    FeedbackKind,
    Outlet,
    ProposalState,
)
from supervisors.models import Supervisor
from supervisors.operations.duty import decide_proposal, file_feedback, propose, record_activity
from supervisors.operations.reports import issue_report
from supervisors.operations.verifying import assign_clue

from ..case_diary import at_hour
from ..invented import leaflet
from ..organs import SIMING
from .facts import PROBLEMS
from .steps import acting, checklist, post_of

#: Whole months in office so far.
MONTHS = 9


def _plan(number: int, *, months: int) -> Iterator[int]:
    """Visits of one supervisor in each month, 1 or 2; one person has an empty month.

    Nine whole months come to 13 or 14 each, so that the twelve have made 162 altogether.
    """
    wanted = 14 if number % 2 else 13
    counts = [2 if (month + number) % 2 == 0 else 1 for month in range(months)]
    if number == 5:
        counts[6] = 0  # the one shortfall
    short = wanted - sum(counts)
    for month in range(months):
        if short > 0 and counts[month] == 1:
            counts[month], short = 2, short - 1
        elif short < 0 and counts[month] == 2:
            counts[month], short = 1, short + 1
    yield from counts


def make_visits(supervisors: Sequence[Supervisor], sites: Sequence[Institution], first: date) -> None:
    """162 visits by the checklist, each filed that evening, one entered late; nothing yet in the month that runs."""
    version = checklist()
    items = sorted(version.items.values_list("code", flat=True))
    filed = 0
    for number, supervisor in enumerate(supervisors):
        actor, officer = acting(supervisor), OnSite.of_post(post_of(supervisor))
        for month, visits in enumerate(_plan(number, months=MONTHS)):
            for one in range(visits):
                day = add_months(first, month) + timedelta(days=4 + 13 * one + number % 9)
                late = (number, month, one) == (3, 4, visits - 1)
                at = at_hour(add_months(first, month + 1) + timedelta(days=1)) if late else at_hour(day, 20)
                report = _report(
                    sites[(number * 7 + month * 3 + one) % len(sites)], version, items, officer, day, filed
                )
                with clock.set_to(at):
                    file_visit(report=report, by=actor, at=at)
                filed += 1


def _report(
    site: Institution, version: ChecklistVersion, items: list[str], officer: OnSite, day: date, number: int
) -> VisitReport:
    """Most find nothing; every ninth finds one thing, and what volunteers cannot see they say so."""
    answers = dict.fromkeys(items, Answer.YES) | dict.fromkeys(("C02", "C03", "E02", "F06", "G04"), Answer.UNSEEN)
    notes = {}
    if number % 9 == 4:
        code, note = PROBLEMS[number // 9 % len(PROBLEMS)]
        answers[code], notes[code] = Answer.NO, note
    return VisitReport(
        client_id=uuid5(NAMESPACE_URL, f"shuanjian:xiamen:{number}"),
        kind=VisitKind.SUPERVISOR,
        subject=site,
        visited_on=day,
        slot=Slot.EVENING if number % 3 == 0 else Slot.AFTERNOON,
        outcome=Outcome.FOLLOW_UP if notes else Outcome.CLEAN,
        officers=(officer,),
        checklist=version,
        answers=answers,
        notes=notes,
        latitude=2448,
        longitude=11808,
    )


def ask_to_look(officer: Actor, supervisor: Supervisor, now: datetime) -> None:
    """A clue that is being checked waits for the first supervisor to go and see (核实群众举报线索)."""
    asked = Clue.objects.filter(state=ClueState.CHECKING, institution__isnull=False, jurisdiction__code=SIMING)
    clue = asked.order_by("pk").first()
    if clue:
        due_on = clock.local_date(now) + timedelta(days=7)
        with clock.set_to(now):
            assign_clue(clue=clue, supervisor=supervisor, due_on=due_on, by=officer, at=now)


def report_on(city: Actor, supervisor: Supervisor, now: datetime) -> None:
    """The report of one supervisor's last month, as paper."""
    with clock.set_to(now):
        [last, *_] = months_over(supervisor, on=clock.today())
        issue_report(supervisor=supervisor, month=last, by=city, at=now)


def other_duties(city: Actor, supervisors: Sequence[Supervisor], site: Institution, first: date) -> None:
    """Feedback, publicity and proposals of the last months; some answered, some waiting."""
    told = (
        (0, 8, FeedbackKind.HIDDEN, "小区内晚间有学生成群进出，疑似学科类培训。", None),
        (3, 8, FeedbackKind.SAFETY, "消防通道堆放桌椅，已当面提醒。", site),
        (6, 7, FeedbackKind.WEAKNESS, "部分家长不知道监管账户在哪里查。", None),
    )
    for number, month, kind, text, about in told:
        at = at_hour(add_months(first, month) + timedelta(days=20))
        with clock.set_to(at):
            actor = acting(supervisors[number])
            file_feedback(supervisor=supervisors[number], kind=kind, text=text, institution=about, by=actor, at=at)
    for number, title, outlet in (
        (1, "家长会讲解预收费规定", Outlet.SCHOOL),
        (2, "转发理性选择培训提醒", Outlet.MOMENTS),
    ):
        at = at_hour(add_months(first, 5) + timedelta(days=number))
        with clock.set_to(at):
            with intake.taking([io.BytesIO(leaflet())]) as [taken]:
                photos = [Sent(taken, uuid5(NAMESPACE_URL, f"shuanjian:xiamen:leaflet:{number}"))]
                record_activity(
                    supervisor=supervisors[number], outlet=outlet, title=title, description="面向班级家长，现场答疑。",
                    held_on=clock.today(), reach=60, photos=photos, by=acting(supervisors[number]), at=at,
                )  # fmt: skip
    at = at_hour(add_months(first, 6))
    with clock.set_to(at):
        actor = acting(supervisors[7])
        row = propose(
            supervisor=supervisors[7], title="在机构门口张贴查询码", text="家长扫码即可查证照和账户。", by=actor, at=at
        )
        later = at + timedelta(days=9)
        decide_proposal(
            proposal=row, decision=ProposalState.ADOPTED, reply="已在机构页面提供海报下载。", by=city, at=later
        )
        propose(supervisor=supervisors[8], title="增加晚间走访", text="建议每季度安排一次晚间集中走访。",
                by=acting(supervisors[8]), at=at)  # fmt: skip
