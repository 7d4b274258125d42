"""Money of the base demo's contracts: fees on special accounts, lessons told, releases and refunds at every step."""

from __future__ import annotations

from datetime import datetime, timedelta

from contracts.models import Contract, Payment
from foundation.core import clock
from foundation.core.actor import Actor
from funds.models import SupervisedAccount
from institutions.models import Institution
from payouts.enums import AskedBy
from payouts.models import Consumption, Refund
from payouts.operations.books import confirm_deposit
from payouts.operations.holds import hold_releases
from payouts.operations.lessons import confirm_lessons, dispute_lessons, propose_lessons
from payouts.operations.refunds import (
    Asked,
    agree_refund,
    approve_refund,
    ask_refund,
    object_refund,
    pay_refund,
    settle_refund,
)
from payouts.operations.releases import approve_release, pay_release, propose_release

from .organs import JIMEI, SIMING, People

STAFF = {code: (f"{place}.jingban", f"{place}.shenhe") for code, place in ((SIMING, "siming"), (JIMEI, "jimei"))}


def load(people: People, now: datetime) -> None:
    """Deposits on the day of each payment, lessons told a fortnight ago, releases last week, refunds this week."""
    for code, (officer, leader) in STAFF.items():
        by, second = people.acts(officer), people.acts(leader)
        contracts = _deposited(code, by)
        _told(contracts, by, now)
        homes = list(Institution.objects.filter(contracts__in=contracts).distinct().order_by("pk"))
        _released(homes, by, second, now)
        _refunded(contracts[::3], by, second, now)
    _held(people, now)


def _deposited(code: str, by: Actor) -> list[Contract]:
    """Every fee that went to the institution's special account."""
    tails = dict(SupervisedAccount.objects.filter(closed_on=None).values_list("institution_id", "number_tail"))
    found = []
    payments = Payment.objects.filter(jurisdiction__code=code, contract__isnull=False, voided_at=None)
    for payment in payments.select_related("contract", "institution").order_by("pk"):
        if payment.account_tail != tails.get(payment.institution_id):
            continue
        with clock.set_to(payment.recorded_at):
            confirm_deposit(payment=payment, arrived_on=payment.paid_on, by=by, at=payment.recorded_at)
        found.append(payment.contract)
    return found


def _told(contracts: list[Contract], by: Actor, now: datetime) -> None:
    """What was taught until a fortnight ago is confirmed but for one objection; the rest waits for its guardians."""
    early = now - timedelta(days=14)
    for number, contract in enumerate(contracts):
        taught = contract.taken.filter(voided_at=None)
        with clock.set_to(early):
            if taught.filter(held_on__lte=clock.local_date(early)).exists():
                row = propose_lessons(contract=contract, up_to=clock.local_date(early), by=by, at=early)
                _answered(row, number, by, early)
        with clock.set_to(now - timedelta(days=2)):
            at = now - timedelta(days=2)
            if taught.filter(held_on__lte=clock.local_date(at), consumed=None).exists() and number % 3:
                propose_lessons(contract=contract, up_to=clock.local_date(at), by=by, at=at)


def _answered(row: Consumption, number: int, by: Actor, at: datetime) -> None:
    if number % 7 == 5:
        dispute_lessons(consumption=row, reason="家长称其中一次课当天停课，未上。", by=by, at=at)
    else:
        confirm_lessons(consumption=row, remark="家长电话确认", by=by, at=at)


def _released(homes: list[Institution], by: Actor, second: Actor, now: datetime) -> None:
    """One waits for its leader, one for its bank, the others are paid."""
    at = now - timedelta(days=6)
    with clock.set_to(at):
        for number, home in enumerate(homes):
            if not Consumption.objects.filter(contract__institution=home, state="confirmed").exists():
                continue
            row = propose_release(institution=home, by=by, at=at)
            if number == 0:
                continue
            approve_release(release=row, by=second, at=at)
            if number != 1:
                pay_release(release=row, paid_on=clock.local_date(at), bank_reference=f"YS{row.pk:08d}", by=by, at=at)


def _refunded(contracts: list[Contract], by: Actor, second: Actor, now: datetime) -> None:
    """Refunds at every step: asked, agreed, disputed, coordinated, paid."""
    at = now - timedelta(days=4)
    on = clock.local_date(at)
    with clock.set_to(at):
        for number, contract in enumerate(contracts):
            fen = min(contract.total_fen // 4, 60_000)
            wish = Asked(amount_fen=fen, reason="搬家转学，后续课程无法参加", asked_by=AskedBy.COUNTER, asked_on=on)
            row = ask_refund(contract=contract, asked=wish, by=by, at=at)
            if number % 4 == 1:
                agree_refund(refund=row, amount_fen=fen, answer="同意退费", answered_on=on, by=by, at=at)
            elif number % 4 == 2:
                object_refund(refund=row, answer="合同约定开课后不退", answered_on=on, by=by, at=at)
            elif number % 4 == 3:
                _coordinated(row, by, second, at)


def _coordinated(row: Refund, by: Actor, second: Actor, at: datetime) -> None:
    """协调退费 to its end."""
    on = clock.local_date(at)
    object_refund(refund=row, answer="合同约定开课后不退", answered_on=on, by=by, at=at)
    outcome = {"outcome": "经协调，机构同意退还未消课费用的九成。", "coordinated_on": on}
    settle_refund(refund=row, amount_fen=row.asked_fen * 9 // 10, by=by, at=at, **outcome)
    approve_refund(refund=row, by=second, at=at)
    pay_refund(refund=row, paid_on=on, bank_reference=f"TF{row.pk:08d}", by=by, at=at)


def _held(people: People, now: datetime) -> None:
    """One institution of 集美 whose books are being looked at."""
    home = Institution.objects.filter(jurisdiction__code=JIMEI, contracts__isnull=False).order_by("-pk")[0]
    until = clock.local_date(now) + timedelta(days=20)
    with clock.set_to(now):
        hold_releases(
            institution=home, until_on=until, reason="家长反映停课，正在核实", by=people.acts("jimei.shenhe"), at=now
        )
