"""The clock of an inquiry: one for all that were asked, so that an officer is reminded once and not a hundred times."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.deadlines.operations.deadlines import meet_deadline, start_deadline
from foundation.deadlines.queries import open_clocks_of

from .models import Inquiry

DUE = "inquiry.due"


def start(inquiry: Inquiry, *, by: Actor, at: datetime) -> None:
    """Until the day that the inquiry names; reminders of its organ go on until it is closed."""
    start_deadline(
        subject=inquiry,
        code=DUE,
        started_on=local_date(at),
        due_on=inquiry.due_on,
        title=f"{inquiry.get_kind_display()}报送",
        label=inquiry.title,
        url=reverse("admin:declarations_inquiry_change", args=[inquiry.pk]),
        capability=Can.EDIT_REGISTER,
        jurisdiction=inquiry.jurisdiction,
        organ=inquiry.organ,
        by=by,
        at=at,
    )


def end(inquiry: Inquiry, *, by: Actor, at: datetime) -> None:
    """Nothing more is asked."""
    if clock := open_clocks_of(inquiry).filter(code=DUE).first():
        meet_deadline(deadline=clock, by=by, at=at)
