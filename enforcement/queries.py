"""Reading orders: what is open, what is over time, what they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.numbers import percent
from inspections.enums import ENFORCEMENT, Outcome
from inspections.models import Visit
from institutions.models import Institution, UnlicensedSite

from .enums import COUNTED, OPEN, OrderKind, OrderState, PartyState
from .models import Interview, InterviewParty, Order

#: What a re-check must have come to for its order to be closed.
PUT_RIGHT = (Outcome.CLEAN, Outcome.CORRECTED)


@dataclass(frozen=True)
class OrderFigures:
    """份 of each kind, of those closed and over time; an order that was voided counts in none."""

    issued: int
    rectify: int
    stop: int
    on_spot_kind: int
    issued_on_spot: int
    closed: int
    overdue: int

    @property
    def closed_percent(self) -> str:
        """整改率: closed of issued, two decimals cut off; 无 without any order."""
        return percent(self.closed, self.issued) if self.issued else "无"


def counted(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Orders that count as issued."""
    return orders.filter(state__in=COUNTED)


def figures(orders: QuerySet[Order], *, on: date) -> OrderFigures:
    """What these orders add up to, in 份; ``on`` decides which are over time."""
    kinds = {name: Count("pk", filter=Q(kind=kind)) for name, kind in _KINDS.items()}
    return OrderFigures(
        **counted(orders).aggregate(
            issued=Count("pk"),
            **kinds,
            issued_on_spot=Count("pk", filter=Q(on_spot=True)),
            closed=Count("pk", filter=Q(state=OrderState.CLOSED)),
            overdue=Count("pk", filter=Q(state__in=OPEN, due_on__lt=on)),
        )
    )


_KINDS = {"rectify": OrderKind.RECTIFY, "stop": OrderKind.STOP, "on_spot_kind": OrderKind.ON_SPOT}


def overdue(orders: QuerySet[Order], *, on: date) -> QuerySet[Order]:
    """Open orders whose last day has passed."""
    return orders.filter(state__in=OPEN, due_on__lt=on)


def to_recheck(actor: Actor) -> QuerySet[Order]:
    """Orders that this actor may look at again: the party has reported."""
    if not actor.can(Can.ISSUE_ORDER):
        return Order.objects.none()
    return Order.objects.visible_to(actor).filter(state=OrderState.ANSWERED)


def rechecks_for(order: Order) -> QuerySet[Visit]:
    """Visits that can be the re-check of an order: of the same party, by two officers at least, not covert, not void,
    since the day of the order. The visit of the order itself only where it was put right on the spot.
    """
    found = visits_after(order.party, order.visit.visited_on)
    return found if order.kind == OrderKind.ON_SPOT else found.exclude(pk=order.visit_id)


def visits_after(subject: Institution | UnlicensedSite, since: date) -> QuerySet[Visit]:
    """Formal visits at a place that can show that something was put right: two officers at least, not covert, not
    void, on or after a day; newest first.
    """
    same = {"institution" if isinstance(subject, Institution) else "unlicensed": subject}
    formal = Visit.objects.filter(**same, kind__in=ENFORCEMENT, covert=False, voided_at__isnull=True)
    return formal.filter(visited_on__gte=since).order_by("-visited_on", "-pk")


# -- interviews ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class InterviewFigures:
    """家 summoned (each institution once), 类 of problems, 家 that put everything right, 家 that still have to."""

    institutions: int
    problems: int
    fixed: int
    open: int


def summoned(interview: Interview) -> QuerySet[InterviewParty]:
    """Who is asked to come and has not been taken out again."""
    parties = interview.parties.exclude(state=PartyState.DROPPED)
    return parties.select_related("institution__jurisdiction", "institution__division").order_by("pk")


def interview_figures(interviews: QuerySet[Interview]) -> InterviewFigures:
    """What held interviews add up to; an institution summoned twice is one 家."""
    parties = InterviewParty.objects.filter(interview__in=interviews).exclude(
        state__in=[PartyState.SUMMONED, PartyState.DROPPED]
    )
    found = parties.aggregate(
        institutions=Count("institution", distinct=True),
        fixed=Count("institution", distinct=True, filter=Q(state=PartyState.FIXED)),
        open=Count("institution", distinct=True, filter=Q(state=PartyState.OPEN)),
    )
    problems = interviews.filter(parties__in=parties).values("problems__name").exclude(problems__name=None).distinct()
    return InterviewFigures(problems=problems.count(), **found)
