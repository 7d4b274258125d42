"""Times of the year by the words of the trade; each only fills in two days, which the reader may then change.

Where a county's school calendar differs, its own days are typed in. Days are inclusive.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from .definitions.register import SINCE

Span = tuple[date, date]


def _fixed(first: tuple[int, int], last: tuple[int, int]) -> Callable[[date], Span]:
    """The newest such span that has begun by the day."""

    def span(on: date) -> Span:
        year = on.year if (on.month, on.day) >= first else on.year - 1
        return date(year, *first), date(year if last >= first else year + 1, *last)

    return span


def _newer(*spans: Callable[[date], Span]) -> Callable[[date], Span]:
    """Of several times a year the one that began last."""
    return lambda on: max(span(on) for span in spans)


def _month(on: date) -> Span:
    return on.replace(day=1), on


def month_before(on: date) -> Span:
    """The first and the last day of the month before."""
    last = on.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def _year(on: date) -> Span:
    return date(on.year, 1, 1), on


SEASONS: dict[str, tuple[str, Callable[[date], Span]]] = {
    "year": ("今年以来", _year),
    "month": ("本月", _month),
    "last_month": ("上月", month_before),
    "since": ("“双减”以来", lambda on: (SINCE, on)),
    "spring": ("春季学期", _fixed((2, 16), (7, 5))),
    "autumn": ("秋季学期", _fixed((9, 1), (1, 20))),
    "winter": ("寒假", _fixed((1, 21), (2, 15))),
    "summer": ("暑期", _fixed((7, 6), (8, 31))),
    "opening": ("开学季", _newer(_fixed((2, 10), (3, 15)), _fixed((8, 20), (9, 30)))),
}


def span_of(season: str, on: date) -> Span | None:
    """First and last day of the newest such time as of a day; None for an unknown word."""
    found = SEASONS.get(season)
    return found[1](on) if found else None
