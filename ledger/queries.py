"""What the books say: figures of a purse and balances of accounts, now or as of any date; a purse's statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, models
from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce, TruncMonth

from .enums import AT_BANK, AccountKind, Kind
from .models import Account, DayTotal, Entry, PostingRule, Purse

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
    def to_repay(self) -> int:
        """核定待退: agreed to be given back and not paid by the bank yet."""
        return self.refunded - self.repaid

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


def figures_of(purse: Purse) -> Balance:
    """The figures of a purse in hand."""
    return Balance(**{name: getattr(purse, f"{name}_fen") for name in FIGURES})


def _as_of(entries: QuerySet[Entry], on: date | None, known_at: datetime | None) -> Balance:
    if on is not None:
        entries = entries.filter(happened_on__lte=on)
    if known_at is not None:
        entries = entries.filter(recorded_at__lte=known_at)
    return Rules().standing(dict(entries.values_list("kind").annotate(amount=_net("amount_fen", "amount_fen")))).purses


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
    return by_kind(DayTotal.objects.filter(jurisdiction_id__in=jurisdictions, day__range=(since, until)))


def by_kind(rows: QuerySet[DayTotal]) -> dict[str, int]:
    """Net fen of day totals by kind of posting, reversals taken off."""
    return {Kind(kind): amount for kind, amount in rows.values_list("kind").annotate(net=_total()).order_by("kind")}


def _total() -> Sum:
    return Sum(F("amount_fen") - F("reversed_fen"), output_field=models.BigIntegerField())


@dataclass(frozen=True, slots=True)
class Standing:
    """What the books say of many contracts together, and of the accounts at banks that hold their money, in fen."""

    purses: Balance
    custody: int
    risk: int


class Rules:
    """What each kind of posting moves: one question, then any number of sums."""

    def __init__(self) -> None:
        self._rules = {rule.kind: rule for rule in PostingRule.objects.all()}

    def standing(self, net: Mapping[str, int]) -> Standing:
        """What net sums by kind come to, from the first posting on."""
        purses = {name: sum(fen * self.effects(kind)[name] for kind, fen in net.items()) for name in FIGURES}
        return Standing(Balance(**purses), self._at(AccountKind.CUSTODY, net), self._at(AccountKind.RISK_BANK, net))

    def effects(self, kind: str) -> dict[str, int]:
        """By figure of a purse: whether a posting of this kind adds to it, takes from it or leaves it alone."""
        return {name: getattr(self._rules[kind], name) for name in FIGURES}

    def moves(self, kind: str, account: AccountKind) -> int:
        """1 where a posting of this kind adds to the account, -1 where it takes, 0 where it leaves it alone."""
        return (self._rules[kind].debit == account) - (self._rules[kind].credit == account)

    def _at(self, account: AccountKind, net: Mapping[str, int]) -> int:
        return sum(fen * self.moves(kind, account) for kind, fen in net.items())


def standing(institution_id: int, *, on: date) -> Standing:
    """An institution's contracts together and its accounts at the end of a day; from the day totals (two queries)."""
    return Rules().standing(by_kind(DayTotal.objects.filter(institution_id=institution_id, day__lte=on)))


def purses_on(institution_id: int, *, on: date) -> dict[int, Balance]:
    """Each purse of an institution that had a posting by the end of a day, as it stood then (two queries)."""
    entries = Entry.objects.filter(institution_id=institution_id, happened_on__lte=on, purse__isnull=False)
    sums: dict[int, dict[str, int]] = {}
    for purse, kind, fen in entries.values_list("purse_id", "kind").annotate(fen=_net("amount_fen", "amount_fen")):
        sums.setdefault(purse, {})[kind] = fen
    rules = Rules()
    return {purse: rules.standing(net).purses for purse, net in sums.items()}


@dataclass(frozen=True, slots=True)
class Month:
    """Net fen by kind of one month, and what stood at its end (or on the last day that was asked about)."""

    first: date
    net: Mapping[str, int]
    end: Standing


def months(rows: QuerySet[DayTotal], *, until: date, number: int) -> list[Month]:
    """The last months up to a day, oldest first; what lies before them is in what they begin with (two queries)."""
    found = rows.filter(day__lte=until).annotate(month=TruncMonth("day")).values_list("month", "kind")
    sums: dict[date, dict[str, int]] = {}
    for month, kind, fen in found.annotate(net=_total()).order_by("month", "kind"):
        sums.setdefault(month, {})[kind] = fen
    wanted = list(_firsts(until, number))
    rules, so_far, told = Rules(), dict.fromkeys(Kind.values, 0), []
    for month in sorted({*sums, *wanted}):
        for kind, fen in sums.get(month, {}).items():
            so_far[kind] += fen
        if month in wanted:
            told.append(Month(month, sums.get(month, {}), rules.standing(so_far)))
    return told


def _firsts(until: date, number: int) -> Iterable[date]:
    whole = until.year * 12 + until.month - 1
    for month in range(whole - number + 1, whole + 1):
        yield date(month // 12, month % 12 + 1, 1)
