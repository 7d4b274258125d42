"""What the books say of an account, for the reconciliation: its entries as items, and what they come to by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import BigIntegerField, F, Q, Sum

from funds.models import SupervisedAccount
from ledger.models import Account, DayTotal, Entry
from payouts.enums import ReleaseState
from payouts.models import ReleaseLine

from .expecting import custody_of
from .models import LineMeaning, Opening
from .standing import Item

DEPOSIT, REFUND, RELEASE = "contracts.payment", "payouts.refund", "payouts.release"


@dataclass
class Books:
    """Items of one account by what they are about, and which of them were not paid yet by the bank's own leave."""

    items: list[Item] = field(default_factory=list)
    entries: dict[str, int] = field(default_factory=dict)
    under_way: set[str] = field(default_factory=set)
    by_day: list[tuple[date, int]] = field(default_factory=list)

    def on(self, days: Sequence[date]) -> list[int]:
        """What lay on the account at the end of each of these days, which are in order."""
        found, total, at = [], 0, 0
        for day in days:
            while at < len(self.by_day) and self.by_day[at][0] <= day:
                total, at = total + self.by_day[at][1], at + 1
            found.append(total)
        return found


def books_of(account: SupervisedAccount) -> Books:
    """Everything in the books of an account; empty while the ledger does not know it."""
    custody = custody_of(account)
    if custody is None:
        return Books()
    books = Books(by_day=_by_day(custody))
    seen, releases = _seen(account), _releases(account)
    for key, rows in _grouped(_entries(custody), releases):
        entry = rows[0]
        fen = sum(row.amount_fen if row.debit_account_id == custody.pk else -row.amount_fen for row in rows)
        undone = [back.happened_on for back in entry.reversals.all()]
        day = seen.get(key) or seen.get(f"entry:{entry.pk}")
        books.items.append(Item(key, fen, entry.happened_on, day, undone[0] if undone else None))
        books.entries[key] = entry.pk
    waiting = {pk for pk, state in releases.values() if state == ReleaseState.APPROVED}
    books.under_way = {f"release:{pk}" for pk in waiting}
    return books


def _entries(custody: Account) -> Iterable[Entry]:
    rows = Entry.objects.filter(Q(debit_account=custody.pk) | Q(credit_account=custody.pk), reverses__isnull=True)
    return rows.prefetch_related("reversals").order_by("pk")


def _releases(account: SupervisedAccount) -> dict[int, tuple[int, str]]:
    """Entry -> (release, its state)."""
    rows = ReleaseLine.objects.filter(release__account=account, entry__isnull=False)
    return {entry: (pk, state) for entry, pk, state in rows.values_list("entry_id", "release_id", "release__state")}


def _grouped(rows: Iterable[Entry], releases: Mapping[int, tuple[int, str]]) -> Iterable[tuple[str, list[Entry]]]:
    """A release is one thing to the bank, however many lines it has."""
    keyed = sorted(((_key(row, releases), row) for row in rows), key=lambda pair: (pair[0], pair[1].pk))
    for key, group in groupby(keyed, key=lambda pair: pair[0]):
        yield key, [row for _, row in group]


def _key(row: Entry, releases: Mapping[int, tuple[int, str]]) -> str:
    if row.source_kind == RELEASE and row.pk in releases:
        return f"release:{releases[row.pk][0]}"
    if row.source_kind == DEPOSIT:
        return row.source_number.replace("payment:", "deposit:")
    if row.source_kind == REFUND:
        return row.source_number.removesuffix(":repay")
    return f"entry:{row.pk}"


def _seen(account: SupervisedAccount) -> dict[str, date]:
    """On which day the bank had each thing."""
    rows = LineMeaning.objects.filter(line__account=account)
    opening = Opening.objects.filter(account=account, entry__isnull=False).values_list("entry_id", "day")
    found = {f"entry:{entry}": day for entry, day in opening}
    for day, payment, release, refund, entry in rows.values_list(
        "line__day", "payment_id", "release_id", "refund_id", "entry_id"
    ):
        about = {"deposit": payment, "release": release, "refund": refund, "entry": entry}
        found |= {f"{name}:{pk}": day for name, pk in about.items() if pk is not None}
    return found


def _by_day(custody: Account) -> list[tuple[date, int]]:
    """From the day totals, which are kept with each posting: a second source beside the entries."""
    moved = Sum(F("amount_fen") + F("reversed_fen"), output_field=BigIntegerField())
    total: Counter[date] = Counter()
    for side, sign in (("debit_account", 1), ("credit_account", -1)):
        rows = DayTotal.objects.filter(**{side: custody.pk}).order_by("day").values_list("day")
        for day, fen in rows.annotate(moved=moved):
            total[day] += sign * fen
    return sorted(total.items())
