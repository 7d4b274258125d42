"""What a person sees on the phone: the own messages, what the own organ owes, what was found lately in the own area."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from assignments import queries as assignments
from assignments.models import Part
from foundation.core.actor import Actor
from foundation.notifications import queries as notifications
from foundation.notifications.models import Message
from institutions.models import UnlicensedSite

SHOWN = 20
RECENT = timedelta(days=30)


def messages_of(actor: Actor) -> list[Message]:
    """The newest unread messages."""
    return list(notifications.unread(actor).order_by("-created_at", "-pk")[:SHOWN])


def tasks_of(actor: Actor) -> list[Part]:
    """What the actor's organ has to receive or answer, the most urgent first."""
    parts = assignments.waiting_for(actor).select_related("assignment")
    return list(parts.order_by("due_on", "pk")[:SHOWN])


def recent_sites(actor: Actor, *, on: date) -> QuerySet[UnlicensedSite]:
    """Unlicensed sites of the actor's area found in the last 30 days, the newest first."""
    found = UnlicensedSite.objects.visible_to(actor).filter(found_on__gt=on - RECENT)
    return found.order_by("-found_on", "-pk")
