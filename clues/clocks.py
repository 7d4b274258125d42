"""The clocks of a clue from outside: to decide whether it is accepted, then to answer. Both in working days.

They are paused, extended and looked at day by day on the deadline's own page, with a reason; only those who handle
clues see them there. The lengths are limits that a bureau sets for itself (``foundation/deadlines``).
"""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.deadlines.enums import Limit
from foundation.deadlines.operations.deadlines import cancel_deadline, meet_deadline, start_deadline
from foundation.deadlines.queries import open_clocks_of
from foundation.deadlines.rules import RUN_DEADLINES

from .models import Clue

ACCEPTANCE, ANSWER = Limit.CLUE_ACCEPTANCE, Limit.CLUE_ANSWER


def start(clue: Clue, code: str, *, by: Actor, at: datetime) -> None:
    """Let a clock run for whoever handles the clue now."""
    start_deadline(
        subject=clue,
        code=code,
        started_on=local_date(at),
        capability=Can.HANDLE_CLUE,
        jurisdiction=clue.jurisdiction,
        division=clue.division,
        url=reverse("admin:clues_clue_change", args=[clue.pk]),
        matter=clue.number,
        confidential=True,
        by=_keeper(clue, by),
        at=at,
    )


def stop(clue: Clue, *, by: Actor, at: datetime) -> None:
    """What had to be done in time is done."""
    for deadline in open_clocks_of(clue):
        meet_deadline(deadline=deadline, by=_keeper(clue, by), at=at)


def drop(clue: Clue, *, reason: str, by: Actor, at: datetime) -> None:
    """Nothing is expected of this clue by itself any more."""
    for deadline in open_clocks_of(clue):
        cancel_deadline(deadline=deadline, reason=reason, by=_keeper(clue, by), at=at)


def _keeper(clue: Clue, by: Actor) -> Actor:
    return by.allowed(RUN_DEADLINES, scope=frozenset({clue.jurisdiction_id}))
