"""Payments, invoices and lessons entered one by one; each is matched and validated at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from contracts import events, people, rules
from contracts.cases import lock_together
from contracts.enums import PayChannel, ToldBy
from contracts.models import Contract, ContractFinding, Invoice, Lesson, Payment
from contracts.operations.checks import check_contracts, check_loose
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, invalid
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from institutions.models import Institution


@dataclass(frozen=True)
class Paid:
    """One collection of a fee, as a platform, a bank or the institution tells of it."""

    payer: str
    amount_fen: int
    paid_on: date
    reference: str
    channel: str = PayChannel.OTHER
    told_by: str = ToldBy.INSTITUTION
    contract_no: str = ""
    account: str = ""
    months: int | None = None
    lessons: int | None = None
    covers_from: date | None = None
    covers_to: date | None = None


@dataclass(frozen=True)
class Invoiced:
    buyer: str
    amount_fen: int
    issued_on: date
    number: str
    contract_no: str = ""


@dataclass(frozen=True)
class Taken:
    held_on: date
    lessons: int = 1
    starts_time: time | None = None
    ends_time: time | None = None


@operation
def record_payment(
    *, institution: Institution, paid: Paid, by: Actor, at: datetime, reserved: int | None = None, checks: bool = True
) -> Payment:
    """Enter what was paid. The account's number is kept as its last four digits and a keyed hash.

    An import enters many and has them checked together afterwards. Raises NotAllowed, InvalidInput (no payer, a day in
    the future, the reference known already).
    """
    home = lock(Institution, institution.pk)
    authorize(by, rules.can_keep_for, home)
    facts = asdict(paid)
    payer, account = facts.pop("payer"), facts.pop("account").replace(" ", "")
    _check(payer, paid.paid_on, "payer", "paid_on", at)
    row = Payment(
        pk=reserved,
        jurisdiction_id=home.jurisdiction_id,
        institution=home,
        contract=_named(home, paid.contract_no),
        account_tail=account[-4:],
        account_blind=people.account_blind(account),
        recorded_at=at,
        **facts,
    )
    people.seal_name(row, payer)
    insert(row)
    changes = {"reference": [None, row.reference], "amount_fen": [None, row.amount_fen]}
    record(events.PAID, subject=row, by=by, at=at, changes=changes)
    if checks:
        _check_again(row, by=by, at=at)
    return row


@operation
def record_invoice(
    *, institution: Institution, invoiced: Invoiced, by: Actor, at: datetime, reserved: int | None = None,
    checks: bool = True,
) -> Invoice:  # fmt: skip
    """Enter an invoice. Raises NotAllowed, InvalidInput (no buyer, a day in the future, the number known already)."""
    home = lock(Institution, institution.pk)
    authorize(by, rules.can_keep_for, home)
    facts = asdict(invoiced)
    buyer = facts.pop("buyer")
    _check(buyer, invoiced.issued_on, "buyer", "issued_on", at)
    row = Invoice(
        pk=reserved,
        jurisdiction_id=home.jurisdiction_id,
        institution=home,
        contract=_named(home, invoiced.contract_no),
        recorded_at=at,
        **facts,
    )
    people.seal_name(row, buyer)
    insert(row)
    changes = {"number": [None, row.number], "amount_fen": [None, row.amount_fen]}
    record(events.INVOICED, subject=row, by=by, at=at, changes=changes)
    if checks and row.contract_id:
        check_contracts(ids=[row.contract_id], by=by, at=at)
    return row


@operation
def record_lesson(
    *, contract: Contract, taken: Taken, by: Actor, at: datetime, reserved: int | None = None, checks: bool = True
) -> Lesson:
    """Enter lessons taken on a day. Raises NotAllowed, InvalidInput (a day in the future, known already)."""
    home = lock_together(contract)
    authorize(by, rules.can_keep_contract, home)
    if taken.held_on > local_date(at):
        raise invalid("held_on", "上课日期在今天之后，请核对。")
    row = insert(
        Lesson(
            pk=reserved,
            jurisdiction_id=home.jurisdiction_id,
            institution_id=home.institution_id,
            contract=home,
            recorded_at=at,
            **asdict(taken),
        )
    )
    record(events.TAUGHT, subject=row, by=by, at=at, changes={"lessons": [None, row.lessons]})
    if checks:
        check_contracts(ids=[home.pk], by=by, at=at)
    return row


@operation
def link_payment(*, payment: Payment, contract: Contract, by: Actor, at: datetime) -> Payment:
    """Say to which contract a payment belongs that named none, or a wrong one.

    Raises NotAllowed, Conflict (it has one), InvalidInput (another institution's).
    """
    contract, row = lock_together(contract), lock(Payment, payment.pk)
    authorize(by, rules.can_keep_payment, row)
    if row.contract_id is not None:
        raise Conflict("这笔缴费已关联合同。", code="linked")
    if contract.institution_id != row.institution_id or contract.voided_at is not None:
        raise invalid("contract", "合同不是这家机构的。")
    row.contract = contract
    changes = update(row, "contract")
    ContractFinding.objects.filter(payment=row, cleared_on__isnull=True).update(contract=contract)
    record(events.LINKED, subject=row, by=by, at=at, changes=changes)
    check_contracts(ids=[contract.pk], by=by, at=at)
    return row


def _check(name: str, on: date, name_field: str, day_field: str, at: datetime) -> None:
    if not people.plain_name(name):
        raise invalid(name_field, "请填写姓名。")
    if on > local_date(at):
        raise invalid(day_field, "日期在今天之后，请核对。")


def _named(home: Institution, number: str) -> Contract | None:
    """The institution's contract of this number, if it is there yet."""
    if not number:
        return None
    return Contract.objects.filter(institution=home, number=number, voided_at__isnull=True).first()


def _check_again(row: Payment, *, by: Actor, at: datetime) -> None:
    if row.contract_id:
        check_contracts(ids=[row.contract_id], by=by, at=at)
    else:
        check_loose(ids=[row.pk], by=by, at=at)
