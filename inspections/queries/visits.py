"""Counting and reading visits. 家次 counts visits, 家 distinct sites, 人次 persons per visit: never added together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from foundation.core.actor import Actor
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division
from foundation.regions.queries import in_town as lies_in_town
from inspections.enums import OFFICIAL, FindingState, VisitKind
from inspections.models import Finding, Visit, VisitOfficer

SATURDAY = 6
#: The registered institution behind a visit, notice or case: its own, the one it was merged into, what a site became.
REGISTERED = Coalesce(
    "institution__merged_into_id",
    "institution_id",
    "unlicensed__institution__merged_into_id",
    "unlicensed__institution_id",
)


def counted(actor: Actor) -> QuerySet[Visit]:
    """Visits of the actor's area that count: all but the voided ones."""
    return Visit.objects.visible_to(actor).filter(voided_at__isnull=True)


def official(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Visits of officers; supervisors' are another thing and are added only where a view says so."""
    return visits.filter(kind__in=sorted(OFFICIAL))


def of_supervisors(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Visits of social supervisors alone."""
    return visits.filter(kind=VisitKind.SUPERVISOR)


def of_whom(visits: QuerySet[Visit], who: str) -> QuerySet[Visit]:
    """``official``, ``supervisors``, or ``both`` for those who ask for the sum of the two."""
    choices = {"official": official, "supervisors": of_supervisors}
    return choices[who](visits) if who in choices else visits


def in_town(visits: QuerySet[Visit], town_id: int) -> QuerySet[Visit]:
    """Visits in a town or one of its communities."""
    return visits.filter(lies_in_town(town_id))


def on_weekends(visits: QuerySet[Visit], weekend: bool) -> QuerySet[Visit]:
    """Visits on Saturdays and Sundays, or on the other days."""
    lookup = "visited_on__iso_week_day__gte" if weekend else "visited_on__iso_week_day__lt"
    return visits.filter(**{lookup: SATURDAY})


def towns_visited(actor: Actor) -> list[tuple[int, str]]:
    """(id, name) of the towns in which the actor's area has visits, by code."""
    places = Visit.objects.visible_to(actor).order_by().values("division").distinct()
    towns = Division.objects.filter(Q(pk__in=places, level=DivisionLevel.TOWN) | Q(children__in=places))
    named = towns.filter(level=DivisionLevel.TOWN).distinct().order_by("code")
    return [(row.pk, str(row)) for row in named]


def filed_by(actor: Actor) -> QuerySet[Visit]:
    """The actor's own visits, newest first."""
    return Visit.objects.filter(filed_by=actor.user_id).order_by("-visited_on", "-pk")


@dataclass(frozen=True)
class Tally:
    """家次 visits, 家 distinct sites, 人次 persons per visit, 人 distinct persons, and sites where a problem was found.

    人次 count persons whose names a past record does not give, too; 人 cannot: ``persons_at_least`` says when they are
    a lower bound.
    ``dispersed`` pupils (清散) with ``dispersed_at_least`` when any of the numbers was a lower bound.
    """

    visits: int
    sites: int
    person_times: int
    persons: int
    with_problem: int
    dispersed: int
    dispersed_at_least: bool
    persons_at_least: bool = False


def tally(visits: QuerySet[Visit]) -> Tally:
    """The figures of a set of visits; distinct sites follow merges and what unlicensed sites became."""
    rows = visits.order_by()
    officers = _officers(rows)
    sums = rows.aggregate(
        visits=Count("pk"),
        dispersed=Sum("dispersed", default=0),
        flagged=Count("pk", filter=Q(dispersed_at_least=True)),
        unnamed=Sum("unnamed", default=0),
    )
    return Tally(
        visits=sums["visits"],
        sites=count_sites(rows),
        person_times=officers.count() + sums["unnamed"],
        persons=_persons(officers),
        persons_at_least=bool(sums["unnamed"]),
        with_problem=count_sites(with_problem(rows)),
        dispersed=sums["dispersed"],
        dispersed_at_least=bool(sums["flagged"]),
    )


def count_sites(visits: QuerySet[Visit]) -> int:
    """Distinct sites (家): registered institutions, and apart from them the sites that are none."""
    counts = (
        visits.order_by()
        .annotate(site=REGISTERED)
        .aggregate(
            registered=Count("site", distinct=True),
            other=Count("unlicensed", distinct=True, filter=Q(site__isnull=True)),
        )
    )
    return counts["registered"] + counts["other"]


def count_person_times(visits: QuerySet[Visit]) -> int:
    """Persons per visit (人次), those without a name included."""
    rows = visits.order_by()
    return _officers(rows).count() + rows.aggregate(n=Sum("unnamed", default=0))["n"]


def with_problem(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Visits at which something was found that nobody dismissed."""
    standing = Finding.objects.filter(visit=OuterRef("pk")).exclude(state=FindingState.DISMISSED)
    return visits.order_by().filter(Exists(standing))


def _officers(rows: QuerySet[Visit]) -> QuerySet[VisitOfficer]:
    return VisitOfficer.objects.filter(visit__in=rows.values("pk")).order_by()


def _persons(officers: QuerySet[VisitOfficer]) -> int:
    """Distinct people: those with an account by it, the others by name and unit."""
    known = officers.filter(user__isnull=False).values("user").distinct().count()
    return known + officers.filter(user__isnull=True).values("name", "organ_name").distinct().count()


def findings_by_aspect(visits: QuerySet[Visit]) -> list[tuple[str, int]]:
    """(aspect, number of verified findings) by 连江's five aspects."""
    return _findings_by(visits, "aspect")


def findings_by_section(visits: QuerySet[Visit]) -> list[tuple[str, int]]:
    """(section code, number of verified findings) for items of checklists."""
    rows = verified(visits).exclude(code="").annotate(section=F("item__section__code"))
    return list(rows.order_by("section").values_list("section").annotate(n=Count("pk")))


def _findings_by(visits: QuerySet[Visit], path: str) -> list[tuple[str, int]]:
    return list(verified(visits).order_by(path).values_list(path).annotate(n=Count("pk")))


def verified(visits: QuerySet[Visit]) -> QuerySet[Finding]:
    """Findings that count: of officers, and of supervisors once staff verified them."""
    return Finding.objects.filter(visit__in=visits.order_by().values("pk"), state=FindingState.CONFIRMED)


def to_judge(actor: Actor) -> QuerySet[Finding]:
    """Supervisors' findings that wait for staff."""
    rows = Finding.objects.visible_to(actor).filter(state=FindingState.REPORTED, visit__voided_at__isnull=True)
    return rows.order_by("state_at", "pk")


def last_visit_on(public_id: str) -> date | None:
    """The day of an institution's last official visit that was not covert: what the public page may say."""
    rows = Visit.objects.filter(
        institution__public_id=public_id, voided_at__isnull=True, covert=False, kind__in=sorted(OFFICIAL)
    )
    return rows.aggregate(last=Max("visited_on"))["last"]


def by_month(visits: QuerySet[Visit], *, until: date, months: int = 6) -> list[int]:
    """家次 of each of the last months, oldest first, the month of ``until`` the last."""
    firsts = [until.replace(day=1)]
    while len(firsts) < months:
        firsts.insert(0, (firsts[0] - timedelta(days=1)).replace(day=1))
    rows = visits.filter(visited_on__range=(firsts[0], until)).order_by().annotate(month=TruncMonth("visited_on"))
    counts = dict(rows.values_list("month").annotate(n=Count("pk")))
    return [counts.get(first, 0) for first in firsts]
