"""How a bank writes its day files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from banking import events, rules
from banking.enums import Column
from banking.matching import plain
from banking.models import BankProfile
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from funds.models import Bank

FACTS = ("headings", "style", "first", "last", "income", "outgo", "fee_words", "interest_words", "fee_most_fen")


@operation
def set_profile(
    *,
    bank: Bank,
    headings: Mapping[str, str],
    style: str,
    first: str,
    last: str,
    by: Actor,
    at: datetime,
    income: str = "",
    outgo: str = "",
    fee_words: Sequence[str] = (),
    interest_words: Sequence[str] = (),
    fee_most_fen: int = 0,
) -> BankProfile:
    """Say how a bank's files are written; files that came before keep what was read from them.

    Raises NotAllowed, InvalidInput (a column that the proof needs is missing, two columns of one heading).
    """
    bank = lock(Bank, bank.pk)
    authorize(by, rules.can_set_profile, bank)
    row = BankProfile.objects.filter(bank=bank).first() or BankProfile(bank=bank)
    row.headings = {column: headings[column].strip() for column in Column.values if headings.get(column, "").strip()}
    row.style, row.first, row.last = style, first.strip(), last.strip()
    row.income, row.outgo, row.set_at = income.strip(), outgo.strip(), at
    row.fee_words, row.interest_words, row.fee_most_fen = _words(fee_words), _words(interest_words), fee_most_fen
    if row.pk is None:
        insert(row)
        changes = {name: [None, getattr(row, name)] for name in FACTS}
    else:
        changes = update(row, *FACTS, "set_at")
        changes.pop("set_at", None)
    if changes:
        record(events.PROFILE_SET, subject=row, by=by, at=at, changes=changes)
    return row


def _words(words: Sequence[str]) -> list[str]:
    return sorted({plain(word) for word in words} - {""})
