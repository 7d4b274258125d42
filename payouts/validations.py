"""V07, V08, V11 and V14: what only accounts, deposits and releases tell. Found every night, place by place.

Of V11 two parts cannot be broken here: the ledger lets out no more than what was taught and confirmed; of V14 one: no
institution has two accounts on one day. What is left is the money that is late, and the account without an agreement.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from contracts.enums import Delivery, FeeCategory, FindingCode, LimitCode, PayChannel
from contracts.limits import Asked, LimitBook
from contracts.models import Payment
from contracts.operations.checks import Told
from contracts.validations import Found
from foundation.core.clock import local_date
from foundation.core.money import yuan
from foundation.deadlines import working_days
from foundation.regions.models import Jurisdiction
from funds.models import Agreement, SupervisedAccount
from ledger.models import Entry

from .enums import ConsumptionState
from .models import AccountBlock, Consumption, ContractPurse, Hold

CLAUSE = "预收费须全部进入监管专户"


def found_in(place: Jurisdiction, *, on: date) -> Iterator[Told]:
    """Everything that is wrong in a place on a day; a fixed number of questions, and one more where money is late."""
    yield from paid_elsewhere(place)
    yield from cash_kept(place, on=on)
    yield from not_passed_on(place, on=on)
    yield from without_agreement(place, on=on)


def _payments(place: Jurisdiction):
    kept = Payment.objects.filter(jurisdiction=place, voided_at__isnull=True, institution__withdrawn_at__isnull=True)
    return kept.select_related("institution", "contract").order_by("pk")


def paid_elsewhere(place: Jurisdiction) -> Iterator[Told]:
    """V07: paid to an account that is not the special one that the institution had that day.

    Silent where nobody wrote down the account, and where the institution had none: that is told by the rates.
    """
    open_then = Q(closed_on__isnull=True) | Q(closed_on__gt=OuterRef("paid_on"))
    held = SupervisedAccount.objects.filter(
        open_then, institution=OuterRef("institution"), opened_on__lte=OuterRef("paid_on")
    )
    same = held.filter(number_tail=OuterRef("account_tail"))
    told = _payments(place).exclude(account_tail="").exclude(channel=PayChannel.CASH)
    for row in told.filter(Exists(held), ~Exists(same)):
        words = f"{row.paid_on}收费{yuan(row.amount_fen)}元，收款账号尾号{row.account_tail}不是机构的监管专户"
        remedy = "退回或转入监管专户，重新登记缴费"
        yield _of(row, Found(FindingCode.V07, f"payment:{row.pk}", words, remedy, CLAUSE, payment_id=row.pk))


def cash_kept(place: Jurisdiction, *, on: date) -> Iterator[Told]:
    """V08: cash that was not deposited within the working days that the place allows; silent where it allows none."""
    book, along = LimitBook.opened(), working_days.calendar()
    posted = Entry.objects.filter(key=Concat(Value("payment:"), Cast(OuterRef("pk"), CharField())))
    for row in _payments(place).filter(~Exists(posted), channel=PayChannel.CASH):
        limit = book.holds(LimitCode.POOLING_DAYS, _asked(row, row.paid_on))
        gone = along.working_days_between(row.paid_on, on).value
        if limit is None or gone <= limit.value:
            continue
        words = (
            f"{row.paid_on}收取现金{yuan(row.amount_fen)}元，已过{gone}个工作日未存入监管专户（期限{limit.value}个）"
        )
        found = Found(
            FindingCode.V08,
            f"payment:{row.pk}",
            words,
            "立即存入监管专户并确认入账",
            limit.source,
            {"paid_on": row.paid_on.isoformat(), "days": limit.value},
            row.pk,
        )
        yield _of(row, found)


def _of(row: Payment, found: Found) -> Told:
    return Told(found, row.institution_id, row.contract_id)


def _asked(row: Payment, on: date) -> Asked:
    """Of what kind a payment's contract is; without one, what the institution mostly teaches."""
    if row.contract is not None:
        return Asked(row.jurisdiction_id, row.contract.category, row.contract.delivery, on, row.contract.pupils)
    return Asked(row.jurisdiction_id, FeeCategory.of(row.institution.category), Delivery.OFFLINE, on)


def not_passed_on(place: Jurisdiction, *, on: date) -> Iterator[Told]:
    """V11: lessons confirmed, and the institution has no money for them after the days of the place.

    Not while its releases are held or its account is blocked: then nobody may pay.
    """
    stopped = Hold.objects.holding(on).values("institution")
    blocked = AccountBlock.objects.filter(ended_at__isnull=True).values("account__institution")
    rows = ContractPurse.objects.filter(contract__jurisdiction=place, contract__voided_at__isnull=True)
    owed = rows.filter(purse__consumed_fen__gt=F("purse__released_fen")).exclude(contract__institution__in=stopped)
    owed = owed.exclude(contract__institution__in=blocked).select_related("contract", "purse").order_by("pk")
    book = LimitBook.opened()
    for row in owed:
        contract = row.contract
        since = _unpaid_since(row)
        if since is None:
            continue
        limit = book.holds(
            LimitCode.TRANSFER_DAYS,
            Asked(contract.jurisdiction_id, contract.category, contract.delivery, since, contract.pupils),
        )
        if limit is None or on <= since + timedelta(days=limit.value):
            continue
        fen = row.purse.consumed_fen - row.purse.released_fen
        words = f"{since}确认的消课{(on - since).days}天未划转给机构，待核拨{yuan(fen)}元（期限{limit.value}天）"
        figures = {"since": since.isoformat(), "fen": fen, "days": limit.value}
        found = Found(FindingCode.V11, f"contract:{contract.pk}", words, "提请核拨", limit.source, figures)
        yield Told(found, contract.institution_id, contract.pk)


def _unpaid_since(row: ContractPurse) -> date | None:
    """The day on which the oldest lessons were confirmed that no release has paid for: first taught, first paid."""
    paid = row.purse.released_fen
    confirmed = Consumption.objects.filter(contract=row.contract_id, state=ConsumptionState.CONFIRMED)
    for amount, at in confirmed.order_by("state_at", "pk").values_list("amount_fen", "state_at"):
        paid -= amount
        if paid < 0:
            return local_date(at)
    return None


def without_agreement(place: Jurisdiction, *, on: date) -> Iterator[Told]:
    """V14: a special account in use whose institution has no agreement in force."""
    here = SupervisedAccount.objects.active(on).filter(
        institution__jurisdiction=place, institution__withdrawn_at__isnull=True
    )
    covered = Agreement.objects.in_force(on).values("institution")
    for row in here.exclude(institution__in=covered).select_related("bank").order_by("pk"):
        words = f"{row.bank}尾号{row.number_tail}的监管专户在用，没有有效的三方协议"
        found = Found(FindingCode.V14, f"account:{row.pk}", words, "签订或续签三方协议", "监管专户须有三方协议")
        yield Told(found, row.institution_id)


def places() -> Iterator[Jurisdiction]:
    """Bureaus with special accounts or payments."""
    accounts, payments = (
        SupervisedAccount.objects.values("institution__jurisdiction"),
        Payment.objects.values("jurisdiction"),
    )
    yield from Jurisdiction.objects.filter(Q(pk__in=accounts) | Q(pk__in=payments)).order_by("pk")
