"""Clocks of orders and interviews: started, met or stopped inside the operations that issue, close or end them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.deadlines.models import Deadline
from foundation.deadlines.operations.deadlines import cancel_deadline, start_deadline
from foundation.deadlines.queries import open_clocks_of

from .enums import OrderKind
from .models import Interview, InterviewParty, Order

DEADLINE = "order.due"
PARTY_DEADLINE = "interview.due"


def start(order: Order, *, by: Actor, at: datetime) -> None:
    """Until the day that the notice names; its organ is reminded and answers for it."""
    start_deadline(
        subject=order,
        code=DEADLINE,
        started_on=order.issued_on,
        due_on=order.due_on,
        title="整改期限" if order.kind == OrderKind.RECTIFY else "复查期限",
        label=f"{order.number} {order.party_name}",
        url=reverse("admin:enforcement_order_change", args=[order.pk]),
        capability=Can.ISSUE_ORDER,
        jurisdiction=order.jurisdiction,
        division=order.division,
        category=order.category,
        organ=order.organ,
        by=by,
        at=at,
    )


def start_for_party(party: InterviewParty, interview: Interview, *, by: Actor, at: datetime) -> None:
    """From the day of the interview until the day that it names; any officer over the institution may confirm."""
    start_deadline(
        subject=party,
        code=PARTY_DEADLINE,
        started_on=interview.held_on,
        due_on=party.due_on,
        title="约谈事项整改期限",
        label=f"{interview.number} {party.institution.name}",
        url=reverse("admin:enforcement_interviewparty_change", args=[party.pk]),
        capability=Can.ISSUE_ORDER,
        jurisdiction=party.institution.jurisdiction,
        division=party.institution.division,
        category=party.institution.category,
        by=by,
        at=at,
    )


def of(order: Order) -> Deadline | None:
    """The open clock of an order."""
    return open_clocks_of(order).filter(code=DEADLINE).first()


def of_party(party: InterviewParty) -> Deadline | None:
    """The open clock of one of the summoned."""
    return open_clocks_of(party).filter(code=PARTY_DEADLINE).first()


def stop(order: Order, *, reason: str, by: Actor, at: datetime) -> None:
    """The order ends without having been followed."""
    if clock := of(order):
        cancel_deadline(deadline=clock, reason=reason, by=by, at=at)
