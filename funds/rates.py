"""The three rates: institutions with a flag, of those that should be supervised. One denominator for all three.

应监管机构 (domain note 6-A5) are training institutions that are 正常 or 停业整改 on the day, without those that have an
agreed exemption then: each is taken to take fees ahead until a second person has agreed that it does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.core.numbers import percent
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import jurisdictions_below, town_of
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


def should_be_supervised(actor: Actor, when: Moment, *, kind: str = "") -> QuerySet[Institution]:
    """The denominator: 应监管机构 of the actor's area on a day, as known at an instant; of a category as it was then.

    Each with its ``town``: a community counts with the town that it lies in.
    """
    area = area_of(actor) if when.area is None else when.area
    rows = supposed(replace(when, area=area), kind=kind)
    return rows.filter(pk__in=Institution.objects.visible_to(actor)) if actor.scope and area else rows


def supposed(when: Moment, *, kind: str = "") -> QuerySet[Institution]:
    """应监管机构 of ``when.area``, whoever asks; each with its ``town``."""
    area = when.area or frozenset()
    exempt = Exemption.objects.in_force(when.on, when.known_at).filter(institution__jurisdiction__in=area)
    rows = Institution.objects.current().filter(jurisdiction__in=area)
    rows = rows.filter(_teaching(area, when, kind))
    return rows.exclude(pk__in=exempt.values("institution")).annotate(town=town_of())


def _teaching(area: frozenset[int], when: Moment, kind: str = "") -> Q:
    """The condition that an institution was 正常 or 停业整改 that day, a training one, and of a category then."""
    newest = StatusEvent.objects.filter(institution__jurisdiction__in=area).as_of(when.on, when.known_at)
    newest, training = newest.values("pk"), SiteType.TRAINING
    events = StatusEvent.objects.filter(pk__in=newest, status__in=SUPERVISED, site_type=training)
    return Q(pk__in=(events.filter(category=kind) if kind else events).values("institution"))


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
    if group == Group.CATEGORY:
        return _by_category(actor, when)
    path = "jurisdiction_id" if group == Group.COUNTY else "town"
    counted = should_be_supervised(actor, when).order_by().values(path).annotate(**_counted(when))
    found = {row.pop(path): row for row in counted}
    model = Jurisdiction if group == Group.COUNTY else Division
    places = model.objects.filter(pk__in=found).order_by("code")
    return [_line(str(place), f"{group.value}={place.pk}", found[place.pk]) for place in places]


def _by_category(actor: Actor, when: Moment) -> list[Line]:
    """A question for each category: which one an institution had is a dated fact too."""
    counts = {kind: should_be_supervised(actor, when, kind=kind).aggregate(**_counted(when)) for kind in Category}
    lines = (_line(kind.label, f"{Group.CATEGORY}={kind.value}", counts[kind]) for kind in Category)
    return [line for line in lines if line.should]


def _counted(when: Moment) -> dict[str, Count]:
    flags = {flag.value: Count("pk", filter=with_flag(flag, when)) for flag in Flag}
    return {"should": Count("pk"), **flags}


def _line(label: str, query: str, counts: Mapping[str, int]) -> Line:
    should = counts["should"]
    return Line(label, query, should, tuple(Rate(flag, counts[flag.value], should) for flag in Flag))


def listed(actor: Actor, query: QueryDict | Mapping[str, str], when: Moment) -> QuerySet[Institution]:
    """The institutions behind a number: of one line, and of one flag those that have it or lack it."""
    kind = query.get(Group.CATEGORY, "")
    rows = should_be_supervised(actor, when, kind=kind if kind in Category.values else "")
    if (county := query.get(Group.COUNTY, "")).isdecimal():
        rows = rows.filter(jurisdiction=county)
    if (town := query.get(Group.TOWN, "")).isdecimal():
        rows = rows.filter(town=town)
    if (flag := query.get("flag", "")) in Flag.values and (which := query.get("which", "")) in {"done", "missing"}:
        rows = rows.filter(with_flag(flag, when)) if which == "done" else rows.exclude(with_flag(flag, when))
    return rows
