"""From records to a grade by a rubric: pure, so that the same records always give the same points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foundation.core.canonical import canonical, sha256

HIGHEST, LOWEST = 100, 0


@dataclass(frozen=True)
class Item:
    """``models.RubricItem`` as a value."""

    code: str
    name: str
    source: str
    weight: str
    points: int
    most: int
    veto: bool

    def counts(self, record: Mapping[str, object]) -> bool:
        return record["source"] == self.source and self.weight in ("", record["weight"])


@dataclass(frozen=True)
class Scale:
    """A rubric as a value: where one starts, and the lines of the grades."""

    version: str
    base: int
    a_from: int
    b_from: int
    c_from: int
    items: tuple[Item, ...]

    def grade(self, score: int, *, vetoed: bool) -> str:
        if vetoed or score < self.c_from:
            return "D"
        if score < self.b_from:
            return "C"
        return "B" if score < self.a_from else "A"


@dataclass(frozen=True)
class Scored:
    """What the records come to. ``points``: (item, record's key, points), one row for each record that counts."""

    score: int
    vetoed: bool
    grade: str
    points: list[list[object]]


def score(scale: Scale, records: Iterable[Mapping[str, object]]) -> Scored:
    """Base plus the points of every item, from 0 to 100; one veto is a D whatever the points."""
    given = sorted(records, key=lambda record: (str(record["on"]), str(record["source"]), int(str(record["pk"]))))
    points: list[list[object]] = []
    vetoed = False
    for item in scale.items:
        used = 0
        for record in given:
            if not item.counts(record):
                continue
            own = _within(item, used)
            used += own
            vetoed = vetoed or item.veto
            points.append([item.code, f"{record['source']}:{record['pk']}", own])
    total = min(HIGHEST, max(LOWEST, scale.base + sum(int(str(own)) for _, _, own in points)))
    return Scored(total, vetoed, scale.grade(total, vetoed=vetoed), points)


def _within(item: Item, used: int) -> int:
    """The points of one more record, where the item's records together give no more than ``most``."""
    if not item.most:
        return item.points
    left = item.most - abs(used)
    return max(-left, item.points) if item.points < 0 else min(left, item.points)


def digest(scale: Scale, records: Iterable[Mapping[str, object]], scored: Scored) -> str:
    """What a rating publishes of itself: over rubric, records, points and grade."""
    head = {"version": scale.version, "score": scored.score, "vetoed": scored.vetoed, "grade": scored.grade}
    rows = [{"point": point} for point in scored.points]
    return sha256(canonical(head), *map(canonical, records), *map(canonical, rows))


def arithmetic(scale: Scale, scored: Scored) -> str:
    """The sum as a person would write it: 90 - 3(J2) + 2(J4) = 89分，B级."""
    sums: dict[str, int] = {}
    for code, _, own in scored.points:
        sums[str(code)] = sums.get(str(code), 0) + int(str(own))
    terms = [f"{'+' if value > 0 else '−'} {abs(value)}（{code}）" for code, value in sums.items() if value]
    total = scale.base + sum(sums.values())
    told = f"{scale.base} {' '.join(terms)} = {total}分".replace("  ", " ")
    if total != scored.score:
        told += f"，按{LOWEST}至{HIGHEST}分计为{scored.score}分"
    vetoes = sorted({str(code) for code, _, _ in scored.points} & {item.code for item in scale.items if item.veto})
    if vetoes:
        told += f"；{'、'.join(vetoes)}为一票否决项"
    return f"{told}；{scored.grade}级。"
