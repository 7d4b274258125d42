"""The working calendar as it stands in the tables, and the usual questions to it.

For each year the newest confirmed version counts, else the newest draft, else what the package expects; the last two
are always said in the answer's ``warning``.
"""

from __future__ import annotations

from datetime import date

from django.db import connection

from .calendars import Answer, NamedDay, WorkingCalendar
from .enums import DayKind
from .models import CalendarDay, CalendarYear

LOCK = 7_350_101


def versions_in_force() -> dict[int, CalendarYear]:
    """The version of each year that counts."""
    rows = CalendarYear.objects.order_by("year", "-confirmed", "-version").distinct("year")
    return {row.year: row for row in rows}


def calendar() -> WorkingCalendar:
    """The present calendar; two queries. Load it once for many questions."""
    versions = versions_in_force()
    years: dict[int, dict[date, NamedDay]] = {year: {} for year in versions}
    days = CalendarDay.objects.filter(calendar__in=versions.values()).order_by("date")
    for on, kind, name in days.values_list("date", "kind", "name"):
        years[on.year][on] = NamedDay(on, DayKind(kind), name)
    return WorkingCalendar(years, frozenset(year for year, row in versions.items() if row.confirmed))


def is_working_day(day: date) -> Answer[bool]:
    """Whether offices work on the day, make-up workdays included."""
    return calendar().is_working_day(day)


def add_working_days(start: date, amount: int) -> Answer[date]:
    """The ``amount``-th working day after ``start``; the day of start is not counted."""
    return calendar().add_working_days(start, amount)


def working_days_between(start: date, end: date) -> Answer[int]:
    """Working days after ``start`` up to and including ``end``."""
    return calendar().working_days_between(start, end)


def hold_calendar() -> None:
    """Until the transaction ends nobody may publish a calendar: what is reckoned now stays true when it commits."""
    _advisory("pg_advisory_xact_lock_shared")


def change_calendar() -> None:
    """Wait for everybody who is reckoning, and keep them waiting until the new calendar has moved all that runs."""
    _advisory("pg_advisory_xact_lock")


def _advisory(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [LOCK])
