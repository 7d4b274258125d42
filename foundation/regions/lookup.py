"""Finding the county or town that a spreadsheet or an address means, by old and new codes and names.

Old spreadsheets carry codes and names of counties that were abolished; both lead to the successor. Town names come in
two systems, the statistics bureau's and the legal one; either is accepted, and the county decides between namesakes.
Nine-digit codes are never compared across the systems: 92 of them mean different towns.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from foundation.core import clock

from .enums import DivisionLevel
from .models import Division

COUNTY_SUFFIXES = ("区", "县", "市")
#: Also the code of a town or community: at county level the two systems agree.
COUNTY_CODE = re.compile(r"(\d{6})(?:\d{3}|\d{6})?", re.ASCII)
#: With a postal code (361021) or that of the county.
_LEAD = re.compile(r"(?:(?:办学|经营|详细)?地址[:：]?|位于|中国|福建省?|3[5-6]\d{4}(?!\d))*", re.ASCII)
#: The provinces and their like, written in full (上海市场 is none).
_PROVINCES = re.compile(
    "(?:(?:北京|上海|天津|重庆)市|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|江西|山东|河南|湖北|湖南|广东|海南|四川"
    "|贵州|云南|陕西|甘肃|青海|台湾)省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|(?:香港|澳门)特别行政区)(?!场)"
)
_TOWN_TAIL = re.compile("(?:街道办事处|人民政府|办事处|街道办|街道|民族乡|镇|乡)+$")


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

    Takes 6-digit codes (also those of towns and communities, with 3 or 6 digits more), full names, names without
    区/县/市, and either after the name of the province and city. An abolished unit leads to its successor unless it was
    still in force on the day.
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
        counties = Division.objects.filter(level=DivisionLevel.COUNTY).select_related("successor", "parent")
        uppers = Division.objects.filter(level__in=[DivisionLevel.PROVINCE, DivisionLevel.CITY]).order_by("code")
        self._by_code = {county.code: county for county in counties}
        self._by_name: dict[str, list[Division]] = defaultdict(list)
        self._by_full_name: dict[str, list[Division]] = defaultdict(list)
        for county in self._by_code.values():
            self._by_full_name[county.name].append(county)
            for name in _names(county):
                self._by_name[name].append(county)
        self._uppers = [name for upper in uppers for name in (upper.name, upper.name[:-1])]
        cities = [upper.name for upper in uppers if upper.level == DivisionLevel.CITY]
        self._cities = {name: city for city in cities for name in (city, city[:-1])}

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

    def is_upper(self, text: str) -> bool:
        """Whether the text names nothing but the province or a city."""
        return normalized(text).removeprefix("福建省") in {"", *self._uppers}

    def heads(self, on: date) -> Iterator[tuple[str, str, FoundCounty]]:
        """(city, full name, county) of all that an address may begin with, the city also left out."""
        for name, counties in self._by_full_name.items():
            for city in {"", *(county.parent.name for county in counties)}:
                if found := _one([county for county in counties if city in ("", county.parent.name)], on):
                    yield city, name, found

    def behind_city(self, address: str) -> tuple[int, str]:
        """Where the text behind province and city begins, and the city's name if one is written."""
        if city := self._cities.get(address[:3]):
            return 3, city
        start = _LEAD.match(address).end()
        for length in (3, 2):
            if city := self._cities.get(address[start : start + length]):
                return start + length, city
        return start, ""

    def upper_in(self, address: str) -> str | None:
        """The city of Fujian or the other province that an address begins with, written in full; else None."""
        start = _LEAD.match(address).end()
        city = address[start : start + 3]
        if self._cities.get(city) == city and address[start + 3 : start + 4] != "场":
            return city
        province = _PROVINCES.match(address, start)
        return province[0] if province else None

    def _without_upper_names(self, text: str) -> list[str]:
        """The text itself, then what is left behind the province's and city's name."""
        left = [text]
        for upper in self._uppers:
            left.extend(rest.removeprefix(upper) for rest in list(left) if rest.startswith(upper) and rest != upper)
        return left


class TownIndex:
    """Some towns by their names, statistical and legal, and by their codes. Between namesakes the legal name decides;
    a code or a name without its ending that means several towns means none."""

    def __init__(self, towns: Iterable[Division]) -> None:
        ordered = sorted(towns, key=lambda town: town.code)
        self._by_name: dict[str, Division] = {}
        for name, town in [(t.legal_name, t) for t in ordered if t.legal_name] + [(t.name, t) for t in ordered]:
            self._by_name.setdefault(normalized(name), town)
        self._by_word = _unambiguous((_TOWN_TAIL.sub("", name), town) for name, town in self._by_name.items())
        self._by_word |= _unambiguous((code, town) for town in ordered for code in (town.code, town.legal_code) if code)
        self._by_word |= self._by_name
        names = sorted(self._by_name, key=len, reverse=True)
        self._lengths = sorted({len(name) for name in names}, reverse=True)
        self._in_text = re.compile("|".join(map(re.escape, names))) if names else re.compile("(?!)")

    def named(self, word: str) -> Division | None:
        """The town by its name, full or without its ending, or by its code; also behind the county's name."""
        if town := self._by_word.get(word):
            return town
        text = normalized(word)
        return self._by_word.get(text) or self._by_word.get(_TOWN_TAIL.sub("", text)) or self.in_address(text)

    def at_beginning(self, address: str) -> Division | None:
        """The town with whose full name the address begins; the longest."""
        return next((self._by_name[address[:n]] for n in self._lengths if address[:n] in self._by_name), None)

    def in_address(self, address: str) -> Division | None:
        """The town whose full name stands in the address: the longest, of equally long ones the first."""
        found = self._in_text.findall(address)
        return self._by_name[max(found, key=len)] if found else None


class TownFinder:
    """``division_in_address`` for many rows: reads the towns of each county once."""

    def __init__(self) -> None:
        self._towns: dict[int, TownIndex] = {}

    def find(self, address: str, county: Division) -> Division | None:
        if county.pk not in self._towns:
            towns = Division.objects.filter(parent=county, level=DivisionLevel.TOWN, valid_to__isnull=True)
            self._towns[county.pk] = TownIndex(towns)
        return self._towns[county.pk].in_address(normalized(address))


def _unambiguous(words: Iterable[tuple[str, Division]]) -> dict[str, Division]:
    meant: dict[str, dict[int, Division]] = defaultdict(dict)
    for word, town in words:
        meant[word][town.pk] = town
    return {word: next(iter(towns.values())) for word, towns in meant.items() if word and len(towns) == 1}


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
