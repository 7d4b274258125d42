"""Reading contracts: what is due to be destroyed, what hangs on an institution."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from .enums import LimitCode, Verdict
from .limits import Asked, LimitBook
from .models import Contract, Payment

#: Verdicts that the passing of days turns into a finding.
LACKING = (Verdict.NO_CONTRACT, Verdict.NO_INVOICE, Verdict.NEITHER)


def parties_to_destroy(*, on: date) -> Iterator[Contract]:
    """Contracts whose people are kept no longer: closed, the refund window past, and the days of ``kept_days`` too.

    A contract that nobody closed may still owe a family money: its people stay.
    """
    book = LimitBook.opened()
    over = Contract.objects.filter(closed_on__lt=on, consent__party__destroyed_at__isnull=True)
    for contract in over.filter(consent__party__isnull=False).order_by("pk"):
        asked = Asked(contract.jurisdiction_id, contract.category, contract.delivery, contract.closed_on)
        kept = book.value(LimitCode.KEPT_DAYS, asked)
        if kept is not None and contract.closed_on + timedelta(days=contract.refund_window_days + kept) < on:
            yield contract


def unsettled() -> Iterator[tuple[int, list[int], list[int]]]:
    """(bureau, contracts, payments without one) that time alone can make wrong."""
    contracts: dict[int, set[int]] = {}
    loose: dict[int, set[int]] = {}
    late = Payment.objects.filter(verdict__in=LACKING, voided_at__isnull=True, destroyed_at__isnull=True)
    for place, contract, pk in late.values_list("jurisdiction_id", "contract_id", "pk"):
        (contracts if contract else loose).setdefault(place, set()).add(contract or pk)
    for place in sorted({*contracts, *loose}):
        yield place, sorted(contracts.get(place, ())), sorted(loose.get(place, ()))


def sliced(ids: list[int], *, size: int = 500) -> Iterator[list[int]]:
    """So many at a time: one transaction holds no more."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
