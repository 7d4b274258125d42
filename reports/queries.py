"""Reading reports."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.core.actor import Actor
from inspections.rules.totals import can_approve_totals

from .enums import ReportState
from .models import Report


def to_review(actor: Actor) -> QuerySet[Report]:
    """Reports of the actor's own organ that somebody else prepared and nobody has reviewed."""
    if not can_approve_totals(actor):
        return Report.objects.none()
    rows = Report.objects.visible_to(actor).filter(state=ReportState.PREPARED, organ=actor.organ_id)
    return rows.exclude(prepared_by=actor.user_id)
