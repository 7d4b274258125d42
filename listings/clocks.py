"""Clocks of lists and ratings: defence window, repair, days for objections; started and ended inside the operations."""

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

from .models import ListEntry, Rating, Repair


def _place(subject: ListEntry | Rating) -> dict[str, object]:
    row = subject.institution
    return {
        "jurisdiction": row.jurisdiction,
        "division": row.division,
        "category": row.category,
        "capability": Can.PROPOSE_LISTING,
        "url": reverse(f"admin:listings_{subject._meta.model_name}_change", args=[subject.pk]),
        "label": str(subject),
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


def start_notice(rating: Rating, *, by: Actor, at: datetime) -> Deadline:
    """From the day on which the proposed grade is shown, which does not count; by the limit of the bureau."""
    day, organ = local_date(at), Organ.objects.get(pk=by.organ_id)
    given = {"subject": rating, "code": Limit.RATING_OBJECTION, "started_on": day, "organ": organ}
    return start_deadline(**given, by=by, at=at, **_place(rating))


def notice_of(rating: Rating) -> Deadline | None:
    """The running days for objections."""
    return open_clocks_of(rating).filter(code=Limit.RATING_OBJECTION).first()


def end_notice(rating: Rating, *, by: Actor, at: datetime) -> None:
    """The days are over and the grade is final."""
    if clock := notice_of(rating):
        meet_deadline(deadline=clock, by=by.allowed(Can.PROPOSE_LISTING), at=at)


def stop_notice(rating: Rating, *, reason: str, by: Actor, at: datetime) -> None:
    """The proposed grade falls away while it is shown."""
    if clock := notice_of(rating):
        cancel_deadline(deadline=clock, reason=reason, by=by.allowed(Can.PROPOSE_LISTING), at=at)
