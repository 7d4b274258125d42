"""Which rows of an applied batch stay when it is taken back: changed since, or something was built on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from foundation.imports.enums import WRITTEN, Outcome
from foundation.imports.models import Batch, BatchRow
from foundation.imports.stored import as_row, stored_slices
from foundation.imports.taking_back import CHANGED_SINCE, referred_to, why_kept
from foundation.imports.target import Row, Target

from .enums import SiteKind
from .matching import Match, matches
from .models import FormerName, Institution, Permit, PublicChange, Responsible, SearchEntry, Site, StatusEvent
from .remembering import PLACE, WAS

#: What an import itself makes of an institution, and the names that posts give it every night; anything else that
#: refers to it was built on it by somebody. A name given by hand is found by ``_made_since``.
OWN = (FormerName, Permit, PublicChange, Responsible, SearchEntry, Site, StatusEvent)
PERIOD = ("issue_date", "valid_until")
_LOCKED_AT_ONCE = 5000


def rows_to_keep(batch: Batch, target: Target, *, lock: bool = False) -> dict[int, str]:
    """Row id -> why what it wrote cannot be taken back, in the words of a clerk."""
    if lock:
        _lock_institutions(batch)
    campuses = _campuses_to_keep(batch, target)
    kept: dict[int, str] = {}
    for stored in stored_slices(batch, Outcome.CREATED, Outcome.UPDATED):
        rows = {each.pk: as_row(each, target) for each in stored}
        facts = _Facts(batch, rows, campuses)
        for each in stored:
            if why := facts.why(each, rows[each.pk]):
                kept[each.pk] = f"{rows[each.pk].label}“{each.title}”{why}"
    return kept | {pk: why for pk, (_, why) in campuses.items()}


def _lock_institutions(batch: Batch) -> None:
    """In the order of their ids, as everybody locks them."""
    rows = BatchRow.objects.filter(batch=batch, outcome__in=WRITTEN).order_by("subject_id")
    ids = list(rows.values_list("subject_id", flat=True).distinct())
    for start in range(0, len(ids), _LOCKED_AT_ONCE):
        some = Institution._base_manager.filter(pk__in=ids[start : start + _LOCKED_AT_ONCE])
        list(some.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _campuses_to_keep(batch: Batch, target: Target) -> dict[int, tuple[int, str]]:
    """Row of a campus -> (its institution, why the campus stays)."""
    kept: dict[int, tuple[int, str]] = {}
    for stored in stored_slices(batch, Outcome.CAMPUS):
        sites = Site.objects.filter(
            institution__in={row.subject_id for row in stored}, kind=SiteKind.CAMPUS, closed_on__isnull=True
        )
        standing = sites.filter(institution__merged_into__isnull=True, institution__withdrawn_at__isnull=True)
        ids = {(owner, where): pk for pk, owner, where in standing.values_list("pk", "institution_id", "address")}
        used = referred_to(Site, ids.values())
        for row in stored:
            site = ids.get((row.subject_id, row.record["address"]))
            if site is None or site in used:
                why = "已停用或已并入其他机构" if site is None else f"的地址已有{used[site]}引用"
                kept[row.pk] = (row.subject_id, f"{as_row(row, target).label}“{row.title}”{why}")
    return kept


class _Facts:
    """What holds today of the institutions of some rows; each question is asked once for all of them."""

    def __init__(self, batch: Batch, rows: dict[int, Row], campuses: dict[int, tuple[int, str]]) -> None:
        every = {row.subject_id for row in rows.values()}
        self.new = {row.subject_id for row in rows.values() if row.outcome == Outcome.CREATED}
        changed = [row for row in rows.values() if row.outcome == Outcome.UPDATED]
        institutions = Institution.objects.filter(pk__in=every, merged_into__isnull=True)
        self.now: dict[int, Match] = {match.id: match for match in matches(institutions)}
        others = institutions.exclude(changed_at=batch.applied_at)
        self.touched = set(others.filter(pk__in=self.new).values_list("pk", flat=True))
        self.with_campus = {owner for owner, _ in campuses.values()}
        self.used = _made_since(self.new, batch) | referred_to(Institution, self.new, beyond=OWN)
        self.built_on = _built_on_changes(changed, batch)

    def why(self, stored: BatchRow, row: Row) -> str:
        """Why this row stays; empty when it can be taken back."""
        match = self.now.get(row.subject_id)
        if match is not None and match.withdrawn:
            return "已撤回"
        facts = match.record(row.record.get("license_no")) if match else None
        why = why_kept(stored, facts, self.used, record=row.record, before=row.before)
        if why or facts is None:
            return why
        if row.outcome == Outcome.UPDATED:
            return self.built_on.get(row.subject_id) or _why_of_permit(row, facts)
        if row.subject_id in self.touched:
            return CHANGED_SINCE
        return "的校区不能撤销" if row.subject_id in self.with_campus else ""


def _why_of_permit(row: Row, facts: dict[str, Any]) -> str:
    """A new permit goes as a whole: it must still say what the row said."""
    if "license_no" in row.before and any(facts[name] != row.record.get(name) for name in PERIOD):
        return CHANGED_SINCE
    return ""


def _made_since(ids: Collection[int], batch: Batch) -> dict[int, str]:
    """Institution -> what it got after the import of a kind that the import makes too: a site, a permit, a status."""
    campuses = BatchRow.objects.filter(batch=batch, outcome=Outcome.CAMPUS, subject_id__in=ids)
    own_campuses = Counter(campuses.values_list("subject_id", flat=True))
    made = {
        FormerName: FormerName.objects,
        Site: Site.objects,
        Permit: Permit.objects,
        StatusEvent: StatusEvent.objects.believed().exclude(recorded_at=batch.applied_at),
        Responsible: Responsible.objects.filter(by_hand=True),
    }
    own = {Site: 1, Permit: 1}  # what the import itself made and these rows hold
    found: dict[int, str] = {}
    for model, rows in made.items():
        counts = Counter(rows.filter(institution__in=ids).values_list("institution_id", flat=True))
        for pk, number in counts.items():
            if number > own.get(model, 0) + (own_campuses[pk] if model is Site else 0):
                found[pk] = f"新的{model._meta.verbose_name}"
    return found


def _built_on_changes(rows: list[Row], batch: Batch) -> dict[int, str]:
    """Institution -> why the new address, permit or status that a row gave it cannot go."""
    moved = {row.subject_id: row for row in rows if row.before.keys() & PLACE}
    permitted = {row.subject_id: row for row in rows if "license_no" in row.before}
    stated = {row.subject_id for row in rows if row.before.keys() & {"status", "category"}}
    return _later_states(stated, batch) | _about_permits(permitted) | _about_sites(moved)


def _later_states(ids: Collection[int], batch: Batch) -> dict[int, str]:
    """The row's status was corrected, or another one recorded since and believed; a future one too."""
    if not ids:
        return {}
    events = StatusEvent.objects.filter(institution__in=ids)
    own = set(events.believed().filter(recorded_at=batch.applied_at).values_list("institution_id", flat=True))
    later = set(events.believed().filter(recorded_at__gt=batch.applied_at).values_list("institution_id", flat=True))
    return dict.fromkeys((set(ids) - own) | later, CHANGED_SINCE)


def _about_sites(rows: dict[int, Row]) -> dict[int, str]:
    """The address moved once more, or something refers to the new one."""
    new: dict[int, list[int]] = {pk: [] for pk in rows}
    sites = Site.objects.filter(institution__in=rows, kind=SiteKind.MAIN).order_by("pk") if rows else ()
    for site in sites:
        if site.pk > (rows[site.institution_id].before[WAS]["site"] or 0):
            new[site.institution_id].append(site.pk)
    return _about(new, Site)


def _about_permits(rows: dict[int, Row]) -> dict[int, str]:
    """The row's permit ended since, something refers to it, or a former number is another's by now."""
    new: dict[int, list[int]] = {pk: [] for pk in rows}
    former: dict[int, tuple[str, str]] = {}
    for permit in Permit.objects.filter(institution__in=rows).order_by("pk") if rows else ():
        row = rows[permit.institution_id]
        if permit.pk in row.before[WAS]["permits"]:
            former[permit.pk] = (permit.issuer, permit.number)
        elif permit.ended_on is None and permit.number == row.record["license_no"]:
            new[permit.institution_id].append(permit.pk)
    taken = _taken(former)
    others = {
        pk: "原来的许可证号已登记在另一家机构名下"
        for pk, row in rows.items()
        if taken & set(row.before[WAS]["permits"])
    }
    return others | _about(new, Permit)


def _taken(former: dict[int, tuple[str, str]]) -> set[int]:
    """The permits whose number is in force elsewhere by now."""
    numbers = {number for _, number in former.values()}
    held = Permit.objects.filter(number__in=numbers, ended_on__isnull=True).exclude(pk__in=former) if numbers else ()
    in_force = {(permit.issuer, permit.number) for permit in held}
    return {pk for pk, key in former.items() if key in in_force}


def _about(new: dict[int, list[int]], model: type[Site] | type[Permit]) -> dict[int, str]:
    """Institution -> why its one new site or permit cannot go."""
    used = referred_to(model, [pk for ids in new.values() for pk in ids])
    found = {owner: CHANGED_SINCE for owner, ids in new.items() if len(ids) != 1}
    for owner, ids in new.items():
        if labels := [used[pk] for pk in ids if pk in used]:
            found[owner] = f"的{model._meta.verbose_name}已有{labels[0]}引用"
    return found
