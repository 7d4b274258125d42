"""Reading fund supervision."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.regions.models import Jurisdiction

from .enums import BankStatus
from .models import Bank, BankStatusEvent
from .models.banks import upward


def last_bank_event(bank: Bank) -> BankStatusEvent:
    """The believed step that took effect last."""
    return bank.status_events.believed().order_by("-effective_on", "-recorded_at", "-pk")[0]


def banks_on(
    actor: Actor, *, on: date, status: str = BankStatus.SELECTED, known_at: datetime | None = None
) -> QuerySet[Bank]:
    """Banks (家) that the actor sees and that had a status on a day, as known at an instant."""
    events = BankStatusEvent.objects.as_of(on, known_at)
    chosen = BankStatusEvent.objects.filter(pk__in=events.values("pk"), status=status)
    return Bank.objects.visible_to(actor).filter(pk__in=chosen.values("bank"))


def bank_organs(actor: Actor) -> QuerySet[Organ]:
    """Banks with a desk of their own in the actor's bureaus or those above; for pickers."""
    own = upward(Jurisdiction.objects.filter(pk__in=actor.scope))
    return Organ.objects.filter(own, kind=OrganKind.BANK, closed_on__isnull=True).order_by("name")
