"""What a bureau's clerks decided that the headings of their files mean."""

from __future__ import annotations

from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import Jurisdiction

from .models import HeadingChoice


def chosen_for(jurisdiction: Jurisdiction, target_code: str) -> dict[str, str]:
    """Heading key -> column, "" for one that is left out.

    A county's own choice comes first; where it made none, that of its city's bureau holds.
    """
    rows = HeadingChoice.objects.filter(target=target_code, jurisdiction_id__in=_heard(jurisdiction))
    chosen: dict[str, str] = {}
    own: set[str] = set()
    for row in rows.order_by("pk"):
        if row.jurisdiction_id == jurisdiction.pk:
            own.add(row.heading)
            chosen[row.heading] = row.column
        elif row.heading not in own:
            chosen[row.heading] = row.column
    return chosen


def _heard(jurisdiction: Jurisdiction) -> list[int]:
    parent = jurisdiction.parent if jurisdiction.level == JurisdictionLevel.COUNTY else None
    if parent is None or parent.level != JurisdictionLevel.CITY:
        return [jurisdiction.pk]
    return [jurisdiction.pk, parent.pk]
