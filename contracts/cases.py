"""What the matcher and the validations need of many contracts, read set-based: as many queries for one as for 2,000."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from foundation.core.errors import Conflict
from foundation.core.locking import lock_all
from foundation.deadlines import working_days
from institutions.models import Permit

from .enums import ContractState
from .limits import LimitBook
from .matching import Side, Signed
from .models import Contract, ContractParty, Invoice, Lesson, Payment
from .validations import Case


@dataclass(frozen=True)
class Gathered:
    """One contract's case with what the matcher compares."""

    case: Case
    signed: Signed
    payments: list[Payment]
    invoices: list[Invoice]


def side_of(row: Payment | Invoice) -> Side:
    on, number = (row.paid_on, row.reference) if isinstance(row, Payment) else (row.issued_on, row.number)
    return Side(row.pk, row.name_blind, row.name_masked, row.amount_fen, on, number)


def signed_of(contract: Contract, party: ContractParty | None) -> Signed:
    if party is None or party.destroyed_at is not None:
        return Signed(frozenset(), "", contract.total_fen, is_erased=True)
    blinds = frozenset({party.pupil_blind, party.guardian_blind})
    return Signed(blinds, party.guardian_masked, contract.total_fen)


def gather(ids: Collection[int], *, today: date) -> list[Gathered]:
    """The contracts of these ids that were not taken back."""
    contracts = list(Contract.objects.filter(pk__in=ids, voided_at__isnull=True).order_by("pk"))
    kept = [row.pk for row in contracts]
    book, calendar = LimitBook.opened(), working_days.calendar()
    parties = ContractParty.objects.in_bulk(kept)
    payments, invoices, lessons = (_by_contract(model, kept) for model in (Payment, Invoice, Lesson))
    permits = _permits({row.institution_id for row in contracts})
    siblings = _siblings(contracts, parties)
    found = []
    for row in contracts:
        signed = signed_of(row, parties.get(row.pk))
        case = Case(
            row,
            book,
            calendar,
            today,
            payments[row.pk],
            lessons[row.pk],
            siblings[row.pk],
            permits.get(row.institution_id),
        )
        found.append(Gathered(case, signed, payments[row.pk], invoices[row.pk]))
    return found


def with_siblings(ids: Collection[int]) -> set[int]:
    """These and those of the same learners in the same institutions: they are judged, and locked, together."""
    ours = ContractParty.objects.filter(pk__in=ids).exclude(learner_blind="")
    blinds = set(ours.values_list("learner_blind", flat=True))
    homes = set(Contract.objects.filter(pk__in=ids).values_list("institution_id", flat=True))
    same = ContractParty.objects.filter(learner_blind__in=blinds, consent__contract__institution__in=homes)
    return {*ids, *same.values_list("pk", flat=True)}


def lock_together(contract: Contract) -> Contract:
    """The contract, locked after those before it that are judged with it: nobody waits for another in a ring."""
    rows = {row.pk: row for row in lock_all(Contract, with_siblings([contract.pk]))}
    if contract.pk not in rows:
        raise Conflict("合同已不存在，请刷新页面。", code="gone")
    return rows[contract.pk]


def _by_contract(model: type, ids: Collection[int]) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for row in model.objects.filter(contract__in=ids, voided_at__isnull=True).order_by("pk"):
        found[row.contract_id].append(row)
    return found


def _permits(institutions: Iterable[int]) -> dict[int, date]:
    """Institution -> the last day of its longest permit in force; none for one whose permits say no end."""
    until: dict[int, date] = {}
    open_ended = set()
    for pk, valid_to in Permit.objects.filter(institution__in=institutions, ended_on__isnull=True).values_list(
        "institution_id", "valid_to"
    ):
        if valid_to is None:
            open_ended.add(pk)
        else:
            until[pk] = max(until.get(pk, valid_to), valid_to)
    return {pk: day for pk, day in until.items() if pk not in open_ended}


def _siblings(contracts: Iterable[Contract], parties: dict[int, ContractParty]) -> dict[int, list[Contract]]:
    """Contract -> the other open ones of its learner in its institution; none for one that is closed itself."""
    blinds = {party.learner_blind for party in parties.values() if party.learner_blind}
    same = ContractParty.objects.filter(
        learner_blind__in=blinds,
        consent__contract__voided_at__isnull=True,
        consent__contract__state=ContractState.ACTIVE,
    ).select_related("consent__contract")
    by_learner: dict[tuple[int, str], list[Contract]] = defaultdict(list)
    for party in same.order_by("pk"):
        by_learner[party.consent.contract.institution_id, party.learner_blind].append(party.consent.contract)
    found: dict[int, list[Contract]] = defaultdict(list)
    for row in contracts:
        party = parties.get(row.pk)
        if party is not None and row.state == ContractState.ACTIVE:
            group = by_learner[row.institution_id, party.learner_blind]
            found[row.pk] = [other for other in group if other.pk != row.pk]
    return found
