"""The opening balance of an account: what its bank had before the first day that is known."""

from __future__ import annotations

from datetime import datetime

from banking import books as reading
from banking import rules
from banking.booking import bookable, custody_of, held, lent
from banking.models import AccountDay, Opening
from banking.standing import Item
from foundation.core.actor import Actor
from foundation.core.errors import DomainError
from foundation.core.operation import authorize, operation
from funds.models import SupervisedAccount
from ledger.enums import Kind
from ledger.models import Entry
from ledger.operations.posting import Line, post, reverse_entry


@operation
def open_books(*, account: SupervisedAccount, by: Actor, at: datetime) -> Opening | None:
    """What the bank had before its first day and the books did not, stands in them as unexplained.

    An earlier first day, or something of before that a line shows, changes the sum: the old posting is taken back.
    Raises NotAllowed.
    """
    account = held(account)
    authorize(by, rules.can_reconcile, account)
    first = AccountDay.objects.filter(account=account).order_by("day").first()
    if first is None:
        return None
    row = Opening.objects.filter(account=account).first() or Opening(account=account, day=first.day, fen=0)
    books = reading.books_of(account)
    known = [item for item in books.items if item.key != f"entry:{row.entry_id}" and item.undone is None]
    before = sum(item.fen for item in known if item.booked < first.day and _past(item, books))
    if row.pk and (row.day, row.fen) == (first.day, first.opening_fen - before):
        return row
    was, times = row.entry, row.times
    row.day, row.fen, row.entry, row.times = first.day, first.opening_fen - before, None, times + 1
    # What comes in is posted before the old sum goes: of the old one something may have been spent since.
    if was is not None and row.fen <= 0:
        _undo(row, was, times, by=by, at=at)
    if row.fen:
        row.entry_id = _post_opening(row, by=by, at=at)
    if was is not None and row.fen > 0:
        _undo(row, was, times, by=by, at=at)
    row.save()
    return row


def _past(item: Item, books: reading.Books) -> bool:
    return item.seen is None and item.key not in books.under_way


def _undo(row: Opening, was: Entry, times: int, *, by: Actor, at: datetime) -> None:
    reverse_entry(
        entry=was,
        happened_on=bookable(row.account, was.happened_on, at),
        key=f"bankopening:{row.account_id}:{times}:back",
        reason="期初余额有变",
        by=lent(row.account, by),
        at=at,
    )


def _post_opening(row: Opening, *, by: Actor, at: datetime) -> int | None:
    """The entry; nothing when the books refuse it, and the difference says so by its effect."""
    line = Line(
        kind=Kind.UNEXPLAINED_IN if row.fen > 0 else Kind.UNEXPLAINED_OUT,
        amount_fen=abs(row.fen),
        happened_on=bookable(row.account, row.day, at),
        key=f"bankopening:{row.account_id}:{row.times}",
        source_kind="banking.opening",
        source_number=str(row.account_id),
        account=custody_of(row.account, by=by, at=at),
    )
    try:
        return post(line=line, by=lent(row.account, by), at=at).entry_id
    except DomainError:
        return None
