"""Reading contracts' money, releases and refunds."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest, Least

from contracts.models import Contract, Lesson
from foundation.core.actor import Actor
from institutions.models import Institution

from .enums import ConsumptionState, RefundState, ReleaseState
from .models import ContractPurse, Hold, Refund, Release, ReleaseLine

#: What counts as taken for pricing the next lessons: all that was told and not taken back.
COUNTED = (ConsumptionState.PROPOSED, ConsumptionState.CONFIRMED, ConsumptionState.DISPUTED)


def lessons_to_tell(contract: Contract, *, up_to: date) -> QuerySet[Lesson]:
    """Lessons taken until a day that were not yet told to the guardian, oldest first."""
    open_ones = contract.taken.filter(voided_at__isnull=True, consumed__isnull=True, held_on__lte=up_to)
    return open_ones.order_by("held_on", "starts_time", "pk")


def taken_before(contract: Contract) -> int:
    """Lessons of the contract that were told so far."""
    return contract.consumptions.filter(state__in=COUNTED).aggregate(n=Coalesce(Sum("lessons"), 0))["n"]


def releasable(institution: Institution) -> list[tuple[ContractPurse, int]]:
    """(contract's money, fen) of an institution's contracts with something earned and not yet released or frozen."""
    earned = F("purse__consumed_fen") - F("purse__released_fen")
    free = F("purse__deposited_fen") - F("purse__released_fen") - F("purse__refunded_fen") - F("purse__frozen_fen")
    rows = (
        ContractPurse.objects.filter(contract__institution=institution, contract__voided_at__isnull=True)
        .annotate(amount=Greatest(Least(earned, free), 0))
        .filter(amount__gt=0)
        .select_related("contract", "purse")
        .order_by("contract_id")
    )
    return [(row, row.amount) for row in rows]


def hold_on(institution: Institution, *, on: date) -> Hold | None:
    """The hold that is in force on a day; the longest where there are several."""
    return Hold.objects.filter(institution=institution).holding(on).order_by("-until_on").first()


def paid_lines(actor: Actor, *, first: date, last: date) -> QuerySet[ReleaseLine]:
    """核拨人次: lines of releases that a bank paid in a period."""
    paid = Release.objects.visible_to(actor).filter(state=ReleaseState.PAID, paid_on__range=(first, last))
    return ReleaseLine.objects.filter(release__in=paid)


def released(actor: Actor, *, first: date, last: date) -> tuple[int, int]:
    """(人次, fen) released in a period."""
    found = paid_lines(actor, first=first, last=last).aggregate(n=Count("pk"), fen=Coalesce(Sum("amount_fen"), 0))
    return found["n"], found["fen"]


def paid_refunds(actor: Actor, *, first: date, last: date) -> QuerySet[Refund]:
    """Refunds that were paid in a period."""
    return Refund.objects.visible_to(actor).filter(state=RefundState.PAID, paid_on__range=(first, last))


def refunded(actor: Actor, *, first: date, last: date, coordinated: bool = False) -> tuple[int, int]:
    """(人, fen) refunded in a period: distinct learners; ``coordinated``: 协调退费 alone.

    A learner whose data were destroyed counts as one of its contract.
    """
    rows = paid_refunds(actor, first=first, last=last)
    if coordinated:
        rows = rows.filter(coordinator__isnull=False)
    found = rows.values_list("contract_id", "contract__consent__party__learner_blind", "agreed_fen")
    learners = {blind or f"contract:{contract}" for contract, blind, _ in found}
    return len(learners), sum(fen for _, _, fen in found)
