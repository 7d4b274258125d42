"""The three rates: institutions with a flag, of those that should be supervised. One denominator for all three.

应监管机构 (domain note 6-A5) are training institutions that are 正常 or 停业整改 on the day, without those that have an
agreed exemption then: each is taken to take fees ahead until a second person has agreed that it does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.http import QueryDict

from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.core.numbers import percent
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import jurisdictions_below
from institutions.enums import Category, SiteType
from institutions.models import Institution, StatusEvent

from . import rules
from .enums import SUPERVISED, Flag
from .models import Exemption, FlagEvent


class Group(StrEnum):
    """By what the rates are broken down; the value is the word of the address that narrows the lists to a line."""

    COUNTY = "county"
    TOWN = "town"
    CATEGORY = "category"


@dataclass(frozen=True)
class Rate:
    """One rate of one line: ``done`` of ``should`` institutions (家)."""

    flag: Flag
    done: int
    should: int

    @property
    def missing(self) -> int:
        return self.should - self.done

    @property
    def text(self) -> str:
        """Two decimals, cut off (6-A1); a dash where nobody should be supervised."""
        return percent(self.done, self.should) if self.should else "—"

    @property
    def fraction(self) -> str:
        return f"{self.done}/{self.should}"


@dataclass(frozen=True)
class Line:
    """The rates of one county, town or category, or of all; ``query`` narrows the lists to it."""

    label: str
    query: str
    should: int
    rates: tuple[Rate, ...]


@dataclass(frozen=True)
class Moment:
    """The day that is asked about, and the instant up to which what was recorded counts (None: now).

    ``area`` are the bureaus whose records are looked through (None: all): a county does not wait for a province.
    """

    on: date
    known_at: datetime | None = None
    area: frozenset[int] | None = None


def area_of(actor: Actor) -> frozenset[int]:
    """Bureaus whose rates an actor may read: the own area; a financial regulator's those below its organ's seat."""
    if not rules.can_see_rates(actor):
        return frozenset()
    if actor.scope:
        return actor.scope
    seat = Organ.objects.filter(pk=actor.organ_id).values_list("jurisdiction_id", flat=True).first()
    return jurisdictions_below(seat) if seat else frozenset()


def moment(actor: Actor, *, on: date, known_at: datetime | None = None) -> Moment:
    """A day and an instant, over the area whose rates the actor may read."""
    return Moment(on=on, known_at=known_at, area=area_of(actor))


def should_be_supervised(actor: Actor, when: Moment) -> QuerySet[Institution]:
    """The denominator: 应监管机构 of the actor's area on a day, as known at an instant, each with its ``kind`` then."""
    area = area_of(actor) if when.area is None else when.area
    if actor.scope and area:
        rows = Institution.objects.visible_to(actor)
    else:
        rows = Institution.objects.current().filter(jurisdiction__in=area)
    status = StatusEvent.objects.filter(institution__jurisdiction__in=area).as_of(when.on, when.known_at)
    teaching = StatusEvent.objects.filter(pk__in=status.values("pk"), status__in=SUPERVISED)
    exempt = Exemption.objects.in_force(when.on, when.known_at)
    then = teaching.filter(institution=OuterRef("pk")).values("category")
    return (
        rows.filter(site_type=SiteType.TRAINING, pk__in=teaching.values("institution"))
        .exclude(pk__in=exempt.values("institution"))
        .annotate(
            kind=Subquery(then, output_field=CharField()),
            town=Case(
                When(division__level=DivisionLevel.VILLAGE, then=F("division__parent_id")), default=F("division_id")
            ),
        )
    )


def with_flag(flag: str, when: Moment) -> Q:
    """The condition that an institution has the flag on that day."""
    rows = FlagEvent.objects.filter(flag=flag)
    if when.area is not None:
        rows = rows.filter(institution__jurisdiction__in=when.area)
    newest = rows.as_of(when.on, when.known_at)
    return Q(pk__in=FlagEvent.objects.filter(pk__in=newest.values("pk"), up=True).values("institution"))


def total(actor: Actor, when: Moment) -> Line:
    """The three rates of the whole area."""
    counts = should_be_supervised(actor, when).aggregate(**_counted(when))
    return _line("合计", "", counts)


def broken_down(actor: Actor, when: Moment, group: Group) -> list[Line]:
    """The three rates of each county, town or category that has institutions to be supervised."""
    path = {Group.COUNTY: "jurisdiction_id", Group.TOWN: "town", Group.CATEGORY: "kind"}[group]
    counted = should_be_supervised(actor, when).order_by().values(path).annotate(**_counted(when))
    found = {row.pop(path): row for row in counted}
    labels = _labels(group, found)
    return [_line(labels[key], f"{group.value}={key}", found[key]) for key in labels if key in found]


def _counted(when: Moment) -> dict[str, Count]:
    flags = {flag.value: Count("pk", filter=with_flag(flag, when)) for flag in Flag}
    return {"should": Count("pk"), **flags}


def _line(label: str, query: str, counts: Mapping[str, int]) -> Line:
    should = counts["should"]
    return Line(label, query, should, tuple(Rate(flag, counts[flag.value], should) for flag in Flag))


def _labels(group: Group, keys: Mapping) -> dict:
    """What each line is called, in the order in which lines are shown."""
    if group == Group.CATEGORY:
        return dict(Category.choices)
    model = Jurisdiction if group == Group.COUNTY else Division
    return {row.pk: str(row) for row in model.objects.filter(pk__in=keys).order_by("code")}


def narrowed(rows: QuerySet[Institution], query: QueryDict | Mapping[str, str], when: Moment) -> QuerySet[Institution]:
    """The institutions behind a number: of one line, and of one flag those that have it or lack it."""
    if (county := query.get(Group.COUNTY, "")).isdecimal():
        rows = rows.filter(jurisdiction=county)
    if (town := query.get(Group.TOWN, "")).isdecimal():
        rows = rows.filter(town=town)
    if (kind := query.get(Group.CATEGORY, "")) in Category.values:
        rows = rows.filter(kind=kind)
    if (flag := query.get("flag", "")) in Flag.values and (which := query.get("which", "")) in {"done", "missing"}:
        rows = rows.filter(with_flag(flag, when)) if which == "done" else rows.exclude(with_flag(flag, when))
    return rows
