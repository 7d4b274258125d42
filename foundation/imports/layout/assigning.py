"""One column for each heading, one heading for each column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from foundation.imports.columns import SheetResource, heading_key

from .spelling import Spellings, Tier

SAME = 0.6


@dataclass(frozen=True)
class Claim:
    """A heading that may mean a column."""

    position: int
    label: str
    column: str
    tier: Tier


@dataclass(frozen=True)
class Places:
    """Where the columns stand; ``doubled`` are headings that mean the same column and both have values."""

    by_column: dict[str, int]
    doubled: list[Claim]


def label_at(position: int, path: tuple[str, ...]) -> str:
    """A heading on one line; a column without one is named by its place, so that a clerk can still say what it is."""
    return "/".join(path) or f"第{position + 1}列"


def claims(paths: list[tuple[str, ...]], spellings: Spellings, *, ignored: Callable[[str], bool]) -> list[Claim]:
    """What each heading may mean. Likeness is asked only where nothing else is found."""
    found = []
    for position, path in enumerate(paths):
        label = label_at(position, path)
        match = spellings.match(path or (label,))
        if match is None and path and not ignored(label) and not (len(path) > 1 and ignored(path[-1])):
            match = spellings.alike(path)
        if match is not None and (not ignored(label) or match.tier == Tier.CHOSEN):
            found.append(Claim(position, label, match.column, match.tier))
    return found


def settle(found: list[Claim], resource: SheetResource, *, filled: Callable[[list[int]], set[int]]) -> Places:
    """The surest heading for each column. ``filled`` tells which of some positions have any value below."""
    by_column: dict[str, list[Claim]] = defaultdict(list)
    for claim in found:
        by_column[claim.column].append(claim)
    contested = [claim.position for group in by_column.values() if len(group) > 1 for claim in group]
    has_values = filled(contested) if contested else set()
    places: dict[str, int] = {}
    doubled: list[Claim] = []
    for name, group in by_column.items():
        rivals = [claim for claim in group if claim.position in has_values] or group[:1]
        best = min(claim.tier for claim in rivals)
        rivals = [claim for claim in rivals if claim.tier == best]
        winner = rivals[0]
        if len(rivals) > 1 and best <= Tier.EXACT:
            winner, same = _told_apart(rivals, heading_key(resource.columns[name].column_name))
            doubled += same
        places[name] = winner.position
    return Places(places, doubled)


def _told_apart(rivals: list[Claim], own: str) -> tuple[Claim, list[Claim]]:
    """The heading with the column's own name wins over other words (联系人 beside 法定代表人), not over nearly the same
    ones (法人代表). The second value names those that cannot be told apart."""
    named = [claim for claim in rivals if heading_key(claim.label) == own]
    if len(named) != 1 or named[0].tier == Tier.CHOSEN:
        return rivals[0], rivals
    same = [claim for claim in rivals if claim is named[0] or _same_words(heading_key(claim.label), own)]
    return named[0], same if len(same) > 1 else []


def _same_words(label: str, own: str) -> bool:
    """Whether most letters of a heading are those of the column's own name."""
    return sum((Counter(label) & Counter(own)).values()) > len(label) * SAME
