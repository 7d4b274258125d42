"""Steps of an import that is in hand, and how far each has come; see ``core.underway``."""

from __future__ import annotations

from enum import StrEnum

from foundation.core import underway as core
from foundation.core.underway import Underway

__all__ = ["Step", "Underway", "note", "underway"]


class Step(StrEnum):
    COMPARE = "compare"
    WRITE = "write"
    UNDO = "undo"


def note(batch_id: int, step: Step, done: int, total: int) -> None:
    """Show from within the present transaction how many rows of this step are done."""
    core.note(f"import {batch_id}", step, done, total)


def underway(batch_id: int) -> Underway | None:
    """What the session that has this batch in hand says of itself."""
    return core.underway(f"import {batch_id}")
