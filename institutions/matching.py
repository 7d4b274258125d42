"""Which institution a spreadsheet's row speaks of: by credit code, else permit number, else name and address.

Only an institution without a credit code is found by the weaker keys; look-alikes are never merged by an import.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from foundation.imports.placing import town_name
from foundation.imports.target import Existing, Ground, Row

from .enums import Stage
from .models import Institution, Permit

#: Columns of the sheet that are fields of the institution under another name.
FIELD_OF = {"subtype": "subcategory", "account": "account_tail"}
PLAIN = (
    "name",
    "credit_code",
    "category",
    "subtype",
    "mode",
    "legal_type",
    "legal_person",
    "phone",
    "public_phone",
    "address",
    "bank",
    "account",
    "status",
    "remark",
)


@dataclass(frozen=True)
class Match:
    institution: Institution
    permits: list[Permit]  # in force, oldest first

    def existing(self, row: Row) -> Existing:
        """The institution as the import compares it with this row."""
        record = self.record(row.record.get("license_no"))
        return Existing(self.institution.pk, self.institution.jurisdiction_id, record)

    def record(self, number: str | None) -> dict[str, Any]:
        """The institution in the sheet's terms; of several permits the one of this number, else the newest."""
        institution = self.institution
        record: dict[str, Any] = {name: getattr(institution, FIELD_OF.get(name, name)) or None for name in PLAIN}
        record["stages"] = [stage for stage in Stage.values if stage in institution.stages] or None
        record["county"] = institution.jurisdiction.name
        record["town"] = town_name(institution.division)
        permit = self.permit(number)
        if permit is not None:
            record |= {
                "license_no": permit.number,
                "permit_kind": permit.kind,
                "issue_date": permit.valid_from.isoformat() if permit.valid_from else None,
                "valid_until": permit.valid_to.isoformat() if permit.valid_to else None,
                "issuer": permit.issuer,
            }
        return record

    def permit(self, number: str | None) -> Permit | None:
        named = [permit for permit in self.permits if permit.number == number]
        return (named or self.permits or [None])[-1]


def find_matches(rows: list[Row], ground: Ground, *, lock: bool) -> dict[int, Match]:
    """The institution of each row by position. A credit code is looked for everywhere, so that no bureau takes over
    another's institution unseen; the weaker keys only in the bureau's own area."""
    by_code = {row.record["credit_code"]: position for position, row in enumerate(rows)}
    ids = {
        by_code[code]: pk for pk, code in _unmerged().filter(credit_code__in=by_code).values_list("pk", "credit_code")
    }
    _add_by_permit(rows, ground, ids)
    _add_by_name(rows, ground, ids)
    wanted = Institution.objects.filter(pk__in=set(ids.values())).select_related("jurisdiction", "division__parent")
    if lock:
        wanted = wanted.select_for_update(no_key=True, of=("self",))
    stored = {match.institution.pk: match for match in _with_permits(wanted)}
    return {position: stored[pk] for position, pk in ids.items() if pk in stored}


def sheet_records(institutions: QuerySet[Institution]) -> list[dict[str, Any]]:
    """The institutions in the sheet's terms, as an import would compare them; two queries in all."""
    rows = institutions.select_related("jurisdiction", "division__parent")
    return [match.record(None) for match in _with_permits(rows)]


def _with_permits(institutions: QuerySet[Institution]) -> list[Match]:
    stored = list(institutions.order_by("pk"))
    permits: dict[int, list[Permit]] = defaultdict(list)
    held = Permit.objects.filter(institution__in=[row.pk for row in stored], ended_on__isnull=True)
    for permit in held.order_by("pk"):
        permits[permit.institution_id].append(permit)
    return [Match(institution, permits[institution.pk]) for institution in stored]


def _unmerged() -> QuerySet[Institution]:
    return Institution.objects.filter(merged_into__isnull=True)


def _add_by_permit(rows: list[Row], ground: Ground, ids: dict[int, int]) -> None:
    numbers = {
        row.record["license_no"]: at for at, row in enumerate(rows) if at not in ids and "license_no" in row.record
    }
    held = Permit.objects.filter(
        number__in=numbers,
        ended_on__isnull=True,
        institution__in=_unmerged().filter(credit_code__isnull=True, jurisdiction__in=ground.allowed),
    )
    for number, pk in held.order_by("pk").values_list("number", "institution_id"):
        ids.setdefault(numbers[number], pk)


def _add_by_name(rows: list[Row], ground: Ground, ids: dict[int, int]) -> None:
    places = {
        (row.record["name"], row.record["address"]): at
        for at, row in enumerate(rows)
        if at not in ids and "address" in row.record
    }
    nameless = _unmerged().filter(
        credit_code__isnull=True, jurisdiction__in=ground.allowed, name__in={name for name, _ in places}
    )
    for pk, name, address in nameless.order_by("pk").values_list("pk", "name", "address"):
        if (name, address) in places:
            ids.setdefault(places[name, address], pk)


def issuer_of(record: dict[str, Any]) -> str:
    """Who issued the row's permit: as written, else the county's education bureau."""
    return record.get("issuer") or f"{record['county']}教育局"


def number_holders(rows: list[Row]) -> dict[tuple[str, str], int]:
    """(issuer, number) -> the institution that holds this permit now, for all numbers of the rows."""
    numbers = {row.record["license_no"] for row in rows if "license_no" in row.record}
    held = Permit.objects.filter(number__in=numbers, ended_on__isnull=True)
    return {(issuer, number): pk for issuer, number, pk in held.values_list("issuer", "number", "institution_id")}
