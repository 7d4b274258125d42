"""What a reader can work out of a published table by adding and subtracting: the least and the most of each group.

Rows are places and, last, their sum. In each, who is in school joined or did not, who joined is exempt or pays; of
each group the sum is that of the places. No group is less than nobody. What a reader may guess from the rules of
hiding is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

LEAST = 5
COUNTS = ("enrolled", "joined", "exempt")
#: whole -> its two parts
PARTS = {"enrolled": ("joined", "stayed_out"), "joined": ("exempt", "paying")}
GROUPS = (*COUNTS, "stayed_out", "paying")
ROUNDS = 100

Cell = tuple[int, str]  # row and group
Relation = tuple[Cell, list[Cell]]  # a whole and its parts


class Line(Protocol):
    """A row as it may be read; None is hidden."""

    @property
    def enrolled(self) -> int | None: ...
    @property
    def joined(self) -> int | None: ...
    @property
    def exempt(self) -> int | None: ...


def is_small(number: int) -> bool:
    """One to four; of nobody nothing is told."""
    return 0 < number < LEAST


def first_told(lines: Sequence[Line], total: Line) -> int | None:
    """The first row, the sum being the last, of which some group can only be one to four; None where there is none."""
    rows = [*lines, total]
    low, high = bounds(rows)
    for row in range(len(rows)):
        if any(low[row, group] > 0 and high[row, group] < LEAST for group in GROUPS):
            return row
    return None


def bounds(rows: Sequence[Line]) -> tuple[dict[Cell, float], dict[Cell, float]]:
    """(the least, the most) that each group can be; the last row is the sum of the others."""
    low: dict[Cell, float] = {(row, group): 0 for row in range(len(rows)) for group in GROUPS}
    high: dict[Cell, float] = dict.fromkeys(low, float("inf"))
    for row, line in enumerate(rows):
        for group in COUNTS:
            if (number := getattr(line, group)) is not None:
                low[row, group] = high[row, group] = number
    relations = list(_relations(len(rows)))
    for _ in range(ROUNDS):
        before = (low.copy(), high.copy())
        for whole, parts in relations:
            _narrow(whole, parts, low, high)
        if before == (low, high):
            break
    return low, high


def _relations(rows: int) -> Iterator[Relation]:
    for row in range(rows):
        for whole, parts in PARTS.items():
            yield (row, whole), [(row, part) for part in parts]
    for group in GROUPS:
        yield (rows - 1, group), [(row, group) for row in range(rows - 1)]


def _narrow(whole: Cell, parts: list[Cell], low: dict[Cell, float], high: dict[Cell, float]) -> None:
    """The whole lies between the sums of its parts; each part is what the others leave of the whole."""
    low[whole] = max(low[whole], sum(low[part] for part in parts))
    high[whole] = min(high[whole], sum(high[part] for part in parts))
    for part in parts:
        others = [other for other in parts if other != part]
        low[part] = max(low[part], low[whole] - sum(high[other] for other in others))
        high[part] = min(high[part], high[whole] - sum(low[other] for other in others))
