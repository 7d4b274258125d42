"""What the books say: figures of a purse and balances of accounts, now or as of any date; a purse's statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, models
from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from .enums import AT_BANK, Kind
from .models import Account, DayTotal, Entry, PostingRule

FIGURES = ("deposited", "consumed", "released", "refunded", "repaid", "frozen")
NOW = """
SELECT deposited_fen, consumed_fen, released_fen, refunded_fen, repaid_fen, frozen_fen FROM ledger_purse WHERE id = %s
"""


@dataclass(frozen=True, slots=True)
class Balance:
    """A purse's figures, in fen."""

    deposited: int = 0
    consumed: int = 0
    released: int = 0
    refunded: int = 0
    repaid: int = 0
    frozen: int = 0

    @property
    def unused(self) -> int:
        """未消课: paid for and neither taught nor to be given back."""
        return self.deposited - self.consumed - self.refunded

    @property
    def at_bank(self) -> int:
        """What of this purse must lie on the supervised account."""
        return self.deposited - self.released - self.repaid

    @property
    def releasable(self) -> int:
        """How much may be released at most."""
        return max(min(self.consumed - self.released, self.free), 0)

    @property
    def free(self) -> int:
        """Not let go, not promised back, not frozen."""
        return self.deposited - self.released - self.refunded - self.frozen


def balance(purse_id: int, *, on: date | None = None, known_at: datetime | None = None) -> Balance:
    """The figures of a purse now (one read by primary key), or at the end of a day.

    ``known_at`` leaves out what was recorded later: what one saw then, and not what is now known of then.
    """
    if on is not None or known_at is not None:
        return _as_of(Entry.objects.filter(purse_id=purse_id), on, known_at)
    with connection.cursor() as cursor:
        cursor.execute(NOW, [purse_id])
        return Balance(*cursor.fetchone() or ())


def _as_of(entries: QuerySet[Entry], on: date | None, known_at: datetime | None) -> Balance:
    if on is not None:
        entries = entries.filter(happened_on__lte=on)
    if known_at is not None:
        entries = entries.filter(recorded_at__lte=known_at)
    rules = {rule.kind: rule for rule in PostingRule.objects.all()}
    figures = dict.fromkeys(FIGURES, 0)
    for kind, amount in entries.values_list("kind").annotate(amount=_net("amount_fen", "amount_fen")):
        for name in FIGURES:
            figures[name] += amount * getattr(rules[kind], name)
    return Balance(**figures)


def _net(plus: str, minus: str) -> models.Func:
    sign = Case(When(reverses__isnull=True, then=F(plus)), default=-F(minus), output_field=models.BigIntegerField())
    return Coalesce(Sum(sign), 0, output_field=models.BigIntegerField())


def account_balance(account: Account, *, on: date | None = None) -> int:
    """Debits less credits of an account, now or at the end of a day: positive at a bank, negative where money is owed.

    A bank account's present balance stands on its row; the rest comes from the day totals, never from the entries.
    """
    if on is None and account.kind in AT_BANK:
        return Account.objects.filter(pk=account.pk).values_list(F("debit_fen") - F("credit_fen"), flat=True).get()
    rows = DayTotal.objects.filter(Q(debit_account=account) | Q(credit_account=account))
    rows = rows if on is None else rows.filter(day__lte=on)
    sums = rows.aggregate(debit=_moved(Q(debit_account=account)), credit=_moved(Q(credit_account=account)))
    return sums["debit"] - sums["credit"]


def _moved(side: Q) -> models.Func:
    moved = F("amount_fen") + F("reversed_fen")
    return Coalesce(Sum(moved, filter=side), 0, output_field=models.BigIntegerField())


def statement(purse_id: int) -> QuerySet[Entry]:
    """All entries of a purse in the order of the books, with what each reverses and is reversed by at hand."""
    entries = Entry.objects.filter(purse_id=purse_id).select_related("reverses").prefetch_related("reversals")
    return entries.order_by("happened_on", "pk")


def totals(jurisdictions: frozenset[int], *, since: date, until: date) -> dict[str, int]:
    """Net fen by kind of posting in a period, reversals taken off; from the day totals."""
    rows = DayTotal.objects.filter(jurisdiction_id__in=jurisdictions, day__range=(since, until))
    net = Sum(F("amount_fen") - F("reversed_fen"), output_field=models.BigIntegerField())
    return {Kind(kind): amount for kind, amount in rows.values_list("kind").annotate(net=net).order_by("kind")}
