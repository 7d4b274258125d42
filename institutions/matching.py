"""Which institution a spreadsheet's row speaks of: by credit code, else permit number, else name and address.

Only an institution without a credit code is found by the weaker keys; look-alikes are never merged by an import.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from foundation.core.locking import hold_all
from foundation.imports.target import Existing, Ground, Row
from foundation.regions.models import Division

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
#: Columns of the sheet that belong to the permit, and its fields.
PERMIT_FIELD_OF = {
    "license_no": "number",
    "permit_kind": "kind",
    "issue_date": "valid_from",
    "valid_until": "valid_to",
    "issuer": "issuer",
}
STAGES = tuple(Stage.values)
_NO_PERMIT = dict.fromkeys(PERMIT_FIELD_OF)
_STORED = (
    "pk",
    "jurisdiction_id",
    "jurisdiction__name",
    "division_id",
    "withdrawn_at",
    "stages",
    *(FIELD_OF.get(name, name) for name in PLAIN),
)
_HELD = tuple(f"held__{field}" for field in PERMIT_FIELD_OF.values())


@dataclass(slots=True)
class Match:
    """An institution and its permits in force, oldest first, each in the sheet's terms."""

    id: int
    jurisdiction_id: int
    division_id: int
    withdrawn: bool
    facts: dict[str, Any]
    permits: list[dict[str, Any]]

    def existing(self, row: Row) -> Existing:
        """The institution as the import compares it with this row."""
        places = {"jurisdiction": self.jurisdiction_id, "division": self.division_id}
        return Existing(
            self.id, self.jurisdiction_id, self.record(row.record.get("license_no")), self.withdrawn, places
        )

    def holds(self, row: Row) -> bool:
        """Whether the institution's newest permit is the row's."""
        if not self.permits:
            return "license_no" not in row.record
        newest, record = self.permits[-1], row.record
        return (
            newest["license_no"] == record.get("license_no")
            and record.get("issuer", newest["issuer"]) == newest["issuer"]
        )

    def record(self, number: str | None) -> dict[str, Any]:
        """The institution in the sheet's terms; of several permits the one of this number, else the newest."""
        named = [permit for permit in self.permits if permit["license_no"] == number]
        return self.facts | (named or self.permits or [_NO_PERMIT])[-1]


def find_matches(rows: list[Row], ground: Ground, *, lock: bool) -> dict[int, Match]:
    """The institution of each row by position. A credit code is looked for everywhere, so that no bureau takes over
    another's institution unseen; the weaker keys, and what was taken back, only in the bureau's own area."""
    by_code: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        by_code[row.record["credit_code"]].append(position)
    coded = _unmerged().filter(credit_code__any_of=by_code)
    if lock:
        hold_all(Institution, coded.values_list("pk", flat=True))
    found: dict[int, Match] = {}
    for match in sorted(matches(coded), key=attrgetter("withdrawn"), reverse=True):  # one that stands comes last, wins
        if match.withdrawn and match.jurisdiction_id not in ground.allowed:
            continue
        found |= dict.fromkeys(by_code[match.facts["credit_code"]], match)
    if len(found) < len(rows):
        _add_without_code(rows, ground, found, lock=lock)
    return found


def _add_without_code(rows: list[Row], ground: Ground, found: dict[int, Match], *, lock: bool) -> None:
    among = _unmerged().filter(credit_code__isnull=True, withdrawn_at__isnull=True, jurisdiction__in=ground.allowed)
    if not among.exists():
        return
    ids: dict[int, int] = {}
    rest = {position: row for position, row in enumerate(rows) if position not in found}
    _add_by_permit(rest, among, ids)
    _add_by_name({position: row for position, row in rest.items() if position not in ids}, among, ids)
    if lock:
        hold_all(Institution, set(ids.values()))
    stored = {match.id: match for match in matches(Institution.objects.filter(pk__in=ids.values()))}
    found |= {position: stored[pk] for position, pk in ids.items()}


def sheet_records(institutions: QuerySet[Institution]) -> list[dict[str, Any]]:
    """The institutions in the sheet's terms, as an import would compare them; two queries in all."""
    return [match.record(None) for match in matches(institutions)]


def matches(institutions: QuerySet[Institution]) -> list[Match]:
    """Institutions in the sheet's terms, by id; one query, with a line for each permit in force."""
    in_force = FilteredRelation("permits", condition=Q(permits__ended_on__isnull=True))
    lines = list(institutions.annotate(held=in_force).order_by("pk", "held__pk").values_list(*_STORED, *_HELD))
    towns = _town_names({line[3] for line in lines})
    found: list[Match] = []
    for pk, jurisdiction_id, county, division_id, withdrawn_at, stages, *rest in lines:
        permit = _permit(*rest[len(PLAIN) :])
        if found and found[-1].id == pk:
            found[-1].permits.append(permit)
            continue
        facts = {name: value or None for name, value in zip(PLAIN, rest, strict=False)}
        facts["stages"] = tuple(stage for stage in STAGES if stage in stages) if stages else None
        facts["county"], facts["town"] = county, towns[division_id]
        permits = [permit] if permit["license_no"] is not None else []
        found.append(Match(pk, jurisdiction_id, division_id, withdrawn_at is not None, facts, permits))
    return found


def _permit(number: str | None, kind: str, since: date | None, until: date | None, issuer: str) -> dict[str, Any]:
    return {
        "license_no": number,
        "permit_kind": kind,
        "issue_date": since.isoformat() if since else None,
        "valid_until": until.isoformat() if until else None,
        "issuer": issuer,
    }


def _town_names(divisions: Iterable[int]) -> dict[int, str | None]:
    """Place -> the name of the town that it is or lies in; None for a whole county."""
    rows = Division.objects.filter(pk__in=divisions).values_list("pk", "level", "name", "parent__name")
    return {pk: {"town": name, "village": parent}.get(level) for pk, level, name, parent in rows}


def _unmerged() -> QuerySet[Institution]:
    return Institution.objects.filter(merged_into__isnull=True)


def _add_by_permit(rows: Mapping[int, Row], among: QuerySet[Institution], ids: dict[int, int]) -> None:
    """A number means something with its authority only: two counties may have given out the same."""
    permits = {
        (issuer_of(row.record), row.record["license_no"]): at for at, row in rows.items() if "license_no" in row.record
    }
    held = Permit.objects.filter(
        number__in={number for _, number in permits}, ended_on__isnull=True, institution__in=among
    )
    for issuer, number, pk in held.order_by("pk").values_list("issuer", "number", "institution_id"):
        if (issuer, number) in permits:
            ids.setdefault(permits[issuer, number], pk)


def _add_by_name(rows: Mapping[int, Row], among: QuerySet[Institution], ids: dict[int, int]) -> None:
    """Rows of one name and address with several codes all find it: the check then refuses to choose."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, row in rows.items():
        if "address" in row.record:
            places[row.record["name"], row.record["address"]].append(at)
    named = among.filter(name__in={name for name, _ in places})
    for pk, name, address in named.order_by("pk").values_list("pk", "name", "address"):
        for at in places.get((name, address), ()):
            ids.setdefault(at, pk)


def issuer_of(record: dict[str, Any]) -> str:
    """Who issued the row's permit: as written, else the county's education bureau."""
    return record.get("issuer") or f"{record['county']}教育局"


def number_holders(rows: Iterable[Row]) -> dict[tuple[str, str], int]:
    """(issuer, number) -> the institution that holds this permit now, for all numbers of the rows."""
    numbers = {row.record["license_no"] for row in rows if "license_no" in row.record}
    if not numbers:
        return {}
    held = Permit.objects.filter(number__any_of=numbers, ended_on__isnull=True)
    return {(issuer, number): pk for issuer, number, pk in held.values_list("issuer", "number", "institution_id")}
