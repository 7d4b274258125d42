"""Reading sheets of figures."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.core.actor import Actor
from inspections.enums import SheetState
from inspections.models import FigureSheet
from inspections.rules import figure_sheets as rules


def to_review(actor: Actor) -> QuerySet[FigureSheet]:
    """Sheets of the actor's own organ that somebody else prepared and nobody has reviewed."""
    if not rules.can_approve_totals(actor):
        return FigureSheet.objects.none()
    rows = FigureSheet.objects.visible_to(actor).filter(state=SheetState.PREPARED, organ=actor.organ_id)
    return rows.exclude(prepared_by=actor.user_id)
