"""Calendar months in Asia/Shanghai: what a supervisor's duty is reckoned by. Pure arithmetic on dates."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

#: Days before the month's end from which on a supervisor below the minimum is told, each once a month.
DAYS_BEFORE = (10, 3)


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month; ``key`` is its form in addresses and periods."""

    first: date

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.replace(day=1))

    @classmethod
    def parsed(cls, text: str) -> Month | None:
        """``2026-11``, or None for anything else."""
        try:
            return cls(date.fromisoformat(f"{text}-01"))
        except ValueError:
            return None

    @property
    def last(self) -> date:
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        return f"{self.first.year}年{self.first.month}月"

    def back(self, number: int = 1) -> Month:
        index = self.first.year * 12 + self.first.month - 1 - number
        return Month(date(index // 12, index % 12 + 1, 1))

    def days_left(self, on: date) -> int:
        return (self.last - on).days

    def closes_on(self, late_days: int) -> date:
        """The last day on which a visit of this month may still be entered."""
        return self.last + timedelta(days=late_days)


def months_until(month: Month, number: int) -> list[Month]:
    """So many months up to and including this one, oldest first."""
    return [month.back(number - 1 - index) for index in range(number)]


def stage_on(month: Month, left: int) -> str | None:
    """The reminder that is due with so many days left, as part of the period; a missed day is caught up by the next."""
    reached = [days for days in DAYS_BEFORE if left <= days]
    return f"{month.key}:{min(reached)}" if reached else None
