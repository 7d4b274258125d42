"""Clocks of the lists: the defence window, the handling of a repair; started and ended inside the operations."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.deadlines.enums import Limit
from foundation.deadlines.models import Deadline
from foundation.deadlines.operations.deadlines import cancel_deadline, meet_deadline, start_deadline
from foundation.deadlines.queries import clocks_of, open_clocks_of

from .models import ListEntry, Repair


def _place(entry: ListEntry) -> dict[str, object]:
    row = entry.institution
    return {
        "jurisdiction": row.jurisdiction,
        "division": row.division,
        "category": row.category,
        "capability": Can.PROPOSE_LISTING,
        "url": reverse("admin:listings_listentry_change", args=[entry.pk]),
        "label": str(entry),
    }


def start_window(entry: ListEntry, *, by: Actor, at: datetime) -> None:
    """From the day of service, which does not count; by the limit of the bureau."""
    start_deadline(
        subject=entry,
        code=Limit.LISTING_STATEMENT,
        started_on=entry.served_on,
        organ=Organ.objects.get(pk=by.organ_id),
        by=by,
        at=at,
        **_place(entry),
    )


def window_of(entry: ListEntry) -> Deadline | None:
    """The running defence window of an entry."""
    return open_clocks_of(entry).filter(code=Limit.LISTING_STATEMENT).first()


def last_window_of(entry: ListEntry) -> Deadline | None:
    """The defence window of an entry, over or not."""
    return clocks_of(entry).filter(code=Limit.LISTING_STATEMENT).last()


def close_window(entry: ListEntry, *, by: Actor, at: datetime) -> None:
    """The window is over, or the party gave it up."""
    if clock := window_of(entry):
        meet_deadline(deadline=clock, by=by.allowed(Can.PROPOSE_LISTING), at=at)


def stop_window(entry: ListEntry, *, reason: str, by: Actor, at: datetime) -> None:
    """The proposal falls away while the window runs."""
    if clock := window_of(entry):
        cancel_deadline(deadline=clock, reason=reason, by=by.allowed(Can.PROPOSE_LISTING), at=at)


def start_repair(repair: Repair, *, by: Actor, at: datetime) -> None:
    """From the day of the application."""
    day = local_date(at)
    start_deadline(subject=repair, code=Limit.LISTING_REPAIR, started_on=day, by=by, at=at, **_place(repair.entry))


def end_repair(repair: Repair, *, by: Actor, at: datetime) -> None:
    """The application was looked into."""
    if clock := open_clocks_of(repair).filter(code=Limit.LISTING_REPAIR).first():
        meet_deadline(deadline=clock, by=by.allowed(Can.PROPOSE_LISTING), at=at)
