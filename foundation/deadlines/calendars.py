"""The working calendar as a value: which day is what, and counting along it. No queries, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Generic, TypeVar

import holidays

from .enums import DayKind

T = TypeVar("T")
DAY = timedelta(days=1)
SATURDAY = 6
HORIZON = timedelta(days=4000)


@dataclass(frozen=True)
class NamedDay:
    """A day that a notice names, with its kind (``off`` or ``makeup``) and name."""

    date: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A result together with the years it leaned on that have no confirmed notice. Never take one without the other."""

    value: T
    unconfirmed_years: tuple[int, ...] = ()

    @property
    def warning(self) -> str:
        """A sentence for people, empty when all years are confirmed."""
        if not self.unconfirmed_years:
            return ""
        years = "、".join(f"{year}年" for year in self.unconfirmed_years)
        return f"{years}放假安排尚未按国务院办公厅通知确认，日期为暂算，确认后可能变动。"


@dataclass(frozen=True)
class WorkingCalendar:
    """Named days by year. A year that is not in ``years`` is reckoned from the package, and is never confirmed."""

    years: Mapping[int, Mapping[date, NamedDay]]
    confirmed: frozenset[int] = field(default_factory=frozenset)

    def named(self, day: date) -> NamedDay | None:
        year = self.years.get(day.year)
        return (year if year is not None else _expected(day.year)).get(day)

    def kind(self, day: date) -> DayKind:
        """What a day is: the notice first, else the weekday."""
        if named := self.named(day):
            return named.kind
        return DayKind.WEEKEND if day.isoweekday() >= SATURDAY else DayKind.WORKDAY

    def works(self, day: date) -> bool:
        return self.kind(day).works

    def unconfirmed(self, first: date, last: date) -> tuple[int, ...]:
        first, last = sorted((first, last))
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.confirmed)

    def is_working_day(self, day: date) -> Answer[bool]:
        return Answer(self.works(day), self.unconfirmed(day, day))

    def add_working_days(self, start: date, amount: int) -> Answer[date]:
        """The ``amount``-th working day after ``start`` (before it, when negative); the day of start is not counted."""
        step = DAY if amount >= 0 else -DAY
        day, left = start, abs(amount)
        while left:
            day += step
            left -= self.works(day)
            if abs(day - start) > HORIZON:
                raise ValueError(f"{amount} working days from {start} is out of reach")
        return Answer(day, self.unconfirmed(start, day))

    def working_days_between(self, start: date, end: date) -> Answer[int]:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` lies before ``start``."""
        first, last = sorted((start, end))
        count = sum(self.works(day) for day in days_after(first, last))
        return Answer(count if end >= start else -count, self.unconfirmed(start, end))

    def next_working_day(self, day: date) -> Answer[date]:
        """The day itself when it is worked, else the next one that is."""
        found = day
        while not self.works(found):
            found += DAY
        return Answer(found, self.unconfirmed(day, found))

    def with_year(self, year: int, days: Iterable[NamedDay], *, confirmed: bool = True) -> WorkingCalendar:
        """The same calendar with another version of one year; for previews and for saving."""
        years = {**self.years, year: {day.date: day for day in days}}
        return WorkingCalendar(years, self.confirmed | {year} if confirmed else self.confirmed - {year})


def days_after(first: date, last: date) -> Iterator[date]:
    """Each day after ``first`` up to and including ``last``."""
    for offset in range(1, (last - first).days + 1):
        yield first + offset * DAY


def add_months(start: date, months: int) -> date:
    """The same day number some months on, or that month's last day where there is none (民法典第二百零二条)."""
    index = start.year * 12 + start.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return min(first + (start.day - 1) * DAY, following - DAY)


def package_days(year: int) -> list[NamedDay]:
    """What the package ``holidays`` knows of a year; for a year not announced it silently has no make-up workdays."""
    known = holidays.China(years=year, language="zh_CN")
    off = [NamedDay(day, DayKind.OFF, known[day]) for day in known if day.year == year]
    makeup = [NamedDay(day, DayKind.MAKEUP, "调休上班") for day in known.weekend_workdays if day.year == year]
    return sorted(off + makeup, key=lambda named: named.date)


@cache
def _expected(year: int) -> Mapping[date, NamedDay]:
    return {named.date: named for named in package_days(year)}
