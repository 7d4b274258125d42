"""Why an institution cannot be merged into another yet: what higher apps keep open of it, in their ``merging.py``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from .models import Institution

Condition = Callable[[Institution, date], str]
_conditions: list[Condition] = []


def refuses_merging(condition: Condition) -> Condition:
    """Declare what is asked of the institution that would be absorbed: why it has to stay, or nothing."""
    _conditions.append(condition)
    return condition


def why_not(absorb: Institution, *, on: date) -> str:
    """The first reason against it, in words that a clerk can act on; empty when there is none."""
    return next((why for condition in _conditions if (why := condition(absorb, on))), "")
