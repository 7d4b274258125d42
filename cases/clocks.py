"""The terms of a case: started, met or stopped inside the operations; each shown day by day with its clause."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.deadlines.enums import Limit
from foundation.deadlines.models import Deadline
from foundation.deadlines.operations.deadlines import cancel_deadline, meet_deadline, start_deadline
from foundation.deadlines.queries import clocks_of, open_clocks_of

from .models import Case


def start(
    case: Case, code: Limit, *, since: date, by: Actor, at: datetime, subject: models.Model | None = None
) -> Deadline:
    """Let the term of ``code`` run over the case, or over a ``subject`` that is part of it."""
    return start_deadline(
        subject=subject or case,
        code=code,
        started_on=since,
        label=str(case) if case.number else case.party_name,
        url=reverse("admin:cases_case_change", args=[case.pk]),
        matter=case.matter,
        capability=Can.KEEP_CASE_TERMS,
        confidential=True,
        jurisdiction=case.jurisdiction,
        division=case.division,
        category=case.category,
        organ=case.organ,
        by=by,
        at=at,
    )


def running(subject: models.Model, code: Limit) -> Deadline | None:
    """The open clock of a term."""
    return open_clocks_of(subject).filter(code=code).first()


def meet(subject: models.Model, code: Limit, *, by: Actor, at: datetime) -> None:
    """What the term asked for is done; nothing where it does not run."""
    if clock := running(subject, code):
        meet_deadline(deadline=clock, by=by, at=at)


def stop_all(subject: models.Model, *, reason: str, by: Actor, at: datetime) -> None:
    """Nothing more is expected of this object."""
    for clock in open_clocks_of(subject):
        cancel_deadline(deadline=clock, reason=reason, by=by, at=at)


def last_day(subject: models.Model, code: Limit) -> date | None:
    """The last day of the newest clock of a term, running or over; None when it never ran."""
    newest = clocks_of(subject).filter(code=code).last()
    return newest.due_on if newest else None
