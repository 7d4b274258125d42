"""The score of an institution: weights of its open alerts, halved after a while, and the level that follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .enums import AT_ONCE, EVENTS, WEIGHTS, Grade, Rule
from .enums import ThresholdCode as T


@dataclass(frozen=True, slots=True)
class Part:
    """What one alert adds, in tenths of a point."""

    rule: Rule
    grade: Grade
    tenths: int
    halved: bool


@dataclass(frozen=True, slots=True)
class Score:
    parts: tuple[Part, ...]
    level: Grade
    at_once: tuple[Rule, ...] = ()

    @property
    def tenths(self) -> int:
        return sum(part.tenths for part in self.parts)


def scored(alerts: Iterable[tuple[Rule, Grade, date]], *, on: date, limits: Mapping[str, int]) -> Score:
    """Of (rule, grade, day of what is new of it). What happened counts half after a month; what is so counts whole."""
    parts = []
    for rule, grade, fresh_on in alerts:
        old = rule in EVENTS and (on - fresh_on).days > limits[T.HALF_AFTER]
        parts.append(Part(rule, grade, WEIGHTS[grade] * (5 if old else 10), old))
    rules = {part.rule for part in parts}
    at_once = tuple(sorted({rule for group in AT_ONCE if group <= rules for rule in group}))
    level = Grade.RED if at_once else _level(sum(part.tenths for part in parts), limits)
    return Score(tuple(parts), level, at_once)


def _level(tenths: int, limits: Mapping[str, int]) -> Grade:
    for grade, code in ((Grade.RED, T.LEVEL_RED), (Grade.ORANGE, T.LEVEL_ORANGE), (Grade.YELLOW, T.LEVEL_YELLOW)):
        if tenths >= limits[code] * 10:
            return grade
    return Grade.BLUE
