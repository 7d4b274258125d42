"""The clock of an order: started, met or stopped inside the operations that issue, close or end it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.deadlines.models import Deadline
from foundation.deadlines.operations.deadlines import cancel_deadline, start_deadline
from foundation.deadlines.workflow import OPEN_STATES

from .enums import OrderKind
from .models import Order

DEADLINE = "order.due"


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


def of(order: Order) -> Deadline | None:
    """The open clock of an order."""
    mine = {"subject_type": Order._meta.label_lower, "subject_id": order.pk, "code": DEADLINE}
    return Deadline.objects.filter(**mine, state__in=OPEN_STATES).first()


def stop(order: Order, *, reason: str, by: Actor, at: datetime) -> None:
    """The order ends without having been followed."""
    if clock := of(order):
        cancel_deadline(deadline=clock, reason=reason, by=by, at=at)
