"""Reading contracts: what is due to be destroyed, what hangs on an institution."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from .enums import LimitCode
from .limits import Asked, LimitBook
from .models import Contract


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
