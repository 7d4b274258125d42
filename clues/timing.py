"""When somebody may go to where a clue points."""

from __future__ import annotations

from datetime import date

from foundation.core.errors import Conflict

from .enums import OWN_PEOPLE, ClueState
from .models import Clue

RUNNING = (ClueState.ACCEPTED, ClueState.CHECKING)


def need_visit_day(clue: Clue, *, on: date) -> None:
    """Raise Conflict while nobody may go there yet: not accepted, ended, or the wait that protects the sender runs.

    What our own people report has no such wait unless acceptance set one.
    """
    if clue.state not in RUNNING and not (clue.state == ClueState.RECEIVED and clue.channel in OWN_PEOPLE):
        raise Conflict("线索尚未受理或已经结束，不能安排现场核查。", code="not_accepted")
    if clue.visit_from_on is not None and on < clue.visit_from_on:
        raise Conflict(f"为保护反映人，{clue.visit_from_on}之前不安排现场核查。", code="too_early")
