"""How long an entry lasts when nobody says otherwise (domain.md 2.5)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from institutions import queries
from institutions.models import Institution

from .enums import ListKind

WHITE_MONTHS, BLACK_MONTHS, SEVERE_MONTHS = 12, 12, 36


def last_day_of(months: int, *, since: date) -> date:
    """The last day (included) of a term of so many months that begins on ``since``."""
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    same_day = min(since.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, same_day) - timedelta(days=1)


def default_until(institution: Institution, kind: str, *, since: date, severe: bool = False) -> date:
    """Black 12 months, severe 36; white 12 months or the end of the last permit in force, whichever is earlier."""
    if kind == ListKind.BLACK:
        return last_day_of(SEVERE_MONTHS if severe else BLACK_MONTHS, since=since)
    term = last_day_of(WHITE_MONTHS, since=since)
    ends = list(queries.permits_in_force(institution, on=since).values_list("valid_to", flat=True))
    if not ends or None in ends:
        return term
    return min(term, max(ends))
