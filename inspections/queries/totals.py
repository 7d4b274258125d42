"""Historical totals beside what was recorded: two numbers, never one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from foundation.core.actor import Actor
from inspections.counting import Figure, counts, figure_of
from inspections.enums import Measure, TotalState
from inspections.models import HistoricalTotal, Visit

from .visits import count_person_times, count_sites, of_supervisors, official, with_problem


@dataclass(frozen=True, kw_only=True)
class Past:
    """What historical totals say of a measure for a period; ``totals`` is how many of them there are.

    ``partly`` are confirmed totals whose period lies only partly inside: nobody can say how much of them belongs here.
    """

    total: int
    total_at_least: bool
    totals: int
    partly: int


@dataclass(frozen=True, kw_only=True)
class Reported(Past):
    """A measure for a period: what the system recorded (None: it records no such thing) and what totals add to it."""

    measure: Measure
    recorded: Figure | None


def reported(actor: Actor, measure: Measure, *, first: date, last: date) -> Reported:
    """System records and historical totals of the actor's area for the days from first to last, apart."""
    past = past_of(actor.scope, measure, first=first, last=last)
    return Reported(**vars(past), measure=measure, recorded=figure_of(measure, actor.scope, first, last))


def past_of(area: frozenset[int], measure: Measure, *, first: date, last: date) -> Past:
    """Confirmed historical totals of these bureaus for the days from first to last."""
    confirmed = HistoricalTotal.objects.filter(jurisdiction__in=area, measure=measure, state=TotalState.CONFIRMED)
    inside = Q(period_from__gte=first, period_to__lte=last)
    sums = confirmed.filter(period_from__lte=last, period_to__gte=first).aggregate(
        total=Sum("value", filter=inside, default=0),
        flagged=Count("pk", filter=inside & Q(at_least=True)),
        totals=Count("pk", filter=inside),
        every=Count("pk"),
    )
    return Past(
        total=sums["total"],
        total_at_least=bool(sums["flagged"]),
        totals=sums["totals"],
        partly=sums["every"] - sums["totals"],
    )


def waiting_for(actor: Actor) -> QuerySet[HistoricalTotal]:
    """Totals that wait for this actor: somebody else's, of the actor's area."""
    rows = HistoricalTotal.objects.visible_to(actor).filter(state=TotalState.PENDING)
    return rows.exclude(entered_by=actor.user_id)


def records_in_period(total: HistoricalTotal) -> Figure | None:
    """What the system recorded for the bureau and period of a total: its approver has to know of a double count."""
    return figure_of(total.measure, frozenset({total.jurisdiction_id}), total.period_from, total.period_to)


# -- what visits count for -------------------------------------------------------------------------------------------
@counts(Measure.VISITS)
def _official_visits(jurisdictions: frozenset[int], first: date, last: date) -> Figure:
    number = _official(jurisdictions, first, last).count()
    return Figure(number, records=number)


@counts(Measure.SUPERVISOR_VISITS)
def _supervisors_visits(jurisdictions: frozenset[int], first: date, last: date) -> Figure:
    number = of_supervisors(_visits(jurisdictions, first, last)).count()
    return Figure(number, records=number)


@counts(Measure.SITES)
def _sites(jurisdictions: frozenset[int], first: date, last: date) -> Figure:
    visits = _official(jurisdictions, first, last)
    return Figure(count_sites(visits), records=visits.count())


@counts(Measure.PERSON_TIMES)
def _person_times(jurisdictions: frozenset[int], first: date, last: date) -> Figure:
    number = count_person_times(_official(jurisdictions, first, last))
    return Figure(number, records=number)


@counts(Measure.WITH_PROBLEM)
def _with_problem(jurisdictions: frozenset[int], first: date, last: date) -> Figure:
    visits = with_problem(_official(jurisdictions, first, last))
    return Figure(count_sites(visits), records=visits.count())


@counts(Measure.DISPERSED)
def _dispersed(jurisdictions: frozenset[int], first: date, last: date) -> Figure:
    visits = _official(jurisdictions, first, last).filter(dispersed__gt=0)
    sums = visits.aggregate(
        number=Sum("dispersed", default=0), flagged=Count("pk", filter=Q(dispersed_at_least=True)), visits=Count("pk")
    )
    return Figure(sums["number"], bool(sums["flagged"]), records=sums["visits"])


def _official(jurisdictions: frozenset[int], first: date, last: date) -> QuerySet[Visit]:
    return official(_visits(jurisdictions, first, last))


def _visits(jurisdictions: frozenset[int], first: date, last: date) -> QuerySet[Visit]:
    return Visit.objects.filter(jurisdiction__in=jurisdictions, visited_on__range=(first, last), voided_at__isnull=True)
