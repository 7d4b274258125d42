"""Visits as an import compares them with its rows: by site, day, part of the day and group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from inspections.models import Visit

COMPARED = (
    *("pk", "number", "jurisdiction_id", "institution_id", "unlicensed_id", "visited_on", "slot", "group_key"),
    *("kind", "outcome"),
)


def key_of_visit(record: Mapping[str, Any]) -> str:
    """What makes two rows speak of one visit; empty when a part of it is missing. With an empty group: the slot."""
    site = f"i{record['institution']}" if "institution" in record else f"u{record.get('unlicensed', '')}"
    parts = (record.get("visited_on", ""), record.get("slot", ""))
    if site == "u" or not all(parts):
        return ""
    return "/".join((site, *parts, record.get("group_key", "")))


def visits_of_days(records: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Visit]]:
    """Slot of a site -> group -> the visit that stands, for all slots that these records may mean; one query."""
    days = {record["visited_on"] for record in records}
    institutions = {record["institution"] for record in records if "institution" in record}
    sites = {record["unlicensed"] for record in records if "unlicensed" in record}
    found: dict[str, dict[str, Visit]] = defaultdict(dict)
    if not days:
        return found
    rows = Visit.objects.filter(
        Q(institution__in=institutions) | Q(unlicensed__in=sites), visited_on__in=days, voided_at__isnull=True
    )
    for visit in rows.only(*COMPARED).order_by("pk"):
        place = {"institution": visit.institution_id} if visit.institution_id else {"unlicensed": visit.unlicensed_id}
        slot = key_of_visit({**place, "visited_on": visit.visited_on.isoformat(), "slot": visit.slot})
        found[slot][visit.group_key] = visit
    return found
