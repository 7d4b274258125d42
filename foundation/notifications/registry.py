"""Every reminder of the portal, declared once by the app that owns the matter: what, when, whom, at what hour.

The same declaration sends (``daily``), shows what will be sent (``coming``) and is what a person may switch off.
``stage`` answers from the row alone, so that many days can be asked; ``words`` looks at the present state once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet

from foundation.core.actor import Actor
from foundation.deadlines.calendars import WorkingCalendar

from .kinds import NoticeKind

#: When the day's digest goes out; reminders that are gathered have run by then.
GATHERED_AT = time(9, 0)


@dataclass(frozen=True)
class Words:
    """One message: its words, where the work is done, and how its recipients are found (ids of users)."""

    title: str
    to: Callable[[], Iterable[int]]
    body: str = ""
    url: str = ""


@dataclass(frozen=True)
class Reminder:
    """``when``, ``who`` and ``unless`` are for people; ``unless``: the sending hangs on what is still open that day.

    ``rows(until)``: what may be reminded of up to that day (None: the reminder is about no row). ``stage``: the period
    that is due on a day, or "". ``legal``: a statutory limit, which nobody can switch off. ``gathered``: may wait for
    the day's digest. ``promise``: sends by itself (texts to people without account), ``told`` says what it has sent.
    """

    code: str
    label: str
    notice: NoticeKind
    when: str
    who: str
    at: time
    rows: Callable[[date], QuerySet] | None
    stage: Callable[[Any, date, WorkingCalendar], str]
    words: Callable[[Any, date, WorkingCalendar], Words | None]
    seen_by: Callable[[Actor], bool]
    unless: str = ""
    legal: bool = False
    gathered: bool = True
    working_days_only: bool = False
    promise: Callable[[Any, datetime], None] | None = None
    told: Callable[[Iterable[int]], set[tuple[int, str]]] | None = None

    @property
    def channel(self) -> str:
        """How it reaches people, in words."""
        if self.promise is not None:
            return "短信"
        way = "邮件按时发送，不能关闭" if self.legal else "邮件、短信按个人设置"
        return f"站内；{way}"

    def works_on(self, day: date, along: WorkingCalendar) -> bool:
        return not self.working_days_only or along.works(day)

    def visible_rows(self, actor: Actor, until: date) -> QuerySet | None:
        """Of its rows those that the actor sees; None when it is about no row."""
        if self.rows is None:
            return None
        found = self.rows(until)
        return found.filter(pk__in=found.model._default_manager.visible_to(actor).values("pk"))


_declared: dict[str, Reminder] = {}


def add(reminder: Reminder) -> None:
    """Each code once; what is gathered has to be sent before the digest."""
    if reminder.code in _declared:
        raise RuntimeError(f"two reminders {reminder.code}")
    if reminder.gathered and reminder.promise is None and reminder.at >= GATHERED_AT:
        raise RuntimeError(f"{reminder.code} comes after the digest")
    _declared[reminder.code] = reminder


def every() -> list[Reminder]:
    """All, in the order of the day."""
    return sorted(_declared.values(), key=lambda each: (each.at, each.code))


def find(code: str) -> Reminder | None:
    return _declared.get(code)


def optional() -> list[Reminder]:
    """What a person may switch off: no statutory limit, and nothing that goes to people without account."""
    return [each for each in every() if not each.legal and each.promise is None]
