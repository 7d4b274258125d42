"""Match and validate contracts and payments anew, and keep what was found: new findings open, what is gone is cleared.

Derived facts: whatever changes a contract or its money calls this in its own transaction; every night it runs again for
what time alone makes wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from contracts import events, rules
from contracts.cases import gather, side_of, with_siblings
from contracts.enums import LEVELS, OF_MONEY, Delivery, FeeCategory, LimitCode
from contracts.limits import Asked, LimitBook
from contracts.matching import Judged, judge
from contracts.models import Contract, ContractFinding, Invoice, Payment
from contracts.validations import Found, found_in, without_paper
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.locking import hold_all, lock
from foundation.core.operation import authorize, operation
from foundation.regions.models import Jurisdiction


@operation
def check_contracts(*, ids: Collection[int], by: Actor, at: datetime) -> int:
    """Judge the payments of these contracts and find what they break; returns how many findings are new.

    Contracts of one learner in one institution are judged together: what one of them does may split an order.
    Raises NotAllowed outside the actor's area.
    """
    wanted = with_siblings(ids)
    hold_all(Contract, wanted)
    gathered = gather(wanted, today=local_date(at))
    authorize(by, rules.can_check, {each.case.contract.jurisdiction_id for each in gathered})
    for each in gathered:
        _settle(each.payments, each.invoices, each.signed)
    found = [(each.case.contract, one) for each in gathered for one in found_in(each.case)]
    open_ones = ContractFinding.objects.filter(cleared_on__isnull=True, contract__in=wanted).exclude(code__in=OF_MONEY)
    return _keep(open_ones, [_finding(row, one, local_date(at)) for row, one in found], by=by, at=at)


@operation
def check_loose(*, ids: Collection[int], by: Actor, at: datetime) -> int:
    """The same for payments that no contract is known of. Raises NotAllowed outside the actor's area."""
    hold_all(Payment, ids)
    loose = Payment.objects.filter(pk__in=ids, contract__isnull=True, voided_at__isnull=True)
    payments = list(loose.select_related("institution").order_by("pk"))
    authorize(by, rules.can_check, {payment.jurisdiction_id for payment in payments})
    invoices = Invoice.objects.filter(
        institution__in={payment.institution_id for payment in payments},
        contract__isnull=True,
        voided_at__isnull=True,
        destroyed_at__isnull=True,
    )
    by_home: dict[int, list[Invoice]] = {}
    for invoice in invoices.order_by("pk"):
        by_home.setdefault(invoice.institution_id, []).append(invoice)
    for payment in payments:
        same = [each for each in by_home.get(payment.institution_id, []) if _is_for(each, payment)]
        _settle([payment], same[:1], None)
    found = list(_loose_findings(payments, local_date(at)))
    open_ones = ContractFinding.objects.filter(cleared_on__isnull=True, contract__isnull=True, payment__in=ids)
    open_ones = open_ones.exclude(code__in=OF_MONEY)
    return _keep(open_ones, found, by=by, at=at)


@dataclass(frozen=True)
class Told:
    """What a higher app found: of which institution, and of which contract if of one."""

    found: Found
    institution_id: int
    contract_id: int | None = None


@operation
def keep_told(*, jurisdiction: Jurisdiction, told: Iterable[Told], by: Actor, at: datetime) -> int:
    """All that is wrong today in a place by V07, V08, V11 and V14; what is not told any more is cleared.

    Returns how many findings are new. Raises NotAllowed outside the actor's area.
    """
    place = lock(Jurisdiction, jurisdiction.pk)
    authorize(by, rules.can_check, {place.pk})
    today = local_date(at)
    rows = [_row(one.found, today, place.pk, one.institution_id, one.contract_id) for one in told]
    open_ones = ContractFinding.objects.filter(cleared_on__isnull=True, jurisdiction=place, code__in=OF_MONEY)
    return _keep(open_ones, rows, by=by, at=at)


def _is_for(invoice: Invoice, payment: Payment) -> bool:
    return (invoice.amount_fen, invoice.name_blind) == (payment.amount_fen, payment.name_blind)


def _settle(payments: list[Payment], invoices: list[Invoice], signed) -> None:
    """Write verdict and edit to the payments, and to each invoice the payment that it is for; only what changed.

    What was destroyed keeps the verdict that it had: nobody can compare it again.
    """
    payments = [row for row in payments if row.destroyed_at is None]
    invoices = [row for row in invoices if row.destroyed_at is None]
    judged = judge(signed, [side_of(row) for row in payments], [side_of(row) for row in invoices])
    for payment in payments:
        told: Judged = judged[payment.pk]
        if (payment.verdict, payment.edit) != (told.verdict, told.words[:300]):
            payment.verdict, payment.edit = told.verdict, told.words[:300]
            payment.save(update_fields=["verdict", "edit"])
    of = {invoice: payment for payment in sorted(judged, reverse=True) for invoice in judged[payment].invoices}
    for invoice in invoices:
        if invoice.payment_id != of.get(invoice.pk):
            invoice.payment_id = of.get(invoice.pk)
            invoice.save(update_fields=["payment"])


def _loose_findings(payments: Iterable[Payment], today: date) -> Iterator[ContractFinding]:
    book = LimitBook.opened()
    for payment in payments:
        category = FeeCategory.of(payment.institution.category)
        asked = Asked(payment.jurisdiction_id, category, Delivery.OFFLINE, payment.paid_on)
        for one in without_paper(book.holds(LimitCode.INVOICE_DAYS, asked), payment, today):
            yield _row(one, today, payment.jurisdiction_id, payment.institution_id, None)


def _finding(contract: Contract, one: Found, today: date) -> ContractFinding:
    return _row(one, today, contract.jurisdiction_id, contract.institution_id, contract.pk)


def _row(one: Found, today: date, jurisdiction: int, institution: int, contract: int | None) -> ContractFinding:
    return ContractFinding(
        jurisdiction_id=jurisdiction,
        institution_id=institution,
        contract_id=contract,
        payment_id=one.payment_id,
        about=one.about,
        code=one.code,
        level=LEVELS[one.code],
        words=one.words[:300],
        figures=dict(one.figures),
        clause=one.clause[:300],
        remedy=one.remedy[:300],
        found_on=today,
    )


def _keep(open_ones, found: list[ContractFinding], *, by: Actor, at: datetime) -> int:
    """Open what is new, say anew what is known, clear what is gone."""
    known = {(row.code, row.about): row for row in open_ones}
    here = {(str(row.code), row.about): row for row in found}
    new = [row for key, row in here.items() if key not in known]
    for key, row in known.items():
        now = here.get(key)
        if now is None:
            row.cleared_on = local_date(at)
            row.save(update_fields=["cleared_on"])
        elif (row.words, row.remedy) != (now.words, now.remedy):
            row.words, row.remedy, row.figures, row.clause = now.words, now.remedy, now.figures, now.clause
            row.save(update_fields=["words", "remedy", "figures", "clause"])
    ContractFinding.objects.bulk_create(new)
    for row in new:
        record(events.FOUND, subject=row, by=by, at=at, changes={"code": [None, row.code]}, reason=row.words)
    return len(new)
