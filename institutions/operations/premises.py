"""Permits and places of an institution."""

from __future__ import annotations

from datetime import date, datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import IllegalTransition
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions.models import Division
from institutions import events, rules, search
from institutions.enums import SiteKind
from institutions.models import Institution, Permit, Site


@operation
def add_permit(
    *,
    institution: Institution,
    kind: str,
    number: str,
    issuer: str,
    by: Actor,
    at: datetime,
    scope: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Permit:
    """Enter one more permit. Raises NotAllowed, InvalidInput (number taken at that issuer, dates reversed)."""
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_edit, row)
    permit = insert(
        Permit(
            institution=row,
            kind=kind,
            number=number.strip(),
            issuer=issuer.strip(),
            scope=scope,
            valid_from=valid_from,
            valid_to=valid_to,
        )
    )
    changes = {"permit": [None, str(permit)], "valid_to": [None, valid_to]}
    record(events.PERMIT_ADDED, subject=row, by=by, at=at, changes=changes)
    search.refresh([row.pk])
    return permit


@operation
def end_permit(*, permit: Permit, ended_on: date, reason: str, by: Actor, at: datetime) -> Permit:
    """End a permit before its time. Raises NotAllowed, IllegalTransition (ended before)."""
    row = lock(Institution, permit.institution_id)
    permit = lock(Permit, permit.pk)
    authorize(by, rules.can_edit, row)
    if permit.ended_on is not None:
        raise IllegalTransition(f"该许可已于{permit.ended_on}终止。")
    permit.ended_on = ended_on
    changes = {"permit": [str(permit), str(permit)], **update(permit, "ended_on")}
    record(events.PERMIT_ENDED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return permit


@operation
def open_campus(
    *,
    institution: Institution,
    name: str,
    division: Division,
    address: str,
    opened_on: date,
    by: Actor,
    at: datetime,
    area_m2: int | None = None,
    fire_approved_on: date | None = None,
) -> Site:
    """Enter a campus. It may lie in another county of the same city; the approved address stays the main one."""
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_edit, row)
    site = insert(
        Site(
            institution=row,
            kind=SiteKind.CAMPUS,
            name=name,
            division=division,
            address=address,
            opened_on=opened_on,
            area_m2=area_m2,
            fire_approved_on=fire_approved_on,
        )
    )
    record(events.SITE_OPENED, subject=row, by=by, at=at, changes={"site": [None, f"{name} {address}"]})
    search.refresh([row.pk])
    return site


@operation
def close_campus(*, site: Site, closed_on: date, reason: str, by: Actor, at: datetime) -> Site:
    """Close a campus. Raises NotAllowed, IllegalTransition (closed before, or the approved address itself)."""
    row = lock(Institution, site.institution_id)
    site = lock(Site, site.pk)
    authorize(by, rules.can_edit, row)
    if site.closed_on is not None:
        raise IllegalTransition(f"该场所已于{site.closed_on}停用。")
    if site.kind == SiteKind.MAIN:
        raise IllegalTransition("核准办学地址不能停用，请在“变更信息”中填写新地址。")
    site.closed_on = closed_on
    changes = {"site": [str(site), str(site)], **update(site, "closed_on")}
    record(events.SITE_CLOSED, subject=row, by=by, at=at, changes=changes, reason=reason)
    search.refresh([row.pk])
    return site
