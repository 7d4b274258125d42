"""Which day, and known when: what ``?on=2024-05-20&known=2024-05-20`` asks of a page, a file or the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from foundation.core import clock

EARLIEST = date(2000, 1, 1)


class OddMoment(ValueError):
    """A day that cannot be asked for; the message is a sentence for the visitor."""


@dataclass(frozen=True)
class Moment:
    """A day, as known now or (``known_on``) as known at the end of another day.

    ``asked``: whether the visitor named the day. Without it everything is as of now.
    """

    on: date
    known_on: date | None = None
    asked: bool = False

    @property
    def known_at(self) -> datetime | None:
        return clock.end_of(self.known_on)

    def as_known_then(self) -> Moment:
        """The same day with the knowledge of its own evening."""
        return Moment(self.on, self.on, asked=True)


def moment_of(query: Mapping[str, str]) -> Moment:
    """The moment that a query string names; now without one. Raises OddMoment."""
    today = clock.today()
    on = _day(query.get("on", ""), "查询日期", today)
    known_on = _day(query.get("known", ""), "掌握情况的日期", today)
    if on is None and known_on is None:
        return Moment(today)
    return Moment(on or today, None if known_on == today else known_on, asked=True)


def _day(text: str, name: str, today: date) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise OddMoment(f"{name}应写成 2024-04-24 这样。") from None
    if not EARLIEST <= day <= today:
        raise OddMoment(f"{name}应在 {EARLIEST} 与今天（{today}）之间。")
    return day
