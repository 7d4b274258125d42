"""What may be published of small counts: nothing from which a group of fewer than five pupils could be told.

A table is published with its sum. Hidden are, of each place: a count of one to four; the joined where one to four did
not join (in school minus joined would tell them); the exempt where one to four pay (joined minus exempt would). Where
what is hidden could be told by subtracting the others from the sum, the next smallest is hidden too, until those
hidden are two or more and neither they nor those left of them are a group of one to four together; where nothing is
left to hide, the sum itself is. The columns are then read together (``worked_out``), and more is hidden until nothing
tells a small group.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .worked_out import COUNTS, LEAST, first_told, is_small

__all__ = ["LEAST", "Counted", "Published", "is_small", "published"]

#: Column -> the places that are hidden in it, the sum being the last.
Hidden = dict[str, set[int]]


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
    hidden: Hidden = {
        "enrolled": _hide(places, lambda each: (each.enrolled,)),
        "joined": _hide(places, _joined),
        "exempt": _hide(places, _exempt),
    }
    while (told := first_told(*_shown(places, hidden))) is not None:
        _hide_more(places, hidden, told)
    return _shown(places, hidden)


def _shown(places: Sequence[Counted], hidden: Hidden) -> tuple[list[Published], Published]:
    sums = [sum(getattr(each, name) for each in places) for name in COUNTS]
    rows = [*places, Counted("合计", *sums)]
    lines = [
        Published(each.label, *(None if at in hidden[name] else getattr(each, name) for name in COUNTS))
        for at, each in enumerate(rows)
    ]
    return lines[:-1], lines[-1]


def _hide_more(places: Sequence[Counted], hidden: Hidden, told: int) -> None:
    """Hide one step more for a row of which something is told: joined and exempt of the row, of the next smallest, of
    the sum; at last who is in school."""
    end = len(places)
    others = sorted((at for at in range(end) if at != told and places[at].joined), key=lambda at: places[at].joined)
    steps = [(("joined", "exempt"), at) for at in (told, *others, end)]
    steps += [(("enrolled",), at) for at in (told, *(at for at in range(end) if at != told), end)]
    names, at = next((names, at) for names, at in steps if any(at not in hidden[name] for name in names))
    for name in names:
        hidden[name].add(at)


def _joined(each: Counted) -> tuple[int, ...]:
    """Who joined and who did not: both groups are protected."""
    return each.joined, each.enrolled - each.joined


def _exempt(each: Counted) -> tuple[int, ...]:
    """Who is exempt and who pays: both groups are protected."""
    return each.exempt, each.joined - each.exempt


def _hide(places: Sequence[Counted], groups: Callable[[Counted], tuple[int, ...]]) -> set[int]:
    """The places whose count, the first of its groups, is hidden, with the sum where nothing else is left."""
    hidden = {at for at, each in enumerate(places) if any(map(is_small, groups(each)))}
    if not hidden:
        return hidden
    others = sorted((at for at in range(len(places)) if at not in hidden), key=lambda at: (groups(places[at])[0], at))
    while not _is_safe([groups(places[at]) for at in hidden]):
        left = next((at for at in others if at not in hidden and groups(places[at])[0]), None)
        if left is None:
            return hidden | {len(places)}
        hidden.add(left)
    return hidden


def _is_safe(hidden: list[tuple[int, ...]]) -> bool:
    """Whether what all hidden ones are together, which the sum tells, tells nothing of a small group."""
    return len(hidden) > 1 and not any(is_small(sum(numbers)) for numbers in zip(*hidden, strict=True))
