"""Figures of a set of visits that open their rows: a counter is the query of its rows, and its number is their count.

家次 are visits, 家 distinct sites (each stands with its latest visit), 人次 persons per visit, 人 distinct persons.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Concat

from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from foundation.regions.queries import jurisdictions_below
from institutions.enums import ENDED, Category, SiteType
from institutions.models import StatusEvent

from .enums import Outcome, SiteGroup
from .models import Visit, VisitOfficer
from .queries.visits import REGISTERED, with_problem


# -- keys ----------------------------------------------------------------------------------------------------------
def with_site(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Each visit with ``site``: one text for one site, following merges and what unlicensed sites became."""
    return visits.annotate(registered=REGISTERED).annotate(
        site=Case(
            When(registered__isnull=False, then=Concat(Value("i"), Cast("registered", CharField()))),
            default=Concat(Value("u"), Cast("unlicensed_id", CharField())),
            output_field=CharField(),
        )
    )


def with_group(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Each visit with ``site_group``: what kind of site it was on that day, the first that fits."""
    then = (
        StatusEvent.objects.believed()
        .filter(institution=OuterRef("institution"), effective_on__lte=OuterRef("visited_on"))
        .order_by("-effective_on", "-recorded_at", "-pk")
    )
    return visits.annotate(status_then=Subquery(then.values("status")[:1])).annotate(
        site_group=Case(
            When(unlicensed__isnull=False, then=Value(SiteGroup.UNLICENSED)),
            When(status_then__in=sorted(ENDED), then=Value(SiteGroup.ENDED)),
            When(site_type=SiteType.CARE, then=Value(SiteGroup.CARE)),
            When(category=Category.SUBJECT, then=Value(SiteGroup.SUBJECT)),
            default=Value(SiteGroup.NON_SUBJECT),
            output_field=CharField(),
        )
    )


#: One text for one person: those with an account by it, the others by name and unit.
PERSON = Case(
    When(user__isnull=False, then=Concat(Value("u"), Cast("user_id", CharField()))),
    default=Concat(Value("n"), F("name"), Value("/"), F("organ_name")),
    output_field=CharField(),
)


# -- counters ------------------------------------------------------------------------------------------------------
def _visits(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    return visits.order_by("-visited_on", "-pk")


def sites(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Distinct sites, each as its latest visit of the set."""
    return with_site(visits).order_by("site", "-visited_on", "-pk").distinct("site")


def _officers(visits: QuerySet[Visit]) -> QuerySet[VisitOfficer]:
    rows = VisitOfficer.objects.filter(visit__in=visits.order_by().values("pk"))
    return rows.select_related("visit").order_by("-visit__visited_on", "visit", "pk")


def _persons(visits: QuerySet[Visit]) -> QuerySet[VisitOfficer]:
    return _officers(visits).annotate(person=PERSON).order_by("person", "-visit__visited_on", "pk").distinct("person")


def _troubled(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    return sites(with_problem(visits))


def _corrected(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    return sites(visits.filter(outcome=Outcome.CORRECTED))


def _dispersed(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    return _visits(visits.filter(dispersed__gt=0))


@dataclass(frozen=True)
class Counter:
    """``rows`` are what the number counts; with ``total`` the number is the sum of that field of the rows."""

    key: str
    label: str
    unit: str
    rows: Callable[[QuerySet[Visit]], QuerySet]
    total: str = ""

    def text(self, visits: QuerySet[Visit]) -> str:
        """The number as it is printed: 220余 when one of its parts is a lower bound."""
        rows = self.rows(visits)
        if not self.total:
            return str(rows.count())
        sums = rows.order_by().aggregate(
            sum=Sum(self.total, default=0), flagged=Count("pk", filter=Q(**{f"{self.total}_at_least": True}))
        )
        return f"{sums['sum']}{'余' if sums['flagged'] else ''}"


COUNTERS = {
    counter.key: counter
    for counter in (
        Counter("visits", "检查", "家次", _visits),
        Counter("sites", "检查", "家", sites),
        Counter("person_times", "出动", "人次", _officers),
        Counter("persons", "出动", "人", _persons),
        Counter("with_problem", "发现问题", "家", _troubled),
        Counter("corrected", "当场改正", "家", _corrected),
        Counter("dispersed", "清散学生", "人", _dispersed, total="dispersed"),
    )
}


# -- slices --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Cut:
    """A part of a set of visits: a group of sites, a unit, a day; what is empty does not narrow."""

    group: str = ""
    unit: Organ | None = None
    on: date | None = None

    def of(self, visits: QuerySet[Visit]) -> QuerySet[Visit]:
        if self.group:
            visits = with_group(visits).filter(site_group=self.group)
        if self.unit is not None:
            visits = visits.filter(made_by(self.unit))
        return visits if self.on is None else visits.filter(visited_on=self.on)


def made_by(organ: Organ) -> Q:
    """A unit's share: an education bureau's is its area, any other's is what its people filed or took part in.

    A joint visit belongs to each unit that took part, so shares may overlap; totals are counted anew, never added up.
    """
    if organ.kind == OrganKind.EDUCATION:
        return Q(jurisdiction__in=jurisdictions_below(organ.jurisdiction_id))
    return Q(organ=organ) | Q(pk__in=VisitOfficer.objects.filter(organ=organ).values("visit"))


@dataclass(frozen=True)
class Line:
    """One line of a table: what it is of, 家次, 家, 家 with a problem."""

    of: object
    visits: int
    sites: int
    with_problem: int


def by_group(visits: QuerySet[Visit]) -> list[Line]:
    """A line for each group of sites, also for those without visits."""
    found = {line.of: line for line in _lines(with_group(visits), "site_group")}
    return [found.get(group.value) or Line(group.value, 0, 0, 0) for group in SiteGroup]


def by_day(visits: QuerySet[Visit]) -> list[Line]:
    """A line for each day with visits, the newest first."""
    return sorted(_lines(visits, "visited_on"), key=lambda line: line.of, reverse=True)


def _lines(visits: QuerySet[Visit], path: str) -> list[Line]:
    troubled = with_problem(visits).order_by().values("pk")
    rows = (
        with_site(visits)
        .order_by()
        .values(path)
        .annotate(
            n=Count("pk"),
            different=Count("site", distinct=True),
            bad=Count("site", distinct=True, filter=Q(pk__in=troubled)),
        )
    )
    return [Line(row[path], row["n"], row["different"], row["bad"]) for row in rows.order_by(path)]


def figures(visits: QuerySet[Visit]) -> dict[str, str]:
    """The printed number of every counter by its key, in two queries; each is what the counter's own rows give."""
    sums = (
        with_site(visits)
        .order_by()
        .aggregate(
            n_visits=Count("pk"),
            n_sites=Count("site", distinct=True),
            n_problem=Count("site", distinct=True, filter=Q(pk__in=with_problem(visits).order_by().values("pk"))),
            n_corrected=Count("site", distinct=True, filter=Q(outcome=Outcome.CORRECTED)),
            n_dispersed=Sum("dispersed", default=0),
            n_flagged=Count("pk", filter=Q(dispersed__gt=0, dispersed_at_least=True)),
        )
    )
    officers = _officers(visits).order_by().annotate(person=PERSON)
    people = officers.aggregate(times=Count("pk"), different=Count("person", distinct=True))
    return {
        "visits": str(sums["n_visits"]),
        "sites": str(sums["n_sites"]),
        "person_times": str(people["times"]),
        "persons": str(people["different"]),
        "with_problem": str(sums["n_problem"]),
        "corrected": str(sums["n_corrected"]),
        "dispersed": f"{sums['n_dispersed']}{'余' if sums['n_flagged'] else ''}",
    }
