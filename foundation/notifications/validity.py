"""Reminders of what ends on a day by itself: permits, terms, approvals. Counted in calendar days, as validity is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from foundation.core.actor import Actor
from foundation.deadlines.calendars import WorkingCalendar

from .daily import declare
from .kinds import NoticeKind
from .registry import Reminder, Words

HOUR = time(8, 20)


@dataclass(frozen=True)
class Ending:
    """``rows``: all that are in force and end within some days of ``until``; ``last``: the field of the last day.

    ``renewed``: whether the successor is there already, so that nobody need be told.
    """

    what: str
    last: str
    rows: Callable[[], QuerySet]
    days: tuple[int, ...]
    page: str
    to: Callable[[Any, date], Iterable[int]]
    label: Callable[[Any], str] = str
    renewed: Callable[[Any], bool] = lambda row: False
    page_of: Callable[[Any], int] = attrgetter("pk")

    def found(self, until: date) -> QuerySet:
        within = (until - timedelta(days=max(self.days)), until + timedelta(days=max(self.days)))
        return self.rows().filter(**{f"{self.last}__range": within})

    def stage(self, row: Any, on: date, along: WorkingCalendar) -> str:
        """The number of days that is reached; missed days are caught up by the one that is true now."""
        last = getattr(row, self.last)
        left = (last - on).days
        reached = [days for days in self.days if 0 <= left <= days]
        return f"{last}:{min(reached)}" if reached else ""

    def words(self, row: Any, on: date, along: WorkingCalendar) -> Words | None:
        if self.renewed(row) or not self.rows().filter(pk=row.pk).exists():
            return None
        last = getattr(row, self.last)
        left = (last - on).days
        how = f"还有{left}日" if left else "今天到期"
        label = self.label(row)
        return Words(
            title=f"{how}：{self.what} · {label}",
            body=f"“{label}”的{self.what}为 {last}，{how}。",
            url=reverse(self.page, args=[self.page_of(row)]),
            to=lambda: self.to(row, on),
        )


def remind_of_end(
    code: str, label: str, ending: Ending, *, notice: NoticeKind, who: str, seen_by: Callable[[Actor], bool]
) -> None:
    """Declare that the end of something is reminded of (in an app's ``reminders.py``)."""
    declare(
        Reminder(
            code=code,
            label=label,
            notice=notice,
            when=f"到期前{'、'.join(str(days) for days in ending.days)}日",
            who=who,
            at=HOUR,
            rows=ending.found,
            stage=ending.stage,
            words=ending.words,
            seen_by=seen_by,
            unless="届时尚未续期或终止的",
        )
    )
