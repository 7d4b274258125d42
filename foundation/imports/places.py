"""Which bureau and which town a row belongs to: by name, by code in force or abolished, else by the address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from foundation.regions.enums import DivisionLevel, JurisdictionLevel
from foundation.regions.models import Division, Jurisdiction

_TOWN_TAIL = re.compile(r"(人民政府|街道办事处|办事处|街道办|街道|镇|乡)$")
_COUNTY_TAIL = re.compile(r"(区|县|市)$")


@dataclass(frozen=True)
class County:
    """A county-level jurisdiction with its place; a functional area without a code of its own has no place."""

    id: int
    code: str
    name: str
    division_id: int | None
    city_name: str


@dataclass(frozen=True)
class Town:
    """A town in force; ``name`` is the statistics bureau's, by which all are known."""

    id: int
    name: str


@dataclass(frozen=True)
class Found:
    county: County
    abolished: str = ""  # the name of the abolished unit that was written


class Places:
    """All counties, and the towns of those that may be imported; read once for a file."""

    def __init__(self, allowed: frozenset[int]) -> None:
        rows = Jurisdiction.objects.filter(level=JurisdictionLevel.COUNTY).select_related("parent", "division")
        self.counties = [
            County(row.pk, row.code, row.name, row.division_id, row.parent.name) for row in rows.order_by("code")
        ]
        self.by_id = {county.id: county for county in self.counties}
        self._by_word: dict[str, list[Found]] = defaultdict(list)
        by_division = {}
        for county in self.counties:
            by_division[county.division_id] = county
            short = _COUNTY_TAIL.sub("", county.name)
            for word in {
                county.code,
                county.name,
                county.city_name + county.name,
                *([short] if len(short) > 1 else []),
            }:
                self._by_word[word].append(Found(county))
        self._add_abolished(by_division)
        self._towns = self._read_towns([county for county in self.counties if county.id in allowed])

    def _add_abolished(self, by_division: dict[int | None, County]) -> None:
        gone = Division.objects.filter(level=DivisionLevel.COUNTY, valid_to__isnull=False)
        for division in gone.select_related("successor").order_by("code"):
            if county := by_division.get(division.successor_id):
                for word in {division.code, division.name}:
                    if not any(found.county.id == county.id for found in self._by_word[word]):
                        self._by_word[word].append(Found(county, division.name))

    def _read_towns(self, counties: list[County]) -> dict[int, dict[str, Town]]:
        owner = {county.division_id: county.id for county in counties if county.division_id}
        towns: dict[int, dict[str, Town]] = {county.id: {} for county in counties}
        rows = Division.objects.filter(level=DivisionLevel.TOWN, parent_id__in=owner, valid_to__isnull=True)
        for town in rows.order_by("code"):
            words = towns[owner[town.parent_id]]
            for name in filter(None, (town.name, town.legal_name)):
                words.setdefault(name, Town(town.pk, town.name))
            words.setdefault(town.code, Town(town.pk, town.name))
        return towns

    def county(self, word: str, *, near: int | None = None) -> Found | None:
        """The county that a name or code means; a name that several counties bear means the one of ``near``."""
        found = self._by_word.get(word.replace("福建省", ""), [])
        if len(found) > 1:
            found = [each for each in found if each.county.id == near]
        return found[0] if found else None

    def county_in(self, address: str) -> County | None:
        """The county at the beginning of an address, if one is written there in full."""
        rest = address.removeprefix("福建省").removeprefix("福建")
        for county in self.counties:
            if rest.startswith(county.city_name + county.name):
                return county
        names = [county for county in self.counties if rest.startswith(county.name)]
        return names[0] if len(names) == 1 else None

    def town(self, county: County, word: str) -> Town | None:
        """The town by its name, full or without its ending, or by its code."""
        towns = self._towns.get(county.id, {})
        if word in towns:
            return towns[word]
        bare = _TOWN_TAIL.sub("", word)
        return next((town for name, town in towns.items() if bare and _TOWN_TAIL.sub("", name) == bare), None)

    def town_in(self, county: County, address: str) -> Town | None:
        """The town whose full name stands in the address; the longest when several do."""
        named = [name for name in self._towns.get(county.id, {}) if not name.isdigit() and name in address]
        return self._towns[county.id][max(named, key=len)] if named else None


def default_divisions(ids: Iterable[int]) -> dict[int, int]:
    """Jurisdiction id -> the division that stands for all of it: its own, else (functional areas) its city's."""
    rows = Jurisdiction.objects.filter(pk__in=set(ids)).select_related("parent")
    return {row.pk: row.division_id or row.parent.division_id for row in rows}
