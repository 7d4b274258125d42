"""Books to measure in: institutions with purses, and millions of entries with their day totals."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable

from django.db import connection, connections

from bench import filled, place
from foundation.accounts.enums import Can
from foundation.core import clock
from foundation.core.actor import job
from institutions.models import Institution
from ledger import invariants
from ledger.enums import Kind
from ledger.models import Purse
from ledger.operations.opening import NewPurse, open_account, open_purses
from ledger.operations.posting import Line, post_batch
from ledger.queries import balance

SLICE = 250_000
RAW = """
SELECT jurisdiction_id, date_trunc('month', happened_on)::date AS month, kind,
  count(*) FILTER (WHERE reverses_id IS NULL) AS entries,
  sum(CASE WHEN reverses_id IS NULL THEN amount_fen ELSE -amount_fen END)::bigint AS fen
FROM ledger_entry GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
TOTALS = """
SELECT jurisdiction_id, date_trunc('month', day)::date AS month, kind, sum(entries) AS entries,
  sum(amount_fen - reversed_fen)::bigint AS fen
FROM ledger_daytotal GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
#: Entries of a year: each purse is paid into once and taught, and of each lesson the money is let go.
FILL = """
INSERT INTO ledger_entry (institution_id, jurisdiction_id, kind, purse_id, debit_account_id, credit_account_id,
  amount_fen, happened_on, at, by_name, checker_id, checker_name, reason, source_kind, source_number, key,
  request_hash, by_id)
SELECT q.institution_id, q.jurisdiction_id, k.kind, q.id, d.id, c.id,
  5000 + n %% 100, %(day)s::date - (n * 7919 %% 365)::int, now(), '批量', 2, '复核', '', 'bench', n::text, 'fill:' || n,
  '', 1
FROM generate_series(%(first)s::bigint, %(last)s) n
JOIN LATERAL (SELECT CASE n %% 2 WHEN 0 THEN 'consume' ELSE 'release' END AS kind) k ON true
JOIN ledger_purse q ON q.id = %(purse)s + n / 2 %% %(purses)s
JOIN ledger_postingrule r ON r.kind = k.kind
JOIN ledger_account d ON d.institution_id = q.institution_id AND d.kind = r.debit
JOIN ledger_account c ON c.institution_id = q.institution_id AND c.kind = r.credit
"""
SUMMED = """
INSERT INTO ledger_daytotal (institution_id, jurisdiction_id, day, kind, debit_account_id, credit_account_id, entries,
  amount_fen, reversals, reversed_fen)
SELECT institution_id, jurisdiction_id, happened_on, kind, debit_account_id, credit_account_id, count(*),
  sum(amount_fen), 0, 0 FROM ledger_entry GROUP BY 1, 2, 3, 4, 5, 6
"""


class Books:
    """Institutions with a bank account each, and purses with money in them."""

    def __init__(self, *, institutions: int, purses: int) -> None:
        filled.fill(institutions)
        rows = list(Institution.objects.order_by("pk")[:institutions])
        places = frozenset(row.jurisdiction_id for row in rows)
        self.by, at = job("测速", Can.POST_LEDGER, scope=places), clock.now()
        accounts = [open_account(institution=row, number=f"A{row.pk}", by=self.by, at=at) for row in rows]
        new = [
            NewPurse(rows[number % len(rows)], f"HT{number}", accounts[number % len(rows)]) for number in range(purses)
        ]
        self.purses: list[Purse] = open_purses(new=new, by=self.by, at=at)
        self._numbers = itertools.count(1)
        self._day = clock.today()
        deposits = [self.line(purse, amount=10**9) for purse in self.purses]
        for start in range(0, purses, 1000):
            post_batch(lines=deposits[start : start + 1000], by=self.by, at=at)

    def key(self) -> str:
        return f"bench:{next(self._numbers)}"

    def line(self, purse: Purse | None = None, amount: int = 5_000) -> Line:
        key = self.key()
        purse = purse or random.choice(self.purses)
        return Line(Kind.DEPOSIT, amount, self._day, key, "bench", key, purse=purse)

    def lines(self, count: int) -> list[Line]:
        return [self.line() for _ in range(count)]

    def hot_lines(self, count: int) -> list[Line]:
        return [self.line(self.purses[0]) for _ in range(count)]


def assert_books() -> None:
    """The invariants hold after all that was measured."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    if broken := invariants.broken():
        raise RuntimeError(f"the books do not agree: {broken}")


def reports(entries: int, repeats: int) -> dict[str, list[float]]:
    """Milliseconds of the report both ways, and of a balance beside a read by primary key."""
    books = Books(institutions=300, purses=30_000)
    _fill(entries, books)
    runs: dict[str, list[float]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(RAW)
        raw = cursor.fetchall()
        cursor.execute(TOTALS)
        if cursor.fetchall() != raw:
            raise RuntimeError("the day totals are not the sums of the entries")
    acts: dict[str, Callable[[int], object]] = {
        "report": lambda _: _asked(TOTALS), "report raw": lambda _: _asked(RAW), "balance": balance,
        "primary key": lambda pk: _asked("SELECT * FROM ledger_purse WHERE id = %s", pk),
    }  # fmt: skip
    for _ in range(repeats):
        for name, act in acts.items():
            ids = [0] if name.startswith("report") else random.choices([purse.pk for purse in books.purses], k=2_000)
            runs.setdefault(name, []).append(_timed(act, ids) / len(ids))
    return runs


def _fill(entries: int, books: Books) -> None:
    """By the owner, without foreign keys: the report does not ask for them, and five million would take an hour."""
    owner = connections["owner"]
    first = books.purses[0].pk
    with owner.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'ledger_entry'::regclass AND contype = 'f'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE ledger_entry DROP CONSTRAINT "{name}"')
        for start in range(1, entries + 1, SLICE):
            last = min(start + SLICE - 1, entries)
            given = {"first": start, "last": last, "purse": first, "purses": len(books.purses), "day": clock.today()}
            cursor.execute(FILL, given)
        cursor.execute("DELETE FROM ledger_daytotal")
        cursor.execute(SUMMED)
    place.vacuum()


def _asked(statement: str, *given: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        cursor.fetchall()


def _timed(act: Callable[[int], object], ids: list[int]) -> float:
    began = time.perf_counter()
    for pk in ids:
        act(pk)
    return 1000 * (time.perf_counter() - began)
