"""Reading exports."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.enums import Can
from foundation.core.actor import Actor

from .enums import ExportState
from .models import Export


def visible_exports(actor: Actor) -> models.QuerySet[Export]:
    """The actor's own, and for approvers those of others in their scope that wait or that they decided."""
    own = Q(requester_id=actor.user_id) if actor.is_person else Q(pk__in=[])
    if not actor.can(Can.APPROVE_EXPORT):
        return Export.objects.filter(own)
    waiting = Q(jurisdiction_id__in=actor.scope, state=ExportState.PENDING)
    return Export.objects.filter(own | waiting | Q(approver_id=actor.user_id))


def waiting_for(actor: Actor) -> models.QuerySet[Export]:
    """Exports that this actor can decide now."""
    if not actor.can(Can.APPROVE_EXPORT):
        return Export.objects.none()
    return Export.objects.visible_to(actor).filter(state=ExportState.PENDING).exclude(requester_id=actor.user_id)
