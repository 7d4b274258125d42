"""The register's part of a spreadsheet batch: set-based, inside the import's operation, which locks and records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.operation import authorize, operation
from foundation.imports.places import default_divisions
from foundation.imports.target import Row
from institutions import rules
from institutions.enums import Category, LegalType, LicenceStatus, Mode, PermitKind, SiteKind, Status
from institutions.matching import FIELD_OF, PLAIN, issuer_of
from institutions.models import FormerName, Institution, Permit, Site, StatusEvent

SLICE = 1000
REASON = "数据导入"
PERMIT_FIELD_OF = {"permit_kind": "kind", "issue_date": "valid_from", "valid_until": "valid_to", "issuer": "issuer"}
LEGAL_TYPES = {
    "12": LegalType.PUBLIC_INSTITUTION,
    "52": LegalType.NON_PROFIT,
    "91": LegalType.COMPANY,
    "92": LegalType.SOLE_TRADER,
}


@operation
def insert_imported(*, rows: list[Row], by: Actor, at: datetime) -> None:
    """New institutions with approved address, first status and permit, under the ids reserved for them.

    Raises NotAllowed when a row lies outside the actor's area. The batch's event is the trace.
    """
    authorize(by, rules.can_import, {row.record["jurisdiction"] for row in rows})
    whole = default_divisions(row.record["jurisdiction"] for row in rows)
    today = local_date(at)
    institutions, sites, events, permits = [], [], [], []
    for row in rows:
        institution = _new_institution(row, whole, at)
        since = min(date.fromisoformat(row.record["issue_date"]), today) if "issue_date" in row.record else today
        institutions.append(institution)
        sites.append(_main_site(institution, since))
        events.append(_status_event(institution, since, at))
        if "license_no" in row.record:
            permits.append(_permit(row, kind=_kind_for(institution.category), issuer=issuer_of(row.record)))
    Institution.objects.bulk_create(institutions, batch_size=SLICE)
    Site.objects.bulk_create(sites, batch_size=SLICE)
    StatusEvent.objects.bulk_create(events, batch_size=SLICE)
    Permit.objects.bulk_create(permits, batch_size=SLICE)


@operation
def update_imported(*, rows: list[Row], by: Actor, at: datetime) -> None:
    """Changed facts of known institutions, each with the history that a single change would leave.

    Raises NotAllowed when an institution lies, before or after, outside the actor's area.
    """
    whole = default_divisions(row.record["jurisdiction"] for row in rows)
    stored = Institution.objects.in_bulk([row.subject_id for row in rows])
    before = {institution.jurisdiction_id for institution in stored.values()}
    authorize(by, rules.can_import, before | {row.record["jurisdiction"] for row in rows})
    today = local_date(at)
    former, moved, events = [], [], []
    fields = {"changed_at"}
    for row in rows:
        institution = stored[row.subject_id]
        if "name" in row.before:
            former.append(FormerName(institution=institution, name=institution.name, until=today))
        fields |= _write_facts(institution, row, whole)
        institution.changed_at = at
        if row.before.keys() & {"address", "county", "town"}:
            moved.append(institution)
        if "status" in row.before:
            events.append(_status_event(institution, today, at))
    _write_permits(rows, stored, today, fields)
    Institution.objects.bulk_update(stored.values(), sorted(fields), batch_size=SLICE)
    FormerName.objects.bulk_create(former, batch_size=SLICE, ignore_conflicts=True)
    StatusEvent.objects.bulk_create(events, batch_size=SLICE)
    _move(moved, today)


def _new_institution(row: Row, whole: dict[int, int], at: datetime) -> Institution:
    record = row.record
    facts = {FIELD_OF.get(name, name): record[name] for name in PLAIN if name in record}
    return Institution(
        pk=row.subject_id,
        jurisdiction_id=record["jurisdiction"],
        division_id=record.get("division", whole[record["jurisdiction"]]),
        registered_at=at,
        changed_at=at,
        licence_status=LicenceStatus.COMPLETE if "license_no" in record else LicenceStatus.NO_PERMIT,
        **{
            "stages": record.get("stages", []),
            "mode": Mode.OFFLINE,
            "status": Status.NORMAL,
            "legal_type": LEGAL_TYPES.get(record["credit_code"][:2], LegalType.NONE),
            **facts,
        },
    )


def _write_facts(institution: Institution, row: Row, whole: dict[int, int]) -> set[str]:
    record = row.record
    written = set()
    for name in row.before.keys() & {*PLAIN, "stages"}:
        setattr(institution, FIELD_OF.get(name, name), record[name])
        written.add(FIELD_OF.get(name, name))
    if "county" in row.before:
        institution.jurisdiction_id = record["jurisdiction"]
        institution.division_id = record.get("division", whole[record["jurisdiction"]])
        written |= {"jurisdiction", "division"}
    elif "town" in row.before:
        institution.division_id = record["division"]
        written.add("division")
    return written


def _write_permits(rows: list[Row], stored: dict[int, Institution], today: date, fields: set[str]) -> None:
    """A new number is a new permit that ends the one of its kind; other facts are written to the permit itself."""
    ended, added, changed = [], [], []
    held: dict[int, list[Permit]] = {}
    for permit in Permit.objects.filter(institution__in=stored, ended_on__isnull=True).order_by("pk"):
        held.setdefault(permit.institution_id, []).append(permit)
    for row in rows:
        permits = held.get(row.subject_id, [])
        if "license_no" in row.before:
            last = permits[-1] if permits else None
            new = _permit(
                row,
                kind=last.kind if last else _kind_for(stored[row.subject_id].category),
                issuer=last.issuer if last else issuer_of(row.record),
            )
            added.append(new)
            for old in permits:
                if old.kind == new.kind:
                    old.ended_on = today
                    ended.append(old)
            stored[row.subject_id].licence_status = LicenceStatus.COMPLETE
            fields.add("licence_status")
        elif row.before.keys() & PERMIT_FIELD_OF.keys():
            permit = [each for each in permits if each.number == row.record["license_no"]][-1]
            for name in row.before.keys() & PERMIT_FIELD_OF.keys():
                setattr(permit, PERMIT_FIELD_OF[name], row.record[name])
            changed.append(permit)
    Permit.objects.bulk_update(ended, ["ended_on"], batch_size=SLICE)
    Permit.objects.bulk_update(changed, list(PERMIT_FIELD_OF.values()), batch_size=SLICE)
    Permit.objects.bulk_create(added, batch_size=SLICE)


def _move(moved: list[Institution], today: date) -> None:
    old = list(
        Site.objects.select_for_update(of=("self",)).filter(
            institution__in=moved, kind=SiteKind.MAIN, closed_on__isnull=True
        )
    )
    for site in old:
        site.closed_on = max(today, site.opened_on)
    Site.objects.bulk_update(old, ["closed_on"], batch_size=SLICE)
    Site.objects.bulk_create([_main_site(institution, today) for institution in moved], batch_size=SLICE)


def _main_site(institution: Institution, since: date) -> Site:
    return Site(
        institution_id=institution.pk,
        kind=SiteKind.MAIN,
        division_id=institution.division_id,
        address=institution.address,
        opened_on=since,
    )


def _status_event(institution: Institution, since: date, at: datetime) -> StatusEvent:
    return StatusEvent(
        institution_id=institution.pk,
        status=institution.status,
        category=institution.category,
        effective_on=since,
        recorded_at=at,
        reason=REASON,
    )


def _kind_for(category: str) -> str:
    return PermitKind.SCHOOL if category == Category.SUBJECT else PermitKind.NON_SUBJECT


def _permit(row: Row, *, kind: str, issuer: str) -> Permit:
    """The row's permit; ``kind`` and ``issuer`` stand in for what it leaves out."""
    record: dict[str, Any] = row.record
    return Permit(
        institution_id=row.subject_id,
        kind=record.get("permit_kind", kind),
        number=record["license_no"],
        issuer=record.get("issuer", issuer),
        valid_from=record.get("issue_date"),
        valid_to=record.get("valid_until"),
    )
