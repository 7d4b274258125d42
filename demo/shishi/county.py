"""石狮's people and places while its case is replayed: who acts, whose turn it is, names and numbers not used yet."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import count

from foundation.accounts.enums import OrganKind, Role, TrainingCategory
from foundation.accounts.models import Post
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.regions.models import Division, Jurisdiction
from funds.models import Bank
from inspections.reports import OnSite

from .. import invented
from ..case_diary import Diary, at_hour
from ..case_people import CasePlace

CODE, SEED, SINCE = "350581", 350581, date(2021, 7, 24)
#: Departments that go along, and how many of each have a certificate.
STAFF = {
    OrganKind.MARKET: 6,
    OrganKind.URBAN: 4,
    OrganKind.CULTURE: 4,
    OrganKind.FIRE: 3,
    OrganKind.CIVIL: 3,
    OrganKind.POLICE: 2,
}
INSPECTORS = 6
BRANDS = (
    *(
        "启航",
        "海之星",
        "育苗",
        "金穗",
        "晨曦",
        "蓝帆",
        "春晖",
        "博雅",
        "小海螺",
        "明德",
        "凤里",
        "锦绣",
        "致远",
        "新芽",
    ),
    *("永乐", "向阳", "聚贤", "海燕", "乐思", "宝盖"),
)


class County:
    """``today`` is the day on which the case is loaded: it ends then."""

    ROADS = ("八七路", "香江路", "群英路", "学府路", "子芳路", "濠江路", "福辉路", "长福路")

    def __init__(self) -> None:
        self.today, self.diary = clock.today(), Diary()
        self.dice = random.Random(SEED)  # noqa: S311  (the same case every time, nothing secret)
        at = at_hour(SINCE, 8)
        with clock.set_to(at):
            self.here = CasePlace.of(CODE, "shishi", at=at, seed=SEED)
            self.here.post("jingban", Role.COUNTY_OFFICER, certificate_no="闽演示S001")
            self.here.post("shenhe", Role.COUNTY_LEADER)
            self.inspectors = [self._inspector(number) for number in range(1, INSPECTORS + 1)]
            self.outing = self._outing()
        self.place: Jurisdiction = self.here.place
        self.towns: list[Division] = self.here.towns()
        self.codes: Iterator[str] = invented.credit_codes(CODE, series="MJE")
        self.traders: Iterator[str] = invented.credit_codes(CODE, series="MA8", kind="92")
        self.banks: list[Bank] = []
        self._numbers, self._taken = count(1), set[str]()

    @cached_property
    def officer(self) -> Actor:
        return self.here.acts("jingban")

    @cached_property
    def leader(self) -> Actor:
        return self.here.acts("shenhe")

    def _inspector(self, number: int) -> Post:
        """Officers of the market department whom a draw may name."""
        market, arts = self.here.organ(OrganKind.MARKET), [TrainingCategory.ARTS]
        given = {"categories": arts, "certificate_no": f"闽演示S1{number:02d}"}
        return self.here.post(f"zhifa{number}", Role.DEPARTMENT_OFFICER, market, **given)

    def _outing(self) -> list[OnSite]:
        """Everybody who goes out: the bureau's officer, the inspectors, colleagues of other departments."""
        found = [*self.here.went("jingban"), *(OnSite.of_post(post) for post in self.inspectors)]
        for kind, persons in STAFF.items():
            organ = self.here.organ(kind)
            for number in range(persons):
                guest = self.here.guest(organ, number)
                certificate = f"闽演示S{len(found) + 200}"
                found.append(OnSite(guest.name, guest.organ_name, None, organ, certificate))
        return found

    def went(self, number: int, persons: int) -> tuple[OnSite, ...]:
        """``persons`` of them, others on each outing."""
        size = len(self.outing)
        return tuple(self.outing[(number * 5 + each * 3) % size] for each in range(persons))

    def next_number(self) -> int:
        return next(self._numbers)

    def town(self, number: int) -> Division:
        return self.towns[number % len(self.towns)]

    def name(self, town: Division, word: str, ending: str) -> str:
        """A name that nobody in the county has."""
        short, first = town.name.removesuffix("街道").removesuffix("镇"), len(self._taken)
        for number in range(len(BRANDS)):
            name = f"石狮市{short}{BRANDS[(first + number) % len(BRANDS)]}{word}{ending}"
            if name not in self._taken:
                self._taken.add(name)
                return name
        raise LookupError(f"no name is left for {word}{ending} in {town}")
