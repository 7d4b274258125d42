"""Which lines a 月报 or 专项行动统计表 has: each app declares what its records add up to for an extent.

A higher app (orders, cases, adverts) adds its own with ``@sheet_lines(order=…)`` in its ``panels``. Every line names
its unit; lines of different units are never added up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .models import Campaign


@dataclass(frozen=True)
class Extent:
    """What a sheet is about: the bureaus of an area, both days included, and if it is of a campaign, its records."""

    jurisdictions: frozenset[int]
    first: date
    last: date
    campaign: Campaign | None = None


@dataclass(frozen=True)
class SheetLine:
    """A label, the number as it is printed (220余 for a lower bound), and its unit."""

    label: str
    number: str
    unit: str


Counter = Callable[[Extent], list[SheetLine]]
_counters: list[tuple[int, str, Counter]] = []


def sheet_lines(*, order: int) -> Callable[[Counter], Counter]:
    def declare(counter: Counter) -> Counter:
        _counters.append((order, f"{counter.__module__}.{counter.__qualname__}", counter))
        return counter

    return declare


def figures_of(extent: Extent) -> list[list[str]]:
    """The lines of all apps for an extent, as (label, number, unit), in their declared order."""
    found = [line for _, _, counter in sorted(_counters, key=lambda each: each[:2]) for line in counter(extent)]
    return [[line.label, line.number, line.unit] for line in found]


def at_least(number: int, flagged: bool) -> str:
    """220余 for a lower bound."""
    return f"{number}{'余' if flagged else ''}"
