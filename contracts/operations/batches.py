"""Contracts, payments, invoices and lessons of a spreadsheet batch: one by one through the one way in, then checked
together. What a row says of people leaves the batch once it is written: it is kept in one place only, and goes with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from typing import Any

from contracts import events, rules
from contracts.enums import YesNo
from contracts.models import Contract, ContractFinding, Invoice, Lesson, Payment
from contracts.operations.checks import check_contracts, check_loose
from contracts.operations.contracts import Agreed, Terms, sign_contract
from contracts.operations.money import Invoiced, Paid, Taken, record_invoice, record_lesson, record_payment
from contracts.operations.parties import TAKEN_BACK, erase_party
from contracts.people import LABELS, People
from contracts.queries import sliced
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.locking import lock_all
from foundation.core.operation import authorize, operation
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch, BatchRow
from foundation.imports.stored import opened, stored_slices
from foundation.imports.target import Target
from institutions.models import Institution

Facts = dict[str, Any]
TERMS = (
    *("number", "course_name", "category", "delivery", "lessons", "unit_price_fen", "total_fen", "bought_via", "way"),
    *("gift_lessons", "pupils", "lesson_minutes", "supervision", "refund_window_days"),
)
PAID = ("payer", "amount_fen", "reference", "channel", "told_by", "contract_no", "account", "months", "lessons")


@operation
def write_contracts(*, batch: Batch, target: Target, by: Actor, at: datetime) -> None:
    """A contract for each new row, under the id reserved for it. Raises NotAllowed outside the actor's area,
    InvalidInput when somebody entered one of them meanwhile.
    """
    done = []
    for row, facts, home in _read(batch, target, by):
        done.append(
            sign_contract(
                institution=home,
                terms=_terms(facts),
                people=People(**{name: facts[name] for name in LABELS if facts.get(name)}),
                agreed=Agreed(facts["version"], date.fromisoformat(facts["given_on"]), facts["consent_way"]),
                by=by,
                at=at,
                reserved=row.subject_id,
                checks=False,
            ).pk
        )
    _finish(batch, target, done, (), by=by, at=at)


def _terms(facts: Facts) -> Terms:
    days = {name: _day(facts.get(name)) for name in ("signed_on", "starts_on", "ends_on", "first_lesson_on")}
    told = {name: facts[name] for name in TERMS if name in facts}
    return Terms(**days, **told, on_model_contract=facts["on_model_contract"] == YesNo.YES)


@operation
def write_payments(*, batch: Batch, target: Target, by: Actor, at: datetime) -> None:
    """A payment for each new row. Raises as ``write_contracts``."""
    contracts, loose = set(), []
    for row, facts, home in _read(batch, target, by):
        days = {name: _day(facts.get(name)) for name in ("paid_on", "covers_from", "covers_to")}
        told = Paid(**days, **{name: facts[name] for name in PAID if name in facts})
        made = record_payment(institution=home, paid=told, by=by, at=at, reserved=row.subject_id, checks=False)
        if made.contract_id:
            contracts.add(made.contract_id)
        else:
            loose.append(made.pk)
    _finish(batch, target, contracts, loose, by=by, at=at)


@operation
def write_invoices(*, batch: Batch, target: Target, by: Actor, at: datetime) -> None:
    """An invoice for each new row; payments without a contract may have waited for it. Raises as above."""
    contracts, homes = set(), set()
    for row, facts, home in _read(batch, target, by):
        names = ("buyer", "amount_fen", "number", "contract_no")
        told = Invoiced(issued_on=_day(facts["issued_on"]), **{name: facts[name] for name in names if name in facts})
        made = record_invoice(institution=home, invoiced=told, by=by, at=at, reserved=row.subject_id, checks=False)
        (contracts if made.contract_id else homes).add(made.contract_id or home.pk)
    loose = Payment.objects.filter(institution__in=homes, contract__isnull=True, voided_at__isnull=True)
    _finish(batch, target, contracts, list(loose.values_list("pk", flat=True)), by=by, at=at)


@operation
def write_lessons(*, batch: Batch, target: Target, by: Actor, at: datetime) -> None:
    """Lessons taken, for each new row. Raises as above."""
    done = set()
    for row, facts, _ in _read(batch, target, by):
        times = {name: _time(facts.get(name)) for name in ("starts_time", "ends_time")}
        told = Taken(held_on=_day(facts["held_on"]), lessons=facts["lessons"], **times)
        contract = Contract.objects.get(pk=facts["contract"])
        record_lesson(contract=contract, taken=told, by=by, at=at, reserved=row.subject_id, checks=False)
        done.add(contract.pk)
    _finish(batch, target, done, (), by=by, at=at)


def _read(batch: Batch, target: Target, by: Actor) -> Iterator[tuple[BatchRow, Facts, Institution]]:
    """Each new row with its facts in plain and its institution."""
    for rows in stored_slices(batch, Outcome.CREATED):
        authorize(by, rules.can_import_contracts, {row.record["jurisdiction"] for row in rows})
        homes = Institution.objects.in_bulk({row.record["institution"] for row in rows})
        for row in rows:
            yield row, opened(row.record, target), homes[row.record["institution"]]


def _finish(batch, target, contracts: Collection[int], loose: Collection[int], *, by: Actor, at: datetime) -> None:
    """Check all that was written, and take what names people out of the batch's own rows."""
    for ids in sliced(sorted(contracts)):
        check_contracts(ids=ids, by=by, at=at)
    for ids in sliced(sorted(loose)):
        check_loose(ids=ids, by=by, at=at)
    personal = target.resource.personal_columns()
    for rows in stored_slices(batch, *Outcome.values):
        for row in rows:
            row.record = {name: value for name, value in row.record.items() if name not in personal}
            row.sealed = ""
        BatchRow.objects.bulk_update(rows, ["record", "sealed"])


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _time(written: str | None) -> time | None:
    return time.fromisoformat(written) if written else None


@operation
def take_back_rows(*, batch: Batch, model: type, by: Actor, at: datetime) -> None:
    """What the batch entered counts as never entered; the people in it are destroyed at once. Raises NotAllowed."""
    authorize(by, rules.can_import_contracts, {batch.jurisdiction_id})
    for rows in stored_slices(batch, Outcome.CREATED, kept=False):
        ids = [row.subject_id for row in rows]
        contracts = set()
        for row in lock_all(model, ids):
            row.voided_at = at
            row.save(update_fields=["voided_at"])
            contracts.add(row.pk if model is Contract else row.contract_id)
            record(events.VOIDED, subject=row, by=by, at=at, reason=TAKEN_BACK)
            if model is not Lesson:
                erase_party(row=row, by=by, at=at)
        if model is Payment:
            Invoice.objects.filter(payment__in=ids).update(payment=None)
        _clear(model, ids, at)
        if model is not Contract:
            check_contracts(ids=sorted(contracts - {None}), by=by, at=at)


def _clear(model: type, ids: Collection[int], at: datetime) -> None:
    """Findings about what was taken back are over."""
    about = {"contract__in": ids} if model is Contract else {"payment__in": ids}
    if model in (Contract, Payment):
        ContractFinding.objects.filter(**about, cleared_on__isnull=True).update(cleared_on=local_date(at))
