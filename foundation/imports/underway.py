"""Steps of an import that is in hand, and how far each has come; see ``core.underway``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from foundation.core import underway as core


class Step(StrEnum):
    COMPARE = "compare"
    WRITE = "write"
    UNDO = "undo"


@dataclass(frozen=True)
class Underway:
    """``done`` of ``total`` rows in this step."""

    step: Step
    done: int
    total: int


def note(batch_id: int, step: Step, done: int, total: int) -> None:
    """Show from within the present transaction how many rows of this step are done."""
    core.note(f"import {batch_id}", step, done, total)


def underway(batch_id: int) -> Underway | None:
    """What the session that has this batch in hand says of itself."""
    found = core.underway(f"import {batch_id}")
    return Underway(Step(found.step), found.done, found.total) if found else None
