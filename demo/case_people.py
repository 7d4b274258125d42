"""Organs and people of a case: what is there is taken, what is missing is registered.

So a case loads on reference data alone and on top of the base demo. Logins of people whom it found are not told
again: their passwords are kept nowhere.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime

from foundation.accounts.enums import Can, OrganKind, Role
from foundation.accounts.models import Organ, Post
from foundation.accounts.operations.organs import register_organ
from foundation.core import clock
from foundation.core.actor import Actor, job
from foundation.regions.models import Division, GridArea, Jurisdiction, School, SchoolArea
from foundation.regions.operations.grids import register_grid
from foundation.regions.operations.schools import register_school, register_school_area
from inspections.reports import OnSite

from . import invented
from .organs import Login, People, add_bureau, add_person, loader

#: How the department of a kind is called in a place; a kind that is not here has one organ for each division or name.
CALLED = {
    OrganKind.MARKET: "{}市场监督管理局",
    OrganKind.CIVIL: "{}民政局",
    OrganKind.CULTURE: "{}文化体育和旅游局",
    OrganKind.SCIENCE: "{}科学技术局",
    OrganKind.SPORT: "{}体育局",
    OrganKind.POLICE: "{}公安局",
    OrganKind.FIRE: "{}消防救援大队",
    OrganKind.LABOUR: "{}人力资源和社会保障局",
    OrganKind.URBAN: "{}城市管理局",
    OrganKind.CENTRAL_BANK: "中国人民银行{}分行",
    OrganKind.FINANCE_BUREAU: "国家金融监督管理总局{}监管分局",
    OrganKind.LOCAL_FINANCE: "{}地方金融监督管理局",
}


@dataclass
class CasePlace:
    """The bureau of a place and who acts there, since ``at``. ``word`` begins the login names."""

    code: str
    word: str
    at: datetime
    dice: random.Random
    place: Jurisdiction
    people: People
    bureau: Organ
    guests: dict[tuple[int, int], OnSite] = field(default_factory=dict)

    @classmethod
    def of(cls, code: str, word: str, *, at: datetime, seed: int) -> CasePlace:
        """The place of a code with its education bureau. Set the clock to ``at`` around it."""
        dice = random.Random(seed)  # noqa: S311  (the same case every time, nothing secret)
        place, people = Jurisdiction.objects.get(code=code), People(loader(), at, dice)
        found = Organ.objects.filter(jurisdiction=place, kind=OrganKind.EDUCATION, closed_on=None).order_by("pk")
        return cls(code, word, at, dice, place, people, found.first() or add_bureau(people, code))

    @property
    def logins(self) -> list[Login]:
        """Of the people whom this case added."""
        return self.people.logins

    # -- organs --------------------------------------------------------------------------------------------------------
    def organ(self, kind: OrganKind, name: str = "", division: Division | None = None) -> Organ:
        """The department of a kind; of several of its kind (banks, schools) the one of the name."""
        found = Organ.objects.filter(jurisdiction=self.place, kind=kind, division=division, closed_on=None)
        if kind not in CALLED and division is None:
            found = found.filter(name=name)
        return found.order_by("pk").first() or register_organ(
            jurisdiction=self.place,
            kind=kind,
            name=name or CALLED[kind].format(self.place.name),
            division=division,
            by=self.people.loader,
            at=self.at,
        )

    def office(self, town: Division) -> Organ:
        """办事处 of a street, 人民政府 of a town."""
        ending = "办事处" if town.name.endswith("街道") else "人民政府"
        return self.organ(OrganKind.TOWN, f"{town.name}{ending}", town)

    def towns(self) -> list[Division]:
        """Streets, towns and townships of today; farms and development zones have no government of their own."""
        rows = Division.objects.filter(parent__code=self.code, level="town", valid_to__isnull=True)
        return list(rows.filter(name__regex="(街道|镇|乡)$").order_by("code"))

    # -- people --------------------------------------------------------------------------------------------------------
    def post(self, name: str, role: Role, organ: Organ | None = None, **given) -> Post:
        """Whoever has the login name in this place; ``given`` goes into the post if there is nobody yet."""
        username = f"{self.word}.{name}"
        held = Post.objects.select_related("organ", "user", "grid", "school")
        found = held.filter(user__username=username, role=role).order_by("pk").first()
        if found is None:
            add_person(self.people, username, role, organ or self.bureau, **given)
        else:
            self.people.posts[username] = found
        return self.people.posts[username]

    def acts(self, name: str) -> Actor:
        """Who acts under a login name of this place."""
        return self.people.acts(f"{self.word}.{name}")

    def lapses(self, *rights: Can) -> Actor:
        """The job that does what comes by itself when a term is over."""
        return job("期满办理", *rights, scope=frozenset({self.place.pk}))

    def held(self, name: str) -> Post:
        """The post of a login name of this place."""
        return self.people.posts[f"{self.word}.{name}"]

    def went(self, *names: str) -> tuple[OnSite, ...]:
        """People with a login, as they are told of a visit."""
        return tuple(OnSite.of_post(self.held(name)) for name in names)

    def guest(self, organ: Organ, number: int) -> OnSite:
        """The ``number``-th colleague of an organ who has no login, always the same person."""
        if (organ.pk, number) not in self.guests:
            taken = {each.name for (at, _), each in self.guests.items() if at == organ.pk}
            name = invented.person(self.dice)
            while name in taken:
                name = invented.person(self.dice)
            self.guests[organ.pk, number] = OnSite(name, organ.name, None, organ)
        return self.guests[organ.pk, number]

    # -- areas ---------------------------------------------------------------------------------------------------------
    def grid(self, community: Division, name: str = "第一网格") -> GridArea:
        """The grid of a community; drawn by the county officer."""
        found = GridArea.objects.filter(division=community, name=name).first()
        given = {"by": self.acts("jingban"), "at": clock.now()}
        return found or register_grid(jurisdiction=self.place, division=community, name=name, **given)

    def school_area(self, name: str) -> SchoolArea:
        found = SchoolArea.objects.filter(jurisdiction=self.place, name=name).first()
        given = {"by": self.acts("jingban"), "at": clock.now()}
        return found or register_school_area(jurisdiction=self.place, name=name, **given)

    def school(self, name: str, town: Division, stage: str, area: SchoolArea | None = None) -> School:
        found = School.objects.filter(jurisdiction=self.place, name=name).first()
        given = {"stage": stage, "area": area, "by": self.acts("jingban"), "at": clock.now()}
        return found or register_school(jurisdiction=self.place, division=town, name=name, **given)
