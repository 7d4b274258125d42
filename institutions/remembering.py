"""What an undo has to know beyond the sheet's columns: which places, permits and names there were before a change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from foundation.imports.target import Row

from .enums import SiteKind
from .models import FormerName, Institution, Permit, Site

WAS = "was"  # the key in a row's ``before``
PLACE = frozenset({"address", "county", "town"})
PERMIT = frozenset({"permit_kind", "issue_date", "valid_until", "issuer"})


def remember(rows: Iterable[Row]) -> None:
    """Write ids into ``before`` of changed rows: of the main address that closes (``site``), of the permits that were
    open (``permits``) or of the one that changes (``permit``), of former names that equal the present one (``names``);
    and the licence status."""
    _remember_sites([row for row in rows if row.before.keys() & PLACE])
    _remember_permits([row for row in rows if row.before.keys() & {"license_no", *PERMIT}])
    _remember_names([row for row in rows if "name" in row.before])


def _was(row: Row) -> dict[str, Any]:
    return row.before.setdefault(WAS, {})


def _remember_sites(rows: list[Row]) -> None:
    if not rows:
        return
    main = Site.objects.filter(
        institution__in={row.subject_id for row in rows}, kind=SiteKind.MAIN, closed_on__isnull=True
    )
    ids = dict(main.values_list("institution_id", "pk"))
    for row in rows:
        _was(row)["site"] = ids.get(row.subject_id)


def _remember_permits(rows: list[Row]) -> None:
    if not rows:
        return
    ids = {row.subject_id for row in rows}
    licence_status = dict(Institution.objects.filter(pk__in=ids).values_list("pk", "licence_status"))
    held: dict[int, list[tuple[int, str]]] = defaultdict(list)
    open_permits = Permit.objects.filter(institution__in=ids, ended_on__isnull=True).order_by("pk")
    for owner, pk, number in open_permits.values_list("institution_id", "pk", "number"):
        held[owner].append((pk, number))
    for row in rows:
        permits = held[row.subject_id]
        if "license_no" in row.before:
            _was(row)["permits"] = [pk for pk, _ in permits]
            _was(row)["licence_status"] = licence_status[row.subject_id]
        else:
            number = row.record.get("license_no")
            _was(row)["permit"] = next(pk for pk, held_number in reversed(permits) if held_number == number)


def _remember_names(rows: list[Row]) -> None:
    if not rows:
        return
    borne: dict[tuple[int, str], list[int]] = defaultdict(list)
    names = FormerName.objects.filter(institution__in={row.subject_id for row in rows}).order_by("pk")
    for owner, pk, name in names.values_list("institution_id", "pk", "name"):
        borne[owner, name].append(pk)
    for row in rows:
        _was(row)["names"] = borne[row.subject_id, row.before["name"]]
