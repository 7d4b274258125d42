"""Which bureau and which town a row belongs to: by name, by code in force or abolished, else by the address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from foundation.core import clock
from foundation.regions.enums import DivisionLevel, JurisdictionLevel
from foundation.regions.lookup import CountyFinder, FoundCounty, TownIndex, normalized
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.reference import other_names

_BUREAU = re.compile(
    "(?:教育行政部门|教育和体育局|教育体育局|教体局|教育局|社会事业局|社会事业发展局|人民政府|管委会|管理委员会)$"
)


@dataclass(frozen=True, eq=False)
class County:
    """A lowest bureau with its place; a functional area without a code of its own has no place."""

    id: int
    code: str
    name: str
    division_id: int | None
    city_name: str

    def overlaps(self, other: County) -> bool:
        """The same one, or a functional area and a county that it may lie in: the towns belong to both."""
        return self is other or (self.city_name == other.city_name and None in (self.division_id, other.division_id))


@dataclass(frozen=True)
class Found:
    """``note`` says so when an abolished unit was written."""

    county: County
    note: str = ""


class Places:
    """All counties, and the towns of those that may be imported; read once for a file. Words are looked up once."""

    def __init__(self, allowed: frozenset[int]) -> None:
        lowest = Q(level=JurisdictionLevel.COUNTY) | Q(division__level=DivisionLevel.COUNTY)  # 平潭: a city without
        rows = Jurisdiction.objects.filter(lowest).select_related("parent", "division__parent")
        self.by_id: dict[int, County] = {}
        self._by_division: dict[int, County] = {}
        self._areas: dict[str, County] = {}
        for row in rows.order_by("code"):
            city = row.division.parent.name if row.division else row.parent.name
            county = County(row.pk, row.code, row.name, row.division_id, city)
            self.by_id[row.pk] = county
            if row.division:
                self._by_division[row.division_id] = county
            if row.division is None or row.division.name != row.name:
                self._areas |= dict.fromkeys((row.code, row.name, *other_names().get(row.code, ())), county)
        self._finder = CountyFinder()
        own = [self.by_id[pk] for pk in allowed if pk in self.by_id]
        self._own_cities = {county.city_name for county in own}
        self._own_names = self._own_cities | {county.name for county in own}
        self._heads = self._read_heads()
        self._lengths = {
            city: sorted({len(name) for name in heads}, reverse=True) for city, heads in self._heads.items()
        }
        self._words: dict[str, Found | None] = {}
        self._towns = self._read_towns(own)

    def _read_heads(self) -> dict[str, dict[str, Found]]:
        """City as written ("" when it is not) -> what an address may name behind it -> the county."""
        heads: dict[str, dict[str, Found]] = defaultdict(dict)
        for city, name, found in self._finder.heads(clock.today()):
            if resolved := self._resolved(found):
                heads[city][name] = resolved
        for name, area in self._areas.items():
            heads[""][name] = heads[area.city_name][name] = Found(area)
            heads[area.city_name][name.removeprefix(area.city_name[:-1])] = Found(area)
        return heads

    def _read_towns(self, counties: list[County]) -> dict[int, TownIndex]:
        """A functional area's towns are counted to the counties of its city: it may name any of them."""
        cities = {county.city_name for county in counties if county.division_id is None}
        own = [county.division_id for county in counties if county.division_id]
        within = Q(parent__in=own) | Q(parent__parent__name__in=cities, parent__level=DivisionLevel.COUNTY)
        rows = Division.objects.filter(within, level=DivisionLevel.TOWN, valid_to__isnull=True)
        towns: dict[object, list[Division]] = defaultdict(list)
        for town in rows.select_related("parent__parent").order_by("code"):
            towns[town.parent_id].append(town)
            towns[town.parent.parent.name].append(town)
        return {county.id: TownIndex(towns[county.division_id or county.city_name]) for county in counties}

    def county(self, word: str) -> Found | None:
        """The county that a name or code means."""
        try:
            return self._words[word]
        except KeyError:
            return self._words.setdefault(word, self._find(word))

    def _find(self, word: str) -> Found | None:
        """A full name first: 沙县 is the abolished county before it is short for 沙县区."""
        text = _BUREAU.sub("", normalized(word)) or word
        start, city = self._finder.behind_city(text)
        return self._heads[city].get(text[start:]) or self._resolved(self._finder.find(text))

    def _resolved(self, found: FoundCounty | None) -> Found | None:
        county = self._by_division.get(found.division.pk) if found else None
        return Found(county, found.note) if county else None

    def is_upper(self, word: str) -> bool:
        """Whether only a city or the province is written."""
        return self._finder.is_upper(word)

    def like(self, word: str) -> County | None:
        """The one importable county whose name differs from a word by one character: 思名区 -> 思明区."""
        text = normalized(word)
        near = [
            county
            for county in map(self.by_id.__getitem__, self._towns)
            if len(county.name) == len(text) > 2 and sum(a != b for a, b in zip(county.name, text, strict=True)) == 1
        ]
        return near[0] if len(near) == 1 else None

    def county_in(self, address: str) -> Found | None:
        """The county at the beginning of an address, if one is written there in full."""
        start, city = self._finder.behind_city(address)
        heads = self._heads[city]
        for length in self._lengths[city]:
            if found := heads.get(address[start : start + length]):
                return found
        return None

    def county_by_town(self, address: str) -> County | None:
        """The one importable county whose town an address begins with, its own short name before it or not."""
        start, _ = self._finder.behind_city(address)
        rest, found = address[start:], []
        for pk, towns in self._towns.items():
            county = self.by_id[pk]
            short = county.name[:-1]
            if len(short) > 1 and rest.startswith(short) and towns.at_beginning(rest[len(short) :]):
                return county
            if towns.at_beginning(rest):
                found.append(county)
        return found[0] if len(found) == 1 else None

    def elsewhere(self, address: str) -> str | None:
        """Another city or province that an address begins with, unless it goes on to name a place of the bureau's."""
        upper = self._finder.upper_in(address)
        if upper is None or any(name in address for name in self._own_names):
            return None
        return upper

    def town(self, county: County, word: str) -> Division | None:
        """The town of an importable county by its name, full or without its ending, or by its code."""
        towns = self._towns.get(county.id)
        return towns.named(word) if towns else None

    def town_in(self, county: County, address: str) -> Division | None:
        """The town of an importable county whose full name stands in the address."""
        towns = self._towns.get(county.id)
        return towns.in_address(address) if towns else None

    def counties_with(self, town: str) -> list[County]:
        """The importable counties that have a town of this name."""
        return [self.by_id[pk] for pk, towns in self._towns.items() if towns.named(town)]


def default_divisions(ids: Iterable[int]) -> dict[int, int]:
    """Jurisdiction id -> the division that stands for all of it: its own, else (functional areas) its city's."""
    rows = Jurisdiction.objects.filter(pk__in=set(ids)).select_related("parent")
    return {row.pk: row.division_id or row.parent.division_id for row in rows}
