"""What may be published of small counts: nothing from which a group of fewer than five pupils could be told.

A table is published with its sum. Hidden are, of each place: a count of one to four; the joined where one to four did
not join (in school minus joined would tell them). Where what is hidden could be told by subtracting the others from
the sum, the next smallest is hidden too, until those hidden are two or more and neither they nor those left of them
are a group of one to four together; where nothing is left to hide, the sum itself is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

LEAST = 5


def is_small(number: int) -> bool:
    """One to four; of nobody nothing is told."""
    return 0 < number < LEAST


@dataclass(frozen=True)
class Counted:
    """A place's counts (人) as they are."""

    label: str
    enrolled: int
    joined: int
    exempt: int


@dataclass(frozen=True)
class Published:
    """A place's counts as they may be read; None is hidden. Sums have no place of their own."""

    label: str
    enrolled: int | None
    joined: int | None
    exempt: int | None


def published(places: Sequence[Counted]) -> tuple[list[Published], Published]:
    """The places and their sum, each count as it may be read."""
    pupils = _hide(places, lambda each: (each.enrolled,), lambda each: is_small(each.enrolled))
    joined = _hide(places, _joined, lambda each: is_small(each.joined) or is_small(each.enrolled - each.joined))
    exempt = _hide(places, lambda each: (each.exempt,), lambda each: is_small(each.exempt))
    lines = [
        Published(
            each.label,
            None if at in pupils[0] else each.enrolled,
            None if at in joined[0] else each.joined,
            None if at in exempt[0] else each.exempt,
        )
        for at, each in enumerate(places)
    ]
    total = Published(
        "合计",
        None if pupils[1] else sum(each.enrolled for each in places),
        None if joined[1] else sum(each.joined for each in places),
        None if exempt[1] else sum(each.exempt for each in places),
    )
    return lines, total


def _joined(each: Counted) -> tuple[int, ...]:
    """Who joined and who did not: both groups are protected."""
    return each.joined, each.enrolled - each.joined


def _hide(
    places: Sequence[Counted], groups: Callable[[Counted], tuple[int, ...]], small: Callable[[Counted], bool]
) -> tuple[set[int], bool]:
    """(the places whose count is hidden, whether the sum is hidden too)."""
    hidden = {at for at, each in enumerate(places) if small(each)}
    if not hidden:
        return hidden, False
    others = sorted((at for at in range(len(places)) if at not in hidden), key=lambda at: (groups(places[at])[0], at))
    while not _is_safe([groups(places[at]) for at in hidden]):
        left = next((at for at in others if at not in hidden and groups(places[at])[0]), None)
        if left is None:
            return hidden, True
        hidden.add(left)
    return hidden, False


def _is_safe(hidden: list[tuple[int, ...]]) -> bool:
    """Whether what all hidden ones are together, which the sum tells, tells nothing of a small group."""
    return len(hidden) > 1 and not any(is_small(sum(numbers)) for numbers in zip(*hidden, strict=True))
