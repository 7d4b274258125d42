"""提醒一览: what will be sent on the next days as things stand, by the functions that send, and what was sent.

``stage`` is asked of each row and day; only lines that are shown are put into words, for that looks things up.
Whoever was told of a stage already is not told again, so such a stage is not coming.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.deadlines.calendars import WorkingCalendar
from foundation.deadlines.working_days import calendar

from . import registry
from .models import Message
from .registry import Reminder, Words

#: Rows of one reminder that are asked, and lines that are shown: what is more is said to be more.
MOST_ROWS, MOST_LINES = 2000, 50
SENT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Turn:
    """A reminder whose turn comes on a day, if things stay as they are."""

    day: date
    reminder: Reminder
    row: Any
    stage: str


@dataclass(frozen=True)
class Line:
    turn: Turn
    words: Words
    people: tuple[User, ...]

    @property
    def when(self) -> str:
        """09-21 周一 08:00."""
        day = self.turn.day
        return f"{day:%m-%d} 周{'一二三四五六日'[day.weekday()]} {self.turn.reminder.at:%H:%M}"


@dataclass(frozen=True)
class Known:
    """One line of the registry as this actor sees it: how many turns come, how many messages went out lately."""

    reminder: Reminder
    coming: int
    sent: int


@dataclass(frozen=True)
class Overview:
    """``more``: turns beyond those that are shown; ``cut``: reminders with more rows than were asked."""

    known: list[Known]
    lines: list[Line]
    more: int
    cut: list[Reminder]


def overview(actor: Actor, *, at: datetime, days: int, code: str = "") -> Overview:
    """Within the actor's scope, for today and the next so many days; ``code`` narrows the lines to one reminder."""
    along, on = calendar(), local_date(at)
    span = [on + timedelta(days=number) for number in range(days + 1)]
    sent = _sent_counts(actor, at=at)
    known, turns, cut = [], [], []
    for reminder in seen_by(actor):
        rows = _rows(reminder, actor, span[-1])
        if len(rows) > MOST_ROWS:
            cut.append(reminder)
        found = list(_turns(reminder, rows[:MOST_ROWS], span, along))
        known.append(Known(reminder, len(found), sent.get(reminder.code, 0)))
        if code in ("", reminder.code):
            turns += found
    turns.sort(key=lambda turn: (turn.day, turn.reminder.at, turn.reminder.code, turn.stage))
    lines = []
    for place, turn in enumerate(turns):
        if len(lines) == MOST_LINES:
            return Overview(known, lines, len(turns) - place, cut)
        if words := turn.reminder.words(turn.row, turn.day, along):
            lines.append(Line(turn, words, _people(words)))
    return Overview(known, lines, 0, cut)


def seen_by(actor: Actor) -> list[Reminder]:
    """Those of the registry that concern what the actor may look at."""
    return [reminder for reminder in registry.every() if reminder.seen_by(actor)]


def _rows(reminder: Reminder, actor: Actor, until: date) -> list[Any]:
    rows = reminder.visible_rows(actor, until)
    return [None] if rows is None else list(rows.order_by("pk")[: MOST_ROWS + 1])


def _turns(reminder: Reminder, rows: list[Any], span: list[date], along: WorkingCalendar) -> Iterator[Turn]:
    """Each stage once, on the first day on which it is due; none that was told."""
    told: dict[int, set[str]] = defaultdict(set)
    for pk, stage in _told(reminder, [row.pk for row in rows if row is not None]):
        told[pk].add(stage)
    for row in rows:
        seen = told[row.pk if row is not None else 0]
        for day in span:
            if not reminder.works_on(day, along):
                continue
            stage = reminder.stage(row, day, along)
            if stage and stage not in seen:
                seen.add(stage)
                yield Turn(day, reminder, row, stage)


def _told(reminder: Reminder, ids: list[int]) -> set[tuple[int, str]]:
    if reminder.told is not None:
        return reminder.told(ids)
    rows = Message.objects.filter(kind=reminder.notice.code, about_id__in=ids or [0])
    return set(rows.values_list("about_id", "period"))


def _people(words: Words) -> tuple[User, ...]:
    rows = User.objects.filter(pk__in=set(words.to()), is_active=True).select_related("organ")
    return tuple(rows.order_by("name", "pk"))


def sent_to_see(actor: Actor, *, at: datetime, code: str = "") -> QuerySet[Message]:
    """Reminders of the last 30 days about rows that the actor sees, the newest first."""
    mine = Q(pk__in=[])
    for reminder in seen_by(actor):
        if reminder.promise is None and code in ("", reminder.code):
            mine |= Q(reminder=reminder.code) & _about(reminder, actor, local_date(at))
    rows = Message.objects.filter(mine, created_at__gte=at - SENT_FOR).select_related("recipient__organ")
    return rows.order_by("-created_at", "-pk")


def _about(reminder: Reminder, actor: Actor, on: date) -> Q:
    if reminder.rows is None:
        return Q()
    model = reminder.rows(on).model
    return Q(about_id__in=model._default_manager.visible_to(actor).values("pk"))


def _sent_counts(actor: Actor, *, at: datetime) -> dict[str, int]:
    counted = sent_to_see(actor, at=at).order_by().values("reminder").annotate(number=Count("pk"))
    return {row["reminder"]: row["number"] for row in counted}
