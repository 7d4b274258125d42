"""Where bank and books stand apart, day by day. Pure: spans of days, each with what it does to the balance.

Something booked on one day and seen by the bank on another stands apart in between; something of one side only, until
it ends. A span is worth a row when the bank has spoken of a day within it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Item:
    """One thing in the books: ``fen`` is what it added to the account. ``seen``: the bank's day; ``undone``: when it
    was taken back in the books."""

    key: str
    fen: int
    booked: date
    seen: date | None = None
    undone: date | None = None


@dataclass(frozen=True)
class Span:
    """From ``since`` until ``until`` (not included, None: to this day) the bank has ``fen`` more than the books."""

    key: str
    fen: int
    since: date
    until: date | None
    bank_first: bool = False

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def apart(items: Sequence[Item], days: Sequence[date]) -> list[Span]:
    """The spans that some known day falls into; ``days`` in order."""
    spans = (_span(item) for item in items)
    return [span for span in spans if span is not None and _spoken_of(span, days)]


def _span(item: Item) -> Span | None:
    if item.seen is None or item.undone is not None:
        return Span(item.key, -item.fen, item.booked, item.undone)
    if item.seen < item.booked:
        return Span(item.key, item.fen, item.seen, item.booked, bank_first=True)
    return Span(item.key, -item.fen, item.booked, item.seen) if item.booked < item.seen else None


def _spoken_of(span: Span, days: Sequence[date]) -> bool:
    at = bisect_left(days, span.since)
    return at < len(days) and span.covers(days[at])
