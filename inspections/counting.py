"""Which records stand behind which measure: each app declares how what it records is counted for a period.

A higher app (orders, cases, interviews) adds its own with ``@counts(Measure.NOTICES)`` in its ``panels.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .enums import Measure

Counter = Callable[[frozenset[int], date, date], "Figure"]


@dataclass(frozen=True)
class Figure:
    """A number from records: its value in the measure's unit, whether it is a lower bound, and of how many records."""

    value: int
    at_least: bool = False
    records: int = 0


_counters: dict[Measure, Counter] = {}


def counts(*measures: Measure) -> Callable[[Callable[..., Figure]], Callable[..., Figure]]:
    """Declare a function of (jurisdiction ids, first day, last day) as what the system counts for these measures."""

    def declare(counter: Callable[..., Figure]) -> Callable[..., Figure]:
        for measure in measures:
            if _counters.setdefault(measure, counter) is not counter:
                raise RuntimeError(f"{measure} is counted twice")
        return counter

    return declare


def figure_of(measure: str, jurisdictions: frozenset[int], first: date, last: date) -> Figure | None:
    """What the system's records say for a period; None when nothing records this measure."""
    counter = _counters.get(Measure(measure))
    return counter(jurisdictions, first, last) if counter else None
