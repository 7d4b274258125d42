"""Which rows of an applied batch stay when it is taken back: changed since, or something was built on them."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models

from foundation.imports.enums import Outcome
from foundation.imports.models import Batch, BatchRow
from foundation.imports.stored import as_row, stored_slices
from foundation.imports.taking_back import referred_to, why_kept
from foundation.imports.target import Row, Target

from .matching import Match, matches
from .models import FormerName, Institution, Permit, SearchEntry, Site, StatusEvent

#: What an import itself makes of an institution; anything else that refers to it was built on it by somebody.
OWN = (FormerName, Permit, SearchEntry, Site, StatusEvent)


def rows_to_keep(batch: Batch, target: Target) -> dict[int, str]:
    """Row id -> why what it wrote cannot be taken back, in the words of a clerk."""
    kept: dict[int, str] = {}
    for stored in stored_slices(batch, Outcome.CREATED, Outcome.UPDATED, Outcome.CAMPUS):
        ids = {row.subject_id for row in stored}
        now = {match.id: match for match in matches(Institution.objects.filter(pk__in=ids, merged_into__isnull=True))}
        new = {row.subject_id for row in stored if row.outcome == Outcome.CREATED and not row.before}
        used = _made_since(new, batch) | referred_to(Institution, new, beyond=OWN)
        in_use = _sites_in_use(stored)
        for each in stored:
            row = as_row(each, target)
            if why := _why(each, row, now.get(row.subject_id), used) or in_use.get(each.pk, ""):
                kept[each.pk] = f"{row.label}“{each.title}”{why}"
    return kept


def _why(stored: BatchRow, row: Row, now: Match | None, used: dict[int, str]) -> str:
    if row.outcome == Outcome.CAMPUS:
        return ""
    if now is not None and now.withdrawn:
        return "已撤回"
    facts = now.record(row.record.get("license_no")) if now else None
    return why_kept(stored, facts, used, record=row.record, before=row.before)


def _made_since(ids: Collection[int], batch: Batch) -> dict[int, str]:
    """Institution -> what it got after the import of a kind that the import makes too: a site, a permit, a status."""
    campuses = BatchRow.objects.filter(batch=batch, outcome=Outcome.CAMPUS).values("subject_id")
    own_campuses = dict(campuses.annotate(n=models.Count("pk")).values_list("subject_id", "n"))
    found: dict[int, str] = {}
    for model in (Site, Permit, StatusEvent):
        rows = model.objects.filter(institution__in=ids).values("institution_id").annotate(n=models.Count("pk"))
        for pk, number in rows.values_list("institution_id", "n"):
            if number > 1 + (own_campuses.get(pk, 0) if model is Site else 0):
                found[pk] = f"新的{model._meta.verbose_name}"
    return found


def _sites_in_use(stored: list[BatchRow]) -> dict[int, str]:
    """Rows whose new address or campus something refers to by now, and what does."""
    moved = {
        (row.subject_id, row.record["address"]): row.pk
        for row in stored
        if "address" in row.record
        and (row.outcome == Outcome.CAMPUS or row.before.keys() & {"address", "county", "town"})
    }
    sites = Site.objects.filter(institution__in={pk for pk, _ in moved}, closed_on__isnull=True)
    rows = {pk: moved.get((owner, where)) for pk, owner, where in sites.values_list("pk", "institution_id", "address")}
    return {rows[pk]: f"的地址已有{label}引用" for pk, label in referred_to(Site, rows).items() if rows[pk] is not None}
