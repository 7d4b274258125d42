"""What a new version of a calendar would change: days, and open deadlines. Reads only."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.core.actor import Actor

from .calendars import NamedDay, WorkingCalendar
from .models import Deadline
from .queries import term_of
from .reckoning import due_on
from .workflow import OPEN_STATES
from .working_days import calendar


@dataclass(frozen=True)
class Move:
    """A deadline that a new calendar would move."""

    deadline: Deadline
    before: date
    after: date
    warning: str


def moves_under(proposed: WorkingCalendar, *, year: int) -> list[Move]:
    """Which open deadlines would fall on another day, or gain or lose their warning, under another calendar."""
    rows = (
        Deadline.objects.filter(state__in=OPEN_STATES, fixed_due_on__isnull=True)
        .filter(started_on__year__lte=year, due_on__year__gte=year)
        .select_related("jurisdiction")
        .prefetch_related("pauses")
        .order_by("due_on", "pk")
    )
    moves = []
    for row in rows:
        pauses = sorted((pause.from_on, pause.resumed_on) for pause in row.pauses.all())
        answer = due_on(term_of(row, pauses), proposed)
        if answer.value != row.due_on or answer.warning != row.warning:
            moves.append(Move(row, row.due_on, answer.value, answer.warning))
    return moves


@dataclass(frozen=True)
class DayChange:
    """A day on which offices would work, or no longer work."""

    date: date
    before: str
    after: str


def day_changes(proposed: WorkingCalendar, *, year: int) -> list[DayChange]:
    """The days of a year that become worked or free; what a free day is called does not matter."""
    now = calendar()
    days = sorted({*now.years.get(year, {}), *proposed.years.get(year, {})})
    return [
        DayChange(day, now.kind(day).label, proposed.kind(day).label)
        for day in days
        if now.works(day) != proposed.works(day)
    ]


@dataclass(frozen=True)
class Preview:
    """What a new version would change. ``digest`` names exactly this preview."""

    days: list[DayChange]
    moves: list[Move]
    digest: str


def preview_calendar(*, year: int, days: Sequence[NamedDay], confirmed: bool = True) -> Preview:
    """The days that change and the open deadlines that would move; writes nothing."""
    proposed = calendar().with_year(year, days, confirmed=confirmed)
    moves = moves_under(proposed, year=year)
    named = [f"{day.date}{day.kind}{day.name}" for day in sorted(days, key=lambda day: day.date)]
    shifts = [f"{move.deadline.pk}:{move.before}>{move.after}" for move in moves]
    digest = hashlib.sha256("\n".join([str(year), *named, "--", *shifts]).encode()).hexdigest()
    return Preview(day_changes(proposed, year=year), moves, digest)


SEALED = "保密事项，仅办理人员可见"


def named_for(actor: Actor, moves: Sequence[Move]) -> list[tuple[str, Move]]:
    """Each move with what it is about; whoever keeps the calendar need not be among those who may know that."""
    moving = [move.deadline.pk for move in moves]
    known = set(Deadline.objects.visible_to(actor).filter(pk__in=moving).values_list("pk", flat=True))
    return [
        (str(move.deadline) if move.deadline.pk in known else f"{move.deadline.title} · {SEALED}", move)
        for move in moves
    ]
