"""Until when a difference is to be explained: the next working day (T+1)."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.deadlines import working_days
from foundation.deadlines.enums import LimitUnit
from foundation.deadlines.operations.deadlines import meet_deadline, start_deadline
from foundation.deadlines.queries import open_clocks_of
from foundation.deadlines.reckoning import Term
from foundation.deadlines.reckoning import due_on as reckoned
from foundation.deadlines.rules import RUN_DEADLINES

from .models import Difference

CODE = "banking.difference"
DAYS = 1


def due_on(found: date) -> date:
    """The last day for a difference that was found on a day."""
    return reckoned(Term(found, DAYS, LimitUnit.WORKING_DAY, rolls_over=True), working_days.calendar()).value


def start(row: Difference, *, by: Actor, at: datetime) -> None:
    home = row.account.institution
    start_deadline(
        subject=row,
        code=CODE,
        started_on=row.found_at.date(),
        due_on=row.due_on,
        title="查清对账差异",
        label=f"{home.name} {row}",
        url=reverse("admin:banking_difference_change", args=[row.pk]),
        capability=Can.KEEP_FUNDS,
        jurisdiction=home.jurisdiction,
        division=home.division,
        category=home.category,
        by=_runner(row, by),
        at=at,
    )


def meet(row: Difference, *, by: Actor, at: datetime) -> None:
    for clock in open_clocks_of(row):
        meet_deadline(deadline=clock, by=_runner(row, by), at=at)


def _runner(row: Difference, by: Actor) -> Actor:
    return by.allowed(RUN_DEADLINES, scope=frozenset({row.account.institution.jurisdiction_id}))
