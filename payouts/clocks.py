"""The two clocks of a refund: until when the institution answers, until when the money is paid."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.deadlines.enums import Limit
from foundation.deadlines.operations.deadlines import cancel_deadline, meet_deadline, start_deadline
from foundation.deadlines.queries import open_clocks_of

from .models import Refund

#: Counted in working days from the answer or the settlement; the place may set another limit.
PAYMENT = Limit.REFUND_PAYMENT
ANSWER = Limit.REFUND_ANSWER


def start(row: Refund, code: Limit, *, on: date, by: Actor, at: datetime) -> None:
    start_deadline(
        subject=row,
        code=code,
        started_on=on,
        label=f"{row.contract.institution.name} {row}",
        url=reverse("admin:payouts_refund_change", args=[row.pk]),
        capability=Can.KEEP_FUNDS,
        jurisdiction=row.contract.jurisdiction,
        division=row.contract.institution.division,
        category=row.contract.institution.category,
        by=by,
        at=at,
    )


def meet(row: Refund, code: Limit, *, by: Actor, at: datetime) -> None:
    if clock := open_clocks_of(row).filter(code=code).first():
        meet_deadline(deadline=clock, by=by, at=at)


def drop(row: Refund, reason: str, *, by: Actor, at: datetime) -> None:
    """The matter ended otherwise: nothing more is waited for."""
    for clock in open_clocks_of(row):
        cancel_deadline(deadline=clock, reason=reason, by=by, at=at)
