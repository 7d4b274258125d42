"""Finding the county or town that a spreadsheet or an address means, by old and new codes and names.

Old spreadsheets carry codes and names of counties that were abolished; both lead to the successor. Town names come in
two systems, the statistics bureau's and the legal one; either is accepted, and the county decides between namesakes.
Nine-digit codes are never compared across the systems: 92 of them mean different towns.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from foundation.core import clock

from .enums import DivisionLevel
from .models import Division

COUNTY_SUFFIXES = ("区", "县", "市")
COUNTY_CODE = re.compile(r"(\d{6})(?:0{3}|0{6})?")


@dataclass(frozen=True)
class FoundCounty:
    """The county in force, and the abolished unit that the text named, if it named one."""

    division: Division
    abolished: Division | None = None

    @property
    def note(self) -> str:
        """A sentence for the person who entered the old code or name; empty when there is nothing to say."""
        if self.abolished is None:
            return ""
        old, new = self.abolished, self.division
        return f"{old.code} {old.name}已于{old.valid_to}撤销，按{new.code} {new.name}处理。"


def normalized(text: object) -> str:
    """Half-width, without any blanks."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def find_county(text_or_code: object, on: date | None = None) -> FoundCounty | None:
    """The county of Fujian that a code or name means on a day (today), or None when nothing or several fit.

    Takes 6-digit codes (also with 3 or 6 zeros behind), full names, names without 区/县/市, and either after the name
    of the province and city. An abolished unit leads to its successor unless it was still in force on the day.
    """
    return CountyFinder().find(text_or_code, on)


def division_in_address(address: str, county: Division) -> Division | None:
    """The town or street of ``county`` that an address names, by its statistical or legal name, or None.

    The longest name wins, then the one named first; between namesakes in the two systems the legal name decides.
    """
    return TownFinder().find(address, county)


class CountyFinder:
    """``find_county`` for many rows: reads the counties once."""

    def __init__(self) -> None:
        counties = Division.objects.filter(level=DivisionLevel.COUNTY).select_related("successor")
        uppers = Division.objects.filter(level__in=[DivisionLevel.PROVINCE, DivisionLevel.CITY]).order_by("code")
        self._by_code = {county.code: county for county in counties}
        self._by_name: dict[str, list[Division]] = defaultdict(list)
        for county in self._by_code.values():
            for name in _names(county):
                self._by_name[name].append(county)
        self._uppers = [name for upper in uppers for name in (upper.name, upper.name[:-1])]

    def find(self, text_or_code: object, on: date | None = None) -> FoundCounty | None:
        text = normalized(text_or_code)
        on = on or clock.today()
        if code := COUNTY_CODE.fullmatch(text):
            county = self._by_code.get(code[1])
            return _resolved(county, on) if county else None
        for name in self._without_upper_names(text):
            if found := self._by_name.get(name):
                return _one(found, on)
        return None

    def _without_upper_names(self, text: str) -> list[str]:
        """The text itself, then what is left behind the province's and city's name."""
        left = [text]
        for upper in self._uppers:
            left.extend(rest.removeprefix(upper) for rest in list(left) if rest.startswith(upper) and rest != upper)
        return left


class TownFinder:
    """``division_in_address`` for many rows: reads the towns of each county once."""

    def __init__(self) -> None:
        self._towns: dict[int, list[Division]] = {}

    def find(self, address: str, county: Division) -> Division | None:
        text = normalized(address)
        hits = []
        for town in self._of(county):
            for name, is_statistical in ((town.legal_name, False), (town.name, True)):
                if name and (place := text.find(normalized(name))) >= 0:
                    hits.append((-len(name), place, is_statistical, town.code, town))
        return min(hits, key=lambda hit: hit[:-1])[-1] if hits else None

    def _of(self, county: Division) -> list[Division]:
        if county.pk not in self._towns:
            towns = Division.objects.filter(parent=county, level=DivisionLevel.TOWN, valid_to__isnull=True)
            self._towns[county.pk] = list(towns.order_by("code"))
        return self._towns[county.pk]


def _names(county: Division) -> list[str]:
    """The full name and, unless one character is left, the name without 区/县/市."""
    short = county.name[:-1] if county.name.endswith(COUNTY_SUFFIXES) else county.name
    return [county.name] if short == county.name or len(short) < 2 else [county.name, short]


def _one(found: list[Division], on: date) -> FoundCounty | None:
    """Of several units of one name: the one in force, an old one before its successor, else what they became."""
    answers = [_resolved(county, on) for county in found]
    in_force = [answer for answer in answers if answer.abolished is None]
    heirs = {answer.division.successor_id for answer in in_force}
    chosen = [answer for answer in in_force if answer.division.pk not in heirs] or answers
    return chosen[0] if len({answer.division.pk for answer in chosen}) == 1 else None


def _resolved(county: Division, on: date) -> FoundCounty:
    if county.valid_to is None or on <= county.valid_to:
        return FoundCounty(county)
    successor = county.successor
    while successor.successor_id is not None:
        successor = successor.successor
    return FoundCounty(successor, abolished=county)
