"""Reading contracts' money, releases and refunds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest, Least

from contracts.models import Contract, Lesson, Payment
from foundation.core.actor import Actor
from foundation.deadlines import working_days
from foundation.deadlines.calendars import WorkingCalendar
from foundation.deadlines.enums import DeadlineState, Limit
from foundation.deadlines.queries import limit_for, open_clocks_of
from foundation.deadlines.reckoning import Term, due_on
from funds.models import SupervisedAccount
from institutions.models import Institution
from ledger.models import Entry, Purse
from ledger.queries import FIGURES, Balance

from .enums import ConsumptionState, RefundState, ReleaseState
from .models import AccountBlock, Consumption, ContractPurse, Hold, Refund, Release, ReleaseLine

#: No place has a shorter silence; what is younger need not be counted.
SHORTEST_SILENCE = timedelta(days=1)
#: So many working days before silence counts, guardians are told once more.
WARNED_BEFORE = 3
#: What counts as taken for pricing the next lessons: all that was told and not taken back.
COUNTED = (ConsumptionState.PROPOSED, ConsumptionState.CONFIRMED, ConsumptionState.DISPUTED)


def lessons_to_tell(contract: Contract, *, up_to: date) -> QuerySet[Lesson]:
    """Lessons taken until a day that were not yet told to the guardian, oldest first."""
    open_ones = contract.taken.filter(voided_at__isnull=True, consumed__isnull=True, held_on__lte=up_to)
    return open_ones.order_by("held_on", "starts_time", "pk")


def is_deposited(payment: Payment) -> bool:
    """Whether a payment was posted, by the key under which ``confirm_deposit`` does so once."""
    return Entry.objects.filter(key=f"payment:{payment.pk}").exists()


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


def block_of(account: SupervisedAccount) -> AccountBlock | None:
    """What stops releases from an account now: money on it that nobody has explained."""
    return AccountBlock.objects.filter(account=account, ended_at__isnull=True).first()


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


def refunds_to_approve(actor: Actor) -> QuerySet[Refund]:
    """Refunds on whose amount both sides agree, that wait for a second person: never the own ones."""
    agreed = Refund.objects.visible_to(actor).filter(state__in=(RefundState.AGREED, RefundState.SETTLED))
    return agreed.exclude(entered_by=actor.user_id)


def refunds_to_handle(actor: Actor) -> QuerySet[Refund]:
    """Refunds with whose next step an officer is busy: to be answered, to be coordinated, to be paid."""
    steps = (RefundState.ASKED, RefundState.DISPUTED, RefundState.APPROVED)
    return Refund.objects.visible_to(actor).filter(state__in=steps)


def long_silent(*, on: date) -> list[Consumption]:
    """Lessons to which nobody objected within the days of silence, oldest first."""
    waiting = _reached(by=on - SHORTEST_SILENCE)
    last = last_days(waiting)
    return [row for row in waiting if last[row.pk] < on]


def is_nearly_silent(row: Consumption, *, on: date, along: WorkingCalendar) -> bool:
    """Whether the lessons still wait, of which the guardian knows, and the last day to object is at most three working
    days away."""
    if row.state != ConsumptionState.PROPOSED or row.reached_on is None or row.reached_on >= on:
        return False
    return _near(along, on, last_days([row], along)[row.pk], WARNED_BEFORE)


def _reached(*, by: date) -> list[Consumption]:
    """Lessons that wait, of which the guardian knows: of a text that could not be sent nobody is silent."""
    rows = Consumption.objects.filter(state=ConsumptionState.PROPOSED, reached_on__lte=by)
    return list(rows.select_related("contract__jurisdiction").order_by("told_on", "pk"))


def is_nearly_unanswered(row: Refund, *, on: date, along: WorkingCalendar) -> bool:
    """Whether the refund's institution has that day and at most one working day left to answer."""
    answer = open_clocks_of(row).filter(code=Limit.REFUND_ANSWER, state=DeadlineState.RUNNING).first()
    return row.state == RefundState.ASKED and answer is not None and _near(along, on, answer.due_on, 1)


def _near(along: WorkingCalendar, on: date, last: date, most: int) -> bool:
    return on <= last and along.working_days_between(on, last).value <= most


def silent_until(row: Consumption) -> date | None:
    """The last day on which a guardian may object: the limit of the place, counted from the day it was reached.

    None as long as it was not reached: nobody's silence counts.
    """
    return last_days([row]).get(row.pk)


def last_days(rows: Iterable[Consumption], along: WorkingCalendar | None = None) -> dict[int, date]:
    """``silent_until`` of many, by id: counted once for each place and day, along one calendar. Unreached: none."""
    along = along or working_days.calendar()
    counted: dict[tuple[int, date], date] = {}
    found = {}
    for row in rows:
        if row.reached_on is None:
            continue
        key = row.contract.jurisdiction_id, row.reached_on
        if key not in counted:
            limit = limit_for(Limit.LESSON_CONFIRMATION, row.contract.jurisdiction, row.reached_on)
            counted[key] = due_on(Term(row.reached_on, limit.amount, limit.unit, limit.rolls_over), along).value
        found[row.pk] = counted[key]
    return found


def waiting(contract: Contract) -> QuerySet[Consumption]:
    """Lessons that wait for the guardian's word, oldest first."""
    return contract.consumptions.filter(state=ConsumptionState.PROPOSED).order_by("told_on", "pk")


def spoken_of(contract: Contract) -> QuerySet[Consumption]:
    """Lessons that were confirmed or disputed, newest first."""
    states = (ConsumptionState.CONFIRMED, ConsumptionState.DISPUTED)
    return contract.consumptions.filter(state__in=states).order_by("-state_at", "-pk")


def held_by(institution: Institution) -> Balance:
    """All contracts' money of an institution together, as the books say now."""
    purses = Purse.objects.filter(institution=institution)
    found = purses.aggregate(**{name: Coalesce(Sum(f"{name}_fen"), 0) for name in FIGURES})
    return Balance(**{name: int(fen) for name, fen in found.items()})
