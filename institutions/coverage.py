"""Reading the three nets: who has a name in each, who lacks one, by net and by place. A name out of post is a gap."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet

from foundation.core.actor import Actor
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import lowest_bureaus

from .enums import OPERATING, Net
from .models import Institution, Responsible


def operating(actor: Actor) -> QuerySet[Institution]:
    """The institutions that should have a name in each net: those that operate, in the actor's area."""
    return Institution.objects.visible_to(actor).filter(status__in=OPERATING)


def with_responsible(actor: Actor, net: Net, *, on: date) -> QuerySet[Institution]:
    """Operating institutions with a person in post in a net."""
    return operating(actor).filter(pk__in=_named(actor, on).filter(net=net).values("institution"))


def without_responsible(actor: Actor, net: Net, *, on: date) -> QuerySet[Institution]:
    """Operating institutions without a person in post in a net."""
    return operating(actor).exclude(pk__in=_named(actor, on).filter(net=net).values("institution"))


def with_gap_in_nets(actor: Actor, *, on: date) -> QuerySet[Institution]:
    """Operating institutions that lack a person in post in at least one of the three nets."""
    named = _named(actor, on).order_by("institution").values("institution").annotate(nets=Count("net"))
    return operating(actor).exclude(pk__in=named.filter(nets=len(Net)).values("institution"))


def _named(actor: Actor, on: date) -> QuerySet[Responsible]:
    return Responsible.objects.visible_to(actor).in_force(on)


@dataclass
class Cover:
    """How many institutions (家) of a place have a name in a net; ``percent`` is rounded down, 100 only when all."""

    net: str
    institutions: int
    named: int

    @property
    def gaps(self) -> int:
        return self.institutions - self.named

    @property
    def percent(self) -> int:
        return 100 * self.named // self.institutions if self.institutions else 100

    @property
    def label(self) -> str:
        return Net(self.net).label


@dataclass
class PlaceCover:
    """One county, or one town of the only county that the actor sees. ``query`` narrows the register's list to it."""

    label: str
    query: str
    institutions: int = 0
    named: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Net.values, 0))

    @property
    def covers(self) -> list[Cover]:
        return [Cover(net, self.institutions, self.named[net]) for net in Net.values]


def coverage(actor: Actor, *, on: date) -> tuple[list[Cover], list[PlaceCover]]:
    """(each net over the whole area, each place of it), counted in two queries however many institutions there are."""
    by_town = lowest_bureaus(actor).count() <= 1
    path = "division_id" if by_town else "jurisdiction_id"
    counts = dict(operating(actor).order_by().values_list(path).annotate(Count("pk")))
    names = _named(actor, on).filter(institution__status__in=OPERATING, institution__merged_into__isnull=True)
    names = names.order_by().values_list(f"institution__{path}", "net").annotate(Count("pk"))
    places = _towns(counts) if by_town else _counties(counts)
    for place, number in counts.items():
        places[place].institutions += number
    for place, net, number in names:
        places[place].named[net] += number
    rows = list({id(row): row for row in places.values()}.values())
    whole = [Cover(net, sum(r.institutions for r in rows), sum(r.named[net] for r in rows)) for net in Net.values]
    return whole, rows


def _counties(counts: dict[int, int]) -> dict[int, PlaceCover]:
    rows = Jurisdiction.objects.filter(pk__in=counts).order_by("code")
    return {row.pk: PlaceCover(row.name, f"jurisdiction__id__exact={row.pk}") for row in rows}


def _towns(counts: dict[int, int]) -> dict[int, PlaceCover]:
    """Each place with the line of its town: a community counts with the town that it lies in."""
    towns: dict[int, PlaceCover] = {}
    found: dict[int, PlaceCover] = {}
    for row in Division.objects.filter(pk__in=counts).select_related("parent").order_by("code"):
        town = row.parent if row.level == DivisionLevel.VILLAGE else row
        found[row.pk] = towns.setdefault(town.pk, PlaceCover(str(town), f"town={town.pk}"))
    return found
