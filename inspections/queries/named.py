"""Campaigns by the names that a sheet writes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from foundation.regions.queries import jurisdictions_above
from inspections.enums import CampaignState
from inspections.models import Campaign


class NamedCampaigns:
    """Running campaigns of some names; which of them a visit of a bureau and a day counts in."""

    def __init__(self, names: Collection[str]) -> None:
        running = Campaign.objects.filter(name__in=names, state=CampaignState.RUNNING) if names else ()
        self.rows = sorted(running, key=lambda row: (row.starts_on, row.pk), reverse=True)
        self._reach: dict[int, frozenset[int]] = {}

    def of(self, name: str, bureau: int, day: date) -> Campaign | None:
        """One of the bureau or of those above it whose period holds the day: its own first, then the newest."""
        if bureau not in self._reach:
            self._reach[bureau] = jurisdictions_above(bureau) | {bureau}
        reach = self._reach[bureau]
        fits = (row for row in self.rows if row.name == name and row.starts_on <= day <= row.ends_on)
        return min(
            (row for row in fits if row.jurisdiction_id in reach),
            key=lambda row: row.jurisdiction_id != bureau,
            default=None,
        )
