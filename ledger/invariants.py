"""The ledger's invariants (I1-I10) as queries that must find nothing; ``manage.py check_ledger`` asks them all.

Each row that a query finds is (id, what is wrong). I8, the chain, is ``manage.py verify_ledger``; that a closing
balance of the bank is the custody account's (I10), the app asks that has the bank's files.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections, transaction

SIGNED = "CASE WHEN e.reverses_id IS NULL THEN e.amount_fen ELSE -e.amount_fen END"
FIGURES = ("deposited", "consumed", "released", "refunded", "repaid", "frozen")
_SUMS = ", ".join(f"coalesce(sum({SIGNED} * r.{name}), 0) AS {name}" for name in FIGURES)
_DIFFERS = " OR ".join(f"q.{name}_fen <> coalesce(s.{name}, 0)" for name in FIGURES)
_AT_BANK = "a.kind IN ('custody', 'risk_bank')"
_SIDES = """
  SELECT account, sum(debit) AS debit, sum(credit) AS credit FROM (
    SELECT debit_account_id AS account, amount_fen AS debit, 0 AS credit FROM ledger_entry
    UNION ALL SELECT credit_account_id, 0, amount_fen FROM ledger_entry) m GROUP BY account
"""
#: What each liability of an institution must come to by its purses: credit less debit.
_BY_PURSES = """
  SELECT institution_id, 'prepaid' AS kind, sum(deposited_fen - consumed_fen - refunded_fen) AS fen
    FROM ledger_purse GROUP BY 1
  UNION ALL SELECT institution_id, 'payable', sum(consumed_fen - released_fen) FROM ledger_purse GROUP BY 1
  UNION ALL SELECT institution_id, 'refunds', sum(refunded_fen - repaid_fen) FROM ledger_purse GROUP BY 1
  UNION ALL SELECT institution_id, 'held', sum(frozen_fen) FROM ledger_purse GROUP BY 1
"""

INVARIANTS: dict[str, tuple[str, str]] = {
    "I1": (
        "debits equal credits, and each entry lies between the accounts that its kind names",
        """
        SELECT e.id, 'entry ' || e.id || ' does not lie as its rule says' FROM ledger_entry e
        LEFT JOIN ledger_postingrule r ON r.kind = e.kind
        LEFT JOIN ledger_account d ON d.id = e.debit_account_id LEFT JOIN ledger_account c ON c.id = e.credit_account_id
        WHERE (CASE WHEN e.reverses_id IS NULL THEN d.kind = r.debit AND c.kind = r.credit
          ELSE d.kind = r.credit AND c.kind = r.debit END AND d.institution_id = e.institution_id
          AND c.institution_id = e.institution_id AND r.of_purse = (e.purse_id IS NOT NULL)) IS NOT TRUE
        """,
    ),
    "I2 purses": (
        "a purse's figures are the sums of its entries",
        f"""
        SELECT q.id, 'purse ' || q.number || ' does not hold what its entries come to' FROM ledger_purse q
        LEFT JOIN (SELECT e.purse_id, {_SUMS} FROM ledger_entry e JOIN ledger_postingrule r ON r.kind = e.kind
          GROUP BY e.purse_id) s ON s.purse_id = q.id
        WHERE {_DIFFERS}
        """,  # noqa: S608
    ),
    "I2 bank accounts": (
        "a bank account's sums are the sums of its entries",
        f"""
        SELECT a.id, 'account ' || a.number || ' does not hold what its entries come to' FROM ledger_account a
        LEFT JOIN ({_SIDES}) s ON s.account = a.id
        WHERE {_AT_BANK} AND (a.debit_fen <> coalesce(s.debit, 0) OR a.credit_fen <> coalesce(s.credit, 0))
        """,  # noqa: S608
    ),
    "I2 day totals": (
        "a day's totals are the sums of its entries",
        """
        SELECT coalesce(t.id, 0), 'total of ' || coalesce(t.day, e.day) || ' ' || coalesce(t.kind, e.kind)
          || ' is not what its entries come to'
        FROM ledger_daytotal t FULL JOIN (
          SELECT debit_account_id, credit_account_id, happened_on AS day, kind, jurisdiction_id,
            count(*) FILTER (WHERE reverses_id IS NULL) AS entries, count(reverses_id) AS reversals,
            coalesce(sum(amount_fen) FILTER (WHERE reverses_id IS NULL), 0) AS amount,
            coalesce(sum(amount_fen) FILTER (WHERE reverses_id IS NOT NULL), 0) AS reversed
          FROM ledger_entry GROUP BY 1, 2, 3, 4, 5) e
        ON (e.debit_account_id, e.credit_account_id, e.day, e.kind, e.jurisdiction_id)
          = (t.debit_account_id, t.credit_account_id, t.day, t.kind, t.jurisdiction_id)
        WHERE (t.entries = e.entries AND t.reversals = e.reversals AND t.amount_fen = e.amount
          AND t.reversed_fen = e.reversed) IS NOT TRUE
        """,
    ),
    "I3": (
        "no account is below its floor, and what is owed is what the purses say",
        f"""
        SELECT a.id, 'account ' || a.kind || ' of institution ' || a.institution_id || ' is below its floor'
        FROM ledger_account a JOIN ({_SIDES}) s ON s.account = a.id
        WHERE (a.kind IN ('custody', 'risk_bank', 'holds') AND s.debit < s.credit)
          OR (a.kind IN ('prepaid', 'payable', 'refunds', 'held', 'risk') AND s.credit < s.debit)
        UNION ALL
        SELECT a.id, 'account ' || a.kind || ' of institution ' || a.institution_id || ' is not the sum of its purses'
        FROM ledger_account a JOIN ({_BY_PURSES}) q ON q.institution_id = a.institution_id AND q.kind = a.kind
        LEFT JOIN ({_SIDES}) s ON s.account = a.id
        WHERE coalesce(s.credit - s.debit, 0) <> q.fen
        """,  # noqa: S608
    ),
    "I4": (
        "no purse lets go more than it has",
        """
        SELECT q.id, 'purse ' || q.number || ' lets go more than it has' FROM ledger_purse q
        WHERE q.released_fen > q.consumed_fen OR q.released_fen + q.refunded_fen + q.frozen_fen > q.deposited_fen
          OR q.consumed_fen + q.refunded_fen > q.deposited_fen OR q.repaid_fen > q.refunded_fen
        """,
    ),
    "I5": (
        "no request was posted twice",
        """
        SELECT min(e.id), 'key ' || e.key || ' was posted ' || count(*) || ' times' FROM ledger_entry e
        GROUP BY e.key HAVING count(*) > 1
        """,
    ),
    "I6": (
        "an entry is reversed once, by its like",
        """
        SELECT e.id, 'entry ' || e.id || ' is no sound reversal' FROM ledger_entry e
        LEFT JOIN ledger_entry was ON was.id = e.reverses_id
        WHERE e.reverses_id IS NOT NULL AND ((was.reverses_id IS NULL AND was.kind = e.kind
          AND was.amount_fen = e.amount_fen AND was.debit_account_id = e.credit_account_id
          AND was.credit_account_id = e.debit_account_id AND was.purse_id IS NOT DISTINCT FROM e.purse_id) IS NOT TRUE
          OR (SELECT count(*) FROM ledger_entry o WHERE o.reverses_id = e.reverses_id) > 1)
        """,
    ),
    "I7": (
        "every entry names its maker and its source, and a second person where one is needed",
        """
        SELECT e.id, 'entry ' || e.id || ' lacks its people or its source' FROM ledger_entry e
        WHERE e.by_name = '' OR e.source_kind = '' OR e.source_number = '' OR e.key = '' OR e.checker_id = e.by_id
          OR (e.kind IN ('release', 'refund', 'risk_out') AND (e.checker_id IS NULL OR e.checker_name = ''))
        """,
    ),
    "I9": (
        "nothing was posted into a closed day",
        """
        SELECT e.id, 'entry ' || e.id || ' was posted into a closed day' FROM ledger_entry e
        JOIN ledger_closedday c ON c.jurisdiction_id = e.jurisdiction_id AND c.day >= e.happened_on
        WHERE e.recorded_at > c.recorded_at
        """,
    ),
}


@dataclass(frozen=True)
class Broken:
    """One row that breaks an invariant."""

    invariant: str
    row_id: int
    what: str


def broken(*, most: int = 20, using: str = DEFAULT_DB_ALIAS) -> list[Broken]:
    """What is wrong, at most so many rows of each invariant; empty when the books agree."""
    found = []
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # years of entries are read whole
        for name, (_, query) in INVARIANTS.items():
            cursor.execute(f"SELECT * FROM ({query}) found (id, what) ORDER BY 1, 2 LIMIT %s", [most])  # noqa: S608
            found += [Broken(name, row_id, what) for row_id, what in cursor.fetchall()]
    return found
