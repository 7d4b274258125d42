"""The people of the tests: 思明区 is the own county, 集美区 the neighbour in the same city, 石狮市 in another city."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.db import connection, models

from foundation.accounts.actors import actor_of
from foundation.accounts.enums import DUTIES, Duty, OrganKind, Role, TrainingCategory
from foundation.accounts.models import Organ, Post, User
from foundation.core.actor import ANONYMOUS, Actor
from foundation.regions.models import Division, GridArea, Jurisdiction

OWN, NEIGHBOUR, OTHER_CITY, CITY, PROVINCE = "350203", "350211", "350581", "350200", "350000"
TOWN = "350203001"
SINCE = date(2021, 7, 24)


@dataclass(frozen=True)
class Cast:
    officer: Actor
    leader: Actor
    second_officer: Actor
    neighbour: Actor
    other_city: Actor
    city: Actor
    province: Actor
    legal: Actor
    town: Actor
    culture: Actor
    finance: Actor
    bank: Actor
    supervisor: Actor
    grid: Actor
    discipline: Actor
    system: Actor
    security: Actor
    auditor: Actor
    public: Actor

    def everyone(self) -> dict[str, Actor]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def jurisdiction(code: str) -> Jurisdiction:
    return Jurisdiction.objects.get(code=code)


def organ(code: str, kind: OrganKind = OrganKind.EDUCATION, **given) -> Organ:
    place = jurisdiction(code)
    name = given.pop("name", f"{place.name}{kind.label}")
    return Organ.objects.get_or_create(jurisdiction=place, name=name, defaults={"kind": kind, **given})[0]


def person(role: Role, at: Organ, *, username: str = "", **given) -> Post:
    """A user with one post; the user name defaults to role and organ id."""
    username = username or f"{role.value}-{at.pk}"
    name = given.pop("name", f"{role.label}{at.pk}")
    user = User.objects.create(username=username, name=name, organ=at, password="!")
    return Post.objects.create(
        user=user, organ=at, role=role, duty=DUTIES.get(role, Duty.BUSINESS), valid_from=SINCE, **given
    )


def acting(post: Post) -> Actor:
    return actor_of(post, user=post.user)


def build_cast() -> Cast:
    bureau, city_bureau = organ(OWN), organ(CITY)
    town = Division.objects.get(code=TOWN)
    town_organ = organ(OWN, OrganKind.TOWN, name=f"{town.name}办事处", division=town)
    community = town.children.order_by("code").first()
    grid_area = GridArea.objects.create(jurisdiction=bureau.jurisdiction, division=community, name="第一网格")
    culture_organ = organ(OWN, OrganKind.CULTURE)
    return Cast(
        officer=acting(person(Role.COUNTY_OFFICER, bureau)),
        leader=acting(person(Role.COUNTY_LEADER, bureau)),
        second_officer=acting(person(Role.COUNTY_OFFICER, bureau, username="second-officer")),
        neighbour=acting(person(Role.COUNTY_OFFICER, organ(NEIGHBOUR))),
        other_city=acting(person(Role.COUNTY_OFFICER, organ(OTHER_CITY))),
        city=acting(person(Role.CITY_MANAGER, city_bureau)),
        province=acting(person(Role.PROVINCE_ANALYST, organ(PROVINCE))),
        legal=acting(person(Role.LEGAL_REVIEWER, bureau)),
        town=acting(person(Role.TOWN_STAFF, town_organ)),
        culture=acting(person(Role.DEPARTMENT_OFFICER, culture_organ, categories=[TrainingCategory.ARTS])),
        finance=acting(person(Role.FINANCE_REGULATOR, organ(CITY, OrganKind.FINANCE_BUREAU))),
        bank=acting(person(Role.BANK_CLERK, organ(CITY, OrganKind.BANK))),
        supervisor=acting(person(Role.SUPERVISOR, city_bureau)),
        grid=acting(person(Role.GRID_WORKER, town_organ, grid=grid_area)),
        discipline=acting(person(Role.DISCIPLINE_INSPECTOR, organ(CITY, OrganKind.DISCIPLINE))),
        system=acting(person(Role.SYSTEM_ADMIN, city_bureau)),
        security=acting(person(Role.SECURITY_ADMIN, city_bureau)),
        auditor=acting(person(Role.AUDIT_ADMIN, city_bureau)),
        public=ANONYMOUS,
    )


@dataclass
class Recorded:
    """A cast with the rows that make it."""

    cast: Cast
    rows: list[list[models.Model]]

    def put_back(self) -> Cast:
        for rows in self.rows:
            type(rows[0]).objects.bulk_create(rows)
        return self.cast


_recorded: dict[str, Recorded] = {}


def cast_again() -> Cast:
    """``build_cast``; its rows, once rolled back, come back in four statements instead of a hundred."""
    database = connection.settings_dict["NAME"]
    if database in _recorded:
        return _recorded[database].put_back()
    tables = (Organ, GridArea, User, Post)  # each refers to those before it
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in tables}
    cast = build_cast()
    rows = [list(model.objects.exclude(pk__in=before[model]).order_by("pk")) for model in tables]
    _recorded[database] = Recorded(cast, rows)
    return cast
