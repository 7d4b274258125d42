"""Which questions are asked where."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.core.actor import Actor
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_above
from inspections.enums import VersionState
from inspections.models import ChecklistVersion


def versions_for(actor: Actor) -> QuerySet[ChecklistVersion]:
    """Versions in use that the actor's jurisdictions or those above them laid down, with sections and items."""
    rows = ChecklistVersion.objects.visible_to(actor).filter(state=VersionState.IN_USE)
    return rows.select_related("checklist__jurisdiction").order_by("checklist__jurisdiction__code", "pk")


def usable_in(jurisdiction: Jurisdiction) -> QuerySet[ChecklistVersion]:
    """Versions in use or used before, of this jurisdiction and of those above it: old drafts may still arrive."""
    owners = {jurisdiction.pk, *jurisdictions_above(jurisdiction.pk)}
    return ChecklistVersion.objects.filter(checklist__jurisdiction__in=owners).exclude(state=VersionState.DRAFT)
