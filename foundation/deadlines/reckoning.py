"""From a deadline to its due day, and the same count day by day with the reason for each day. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .calendars import DAY, Answer, WorkingCalendar, add_months, days_after
from .enums import DayKind, LimitUnit

LONGEST = 2000


@dataclass(frozen=True)
class Term:
    """What a count needs: from when, how much, in which unit, and which stretches (from, resumed) do not count."""

    started_on: date
    amount: int
    unit: str
    rolls_over: bool = False
    pauses: tuple[tuple[date, date], ...] = ()

    def pauses_on(self, day: date) -> bool:
        return any(first <= day < resumed for first, resumed in self.pauses)


@dataclass(frozen=True)
class CountedDay:
    """One day of a count: what it is, whether it counts, its number, and why in words."""

    date: date
    kind: DayKind
    counts: bool
    number: int | None
    why: str
    confirmed: bool

    @property
    def weekday(self) -> str:
        return "周" + "一二三四五六日"[self.date.weekday()]


def due_on(term: Term, calendar: WorkingCalendar) -> Answer[date]:
    """The last day of the term. The day of start is not counted; paused days do not count."""
    last = _months(term) if term.unit == LimitUnit.MONTH else _nth_counted(term, calendar)
    rolled = calendar.next_working_day(last).value if _rolls(term) else last
    leans = term.unit == LimitUnit.WORKING_DAY or term.rolls_over
    first = term.started_on if term.unit == LimitUnit.WORKING_DAY else last
    return Answer(rolled, calendar.unconfirmed(first, rolled) if leans else ())


def _rolls(term: Term) -> bool:
    return term.rolls_over and term.unit != LimitUnit.WORKING_DAY


def _months(term: Term) -> date:
    last = add_months(term.started_on, term.amount)
    for first, resumed in sorted(term.pauses):
        if first <= last:
            last += resumed - first
    return last


def _nth_counted(term: Term, calendar: WorkingCalendar) -> date:
    day, left = term.started_on, term.amount
    for _ in range(LONGEST * 2):
        if not left:
            return day
        day += DAY
        left -= _counts(term, day, calendar)
    raise ValueError("the term does not end")


def _counts(term: Term, day: date, calendar: WorkingCalendar) -> bool:
    if term.pauses_on(day):
        return False
    return term.unit != LimitUnit.WORKING_DAY or calendar.works(day)


def explain(term: Term, last: date, calendar: WorkingCalendar) -> list[CountedDay]:
    """Every day from the start to ``last`` with its number or the reason why it does not count."""
    counted: list[CountedDay] = [_start(term, calendar)]
    number = 0
    nominal_end = _months(term) if term.unit == LimitUnit.MONTH else None
    for day in days_after(term.started_on, last):
        beyond = day > nominal_end if nominal_end else number >= term.amount
        counts = not beyond and _counts(term, day, calendar)
        number += counts
        counted.append(_explained(term, day, calendar, counts=counts, beyond=beyond, number=number))
    return counted


def _start(term: Term, calendar: WorkingCalendar) -> CountedDay:
    day = term.started_on
    return CountedDay(day, calendar.kind(day), False, None, "起算当日不计入", day.year in calendar.confirmed)


def _explained(
    term: Term, day: date, calendar: WorkingCalendar, *, counts: bool, beyond: bool, number: int
) -> CountedDay:
    kind = calendar.kind(day)
    named = calendar.named(day)
    label = named.name if named and named.name else kind.label
    if term.pauses_on(day):
        why = "期限中止，不计入"
    elif beyond:
        why = f"已期满，遇{label}顺延" if not kind.works else "顺延后的到期日"
    elif not counts:
        why = f"{label}，不计入"
    elif term.unit == LimitUnit.WORKING_DAY:
        why = "调休上班日，计入" if kind is DayKind.MAKEUP else "工作日，计入"
    else:
        why = f"按{LimitUnit(term.unit).label.strip('个')}连续计算，计入"
    return CountedDay(day, kind, counts, number if counts else None, why, day.year in calendar.confirmed)
