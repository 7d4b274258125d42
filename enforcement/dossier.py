"""What enforcement holds of an institution: orders and interviews, with what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from foundation.core import clock
from institutions.dossier import Record, source
from institutions.models import Institution

from .enums import OPEN, AdOutcome, OrderKind, OrderState, PartyState
from .models import InterviewParty, Order, RemovalItem

LATE, ESCALATED, BROKEN, HELD = "late", "escalated", "broken", "held"
ORDER_WEIGHTS = [*OrderKind.choices, (LATE, "逾期未整改到位"), (ESCALATED, "转立案")]


def _weight(order: Order, last: date) -> str:
    """The gravest thing about an order by a day that has come: it led to a case, it was over time, else its kind."""
    last = min(last, clock.today())
    if order.state == OrderState.ESCALATED:
        return ESCALATED
    over_time = (order.state in OPEN and order.due_on < last) or (order.closed_on and order.closed_on > order.due_on)
    return LATE if over_time else order.kind


@source("order", label="责令改正通知书", order=30, weights=ORDER_WEIGHTS)
def orders(institution: Institution, first: date, last: date) -> Iterator[Record]:
    """Orders issued in these days."""
    rows = Order.objects.filter(institution=institution, issued_on__range=(first, last))
    for order in rows.order_by("issued_on", "pk"):
        yield Record(
            "order",
            order.pk,
            order.issued_on,
            f"{order.get_kind_display()} {order.number}",
            weight=_weight(order, last),
            result=order.get_state_display(),
            law=order.clauses,
            url=reverse("admin:enforcement_order_change", args=[order.pk]),
            void=order.end_reason if order.state == OrderState.VOIDED else "",
        )


@source("interview", label="约谈", order=40, weights=[(HELD, "被约谈"), (BROKEN, "约谈承诺逾期未兑现")])
def interviews(institution: Institution, first: date, last: date) -> Iterator[Record]:
    """Interviews held in these days; what was promised there and not kept weighs more."""
    held = InterviewParty.objects.filter(institution=institution, interview__held_on__range=(first, last))
    held = held.exclude(state__in=[PartyState.SUMMONED, PartyState.DROPPED]).select_related("interview")
    for party in held.order_by("interview__held_on", "pk"):
        broken = party.state == PartyState.OPEN and party.due_on < min(last, clock.today())
        yield Record(
            "interview",
            party.pk,
            party.interview.held_on,
            f"{party.interview.title}（{party.interview.number}）",
            weight=BROKEN if broken else HELD,
            result=party.get_state_display(),
            url=reverse("admin:enforcement_interviewparty_change", args=[party.pk]),
        )


@source("advert", label="违法广告处置", order=45, weights=AdOutcome.choices)
def adverts(institution: Institution, first: date, last: date) -> Iterator[Record]:
    """What was done about advertisements of the institution; how they came to be known is not told."""
    done = RemovalItem.objects.filter(sighting__clue__institution=institution, removal__done_on__range=(first, last))
    for item in done.select_related("removal", "sighting").order_by("removal__done_on", "pk"):
        yield Record(
            "advert",
            item.pk,
            item.removal.done_on,
            f"{item.sighting.get_medium_display()} {item.removal.number}",
            weight=item.outcome,
            result=str(item),
            law="、".join(dict.fromkeys(law for _, _, _, law, _ in item.sighting.marks)),
            url=reverse("admin:enforcement_removalitem_change", args=[item.pk]),
            void=item.void_reason if item.voided_at else "",
        )
