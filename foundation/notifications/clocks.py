"""Reminders of running clocks: stages in working days before the last day, then again and again while it is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from foundation.deadlines.calendars import WorkingCalendar
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.models import Deadline
from foundation.deadlines.queries import chip
from foundation.deadlines.rules import can_view_deadlines

from .daily import declare
from .kinds import DEADLINE_REMINDER, NoticeKind
from .recipients import people_for
from .registry import Reminder, Words

HOUR = time(8, 0)
#: Days off in a row, at most: with so many more calendar days a number of working days is surely reached.
LONGEST_HOLIDAY = 14
CODE_OF_THE_REST = "deadlines.other"


@dataclass(frozen=True)
class Stages:
    """``days_before``: remind when so many working days are left; ``overdue_every``: then each so many working days.

    ``calendar_days``: the days before are counted as they stand in the calendar, as validity is.
    """

    days_before: tuple[int, ...] = (3, 1, 0)
    overdue_every: int = 5
    calendar_days: bool = False

    def stage(self, deadline: Deadline, on: date, along: WorkingCalendar) -> str:
        """The reminder that is due on a day, as a period key, or nothing.

        The stage is read from the present state, so that days on which nothing ran are caught up by the one reminder
        that is true now. The key holds the due day: after an extension the deadline is reminded of anew.
        """
        if deadline.state != DeadlineState.RUNNING:
            return ""
        if deadline.due_on < on:
            late = along.working_days_between(deadline.due_on, on).value
            return f"{deadline.due_on}:overdue:{late // self.overdue_every}"
        left = (deadline.due_on - on).days
        if left > self.reach:
            return ""
        if not self.calendar_days:
            left = along.working_days_between(on, deadline.due_on).value
        reached = [days for days in self.days_before if left <= days]
        return f"{deadline.due_on}:{min(reached)}" if reached else ""

    @property
    def reach(self) -> int:
        """Calendar days before the last one within which every stage lies."""
        first = max(self.days_before)
        return first if self.calendar_days else first * 2 + LONGEST_HOLIDAY

    @property
    def words(self) -> str:
        unit = "日" if self.calendar_days else "个工作日"
        before = "、".join(str(days) for days in self.days_before if days)
        last = "和当日" if 0 in self.days_before else ""
        return f"到期前{before}{unit}{last}；超期后每{self.overdue_every}个工作日"


_coded: dict[str, str] = {}


def remind_of_clocks(
    code: str,
    label: str,
    *,
    codes: Sequence[str],
    who: str,
    legal: bool = False,
    notice: NoticeKind = DEADLINE_REMINDER,
    stages: Stages | None = None,
) -> None:
    """Declare how clocks of these codes are reminded of (in the ``reminders.py`` of the app that starts them)."""
    stages = stages or Stages()
    for each in codes:
        if _coded.setdefault(each, code) != code:
            raise RuntimeError(f"two reminders of clocks {each}")

    def rows(until: date) -> QuerySet[Deadline]:
        return _running(until, stages).filter(code__in=codes)

    declare(_reminder(code, label, rows=rows, who=who, legal=legal, notice=notice, stages=stages))


def remind_of_the_rest() -> None:
    """Clocks that no app has declared: nothing that runs goes without a reminder."""
    stages = Stages()

    def rows(until: date) -> QuerySet[Deadline]:
        return _running(until, stages).exclude(code__in=list(_coded))

    who = "承办岗位，无人则本级有权办理的人，再无则上级"
    declare(
        _reminder(CODE_OF_THE_REST, "其他期限", rows=rows, who=who, legal=True, notice=DEADLINE_REMINDER, stages=stages)
    )


def declared_codes() -> frozenset[str]:
    return frozenset(_coded)


def _running(until: date, stages: Stages) -> QuerySet[Deadline]:
    last = until + timedelta(days=stages.reach)
    return Deadline.objects.filter(state=DeadlineState.RUNNING, due_on__lte=last)


def _reminder(code: str, label: str, *, rows, who: str, legal: bool, notice: NoticeKind, stages: Stages) -> Reminder:
    return Reminder(
        code=code,
        label=label,
        notice=notice,
        when=stages.words,
        who=who,
        at=HOUR,
        rows=rows,
        stage=stages.stage,
        words=words_for,
        seen_by=can_view_deadlines,
        unless="届时尚未办结的",
        legal=legal,
        working_days_only=True,
    )


def words_for(deadline: Deadline, on: date, along: WorkingCalendar) -> Words:
    """How it stands on a day, and whom it concerns."""
    how, _ = chip(deadline, on=on, along=along)
    body = f"“{deadline.subject_label}”的“{deadline.title}”期限为 {deadline.due_on}，{how}。"
    return Words(
        title=f"{how}：{deadline.title} · {deadline.subject_label}",
        body=f"{body}{deadline.warning}",
        url=deadline.url or reverse("admin:deadlines_deadline_change", args=[deadline.pk]),
        to=lambda: people_for(deadline, on=on),
    )
