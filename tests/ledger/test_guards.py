"""What the site's login may not do, and what the database refuses of the owner too: each trigger and each CHECK."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, connections, transaction

from ledger import invariants
from ledger.enums import Kind
from ledger.models import Account, ClosedDay, DayTotal, Entry, PostingRule, Purse
from tests import databases
from tests.cast import build_cast
from tests.institutions.factories import institution
from tests.ledger.factories import AT, posted, purse

TABLES = [model._meta.db_table for model in (Account, ClosedDay, DayTotal, Entry, PostingRule, Purse)]
TRIES = [
    *(f"{verb} {table}" for table in TABLES for verb in ("DELETE FROM", "TRUNCATE")),
    *(f"INSERT INTO {table} DEFAULT VALUES" for table in TABLES),
    "INSERT INTO ledger_entry OVERRIDING SYSTEM VALUE SELECT * FROM ledger_entry",
    "UPDATE ledger_entry SET amount_fen = 1",
    "UPDATE ledger_purse SET deposited_fen = 1",
    "UPDATE ledger_account SET debit_fen = 1",
    "UPDATE ledger_daytotal SET amount_fen = 1",
    "ALTER TABLE ledger_entry DISABLE TRIGGER append_only_row",
    "ALTER TABLE ledger_purse DROP CONSTRAINT ledger_purse_not_negative",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION ledger_close_day(p_jurisdiction bigint, p_day date, p_by bigint, p_by_name text, "
    "p_at timestamptz) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
]


@pytest.fixture(scope="module")
def one_deposit(django_db_setup, django_db_blocker):
    """A database with one deposit of 100 fen, whose owner tries what is refused."""
    with django_db_blocker.unblock():
        name = databases.clone(databases.template(), "commit")
        with databases.pointed_at(name):
            cast = build_cast()
            held = purse(institution(cast.officer), cast.officer)
            posted(Kind.DEPOSIT, 100, held, by=cast.officer, checker=cast.leader)
            site_does(f"SELECT ledger_close_day({held.jurisdiction_id}, '2026-11-01', 1, 'x', '{AT.isoformat()}')")
            yield
        databases.drop(name)


@pytest.mark.parametrize("sql", TRIES)
def test_the_site_cannot(one_deposit, sql):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
        site_does(sql)


def site_does(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


#: What the owner is refused by a CHECK or trigger: (constraint, statement); one deposit of 100 fen stands in the books.
CHECKS = [
    ("append-only", "UPDATE ledger_entry SET reason = 'x'"),
    ("append-only", "DELETE FROM ledger_entry"),
    ("append-only", "TRUNCATE ledger_entry CASCADE"),
    ("append-only", "DELETE FROM ledger_postingrule"),
    ("append-only", "UPDATE ledger_closedday SET day = day - 1"),
    ("ledger_purse_not_negative", "UPDATE ledger_purse SET frozen_fen = -1"),
    ("ledger_purse_not_negative", "UPDATE ledger_purse SET consumed_fen = -1"),
    ("ledger_purse_released_was_consumed", "UPDATE ledger_purse SET released_fen = 1"),
    ("ledger_purse_outgo_was_deposited", "UPDATE ledger_purse SET frozen_fen = 101"),
    ("ledger_purse_consumed_was_deposited", "UPDATE ledger_purse SET consumed_fen = 101"),
    ("ledger_purse_repaid_was_refunded", "UPDATE ledger_purse SET repaid_fen = 1"),
    ("ledger_purse_numbered", "UPDATE ledger_purse SET number = ''"),
    ("ledger_account_above_floor", "UPDATE ledger_account SET credit_fen = 101 WHERE kind = 'custody'"),
    ("ledger_account_not_negative", "UPDATE ledger_account SET credit_fen = -1 WHERE kind = 'custody'"),
    ("ledger_account_number_at_bank", "UPDATE ledger_account SET debit_fen = 1 WHERE kind = 'prepaid'"),
    ("ledger_account_number_at_bank", "UPDATE ledger_account SET number = '' WHERE kind = 'custody'"),
    ("ledger_account_kind_known", "UPDATE ledger_account SET kind = 'x' WHERE kind = 'prepaid'"),
    ("ledger_day_total_not_negative", "UPDATE ledger_daytotal SET entries = -1"),
    ("ledger_day_total_kind_known", "UPDATE ledger_daytotal SET kind = 'x'"),
]
#: An entry like the one that stands there, but for one thing.
ENTRIES = [
    ("ledger_entry_amount_positive", {"amount_fen": "0"}),
    ("ledger_entry_two_accounts", {"credit_account_id": "debit_account_id"}),
    ("ledger_entry_names_maker_and_source", {"by_name": "''"}),
    ("ledger_entry_names_maker_and_source", {"source_number": "''"}),
    ("ledger_entry_names_maker_and_source", {"key": "''"}),
    ("ledger_entry_checked", {"kind": "'release'", "checker_id": "NULL"}),
    ("ledger_entry_checked", {"kind": "'refund'", "checker_id": "7", "checker_name": "''"}),
    ("ledger_entry_checker_is_another", {"checker_id": "by_id", "checker_name": "'x'"}),
    ("ledger_entry_reversal_has_reason", {"reverses_id": "id", "reason": "''"}),
    ("ledger_entry_purse_of_kind", {"purse_id": "NULL"}),
    ("ledger_entry_purse_of_kind", {"kind": "'fee'"}),
    ("ledger_entry_kind_known", {"kind": "'x'"}),
    ("ledger_entry_key_once", {"key": "key"}),
]


def owner_refused(sql: str) -> str:
    with connections["owner"].cursor() as cursor, pytest.raises(DatabaseError) as refused:
        cursor.execute(sql)
    return str(refused.value)


@pytest.mark.parametrize(("name", "sql"), CHECKS)
def test_the_database_refuses_even_the_owner(one_deposit, name, sql):
    assert name in owner_refused(sql)


@pytest.mark.parametrize(("name", "other"), ENTRIES)
def test_the_database_takes_no_unsound_entry(one_deposit, name, other):
    given = {"key": "key || 'x'"} | other
    columns = [f.column for f in Entry._meta.concrete_fields if f.name != "id"]
    values = ", ".join(given.get(column, column) for column in columns)
    assert name in owner_refused(f"INSERT INTO ledger_entry ({', '.join(columns)}) SELECT {values} FROM ledger_entry")


def test_a_reversal_stands_once_even_for_the_owner(one_deposit):
    columns = [f.column for f in Entry._meta.concrete_fields if f.name != "id"]
    values = {"key": "key || n", "reverses_id": "e.id", "reason": "'x'"}
    sql = ", ".join(values.get(column, column) for column in columns)
    said = owner_refused(
        f"INSERT INTO ledger_entry ({', '.join(columns)}) SELECT {sql} FROM ledger_entry e, generate_series(1, 2) n"
    )
    assert "ledger_entry_reversed_once" in said


#: What the owner does by force, and which invariant names it.
FORCED = [
    ("I2 purses", ["UPDATE ledger_purse SET deposited_fen = deposited_fen + 1"]),
    ("I2 bank accounts", ["UPDATE ledger_account SET debit_fen = debit_fen + 1 WHERE kind = 'custody'"]),
    ("I2 day totals", ["UPDATE ledger_daytotal SET entries = entries + 1"]),
    ("I1", ["UPDATE ledger_entry SET kind = 'consume'"]),
    ("I3", ["UPDATE ledger_entry SET debit_account_id = credit_account_id, credit_account_id = debit_account_id"]),
    ("I4", ["ALTER TABLE ledger_purse DROP CONSTRAINT ledger_purse_released_was_consumed",
            "UPDATE ledger_purse SET released_fen = 1"]),
    ("I5", ["ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_key_once",
            "INSERT INTO ledger_entry ({columns}) SELECT {columns} FROM ledger_entry"]),
    ("I6", ["UPDATE ledger_entry SET reverses_id = id, reason = 'x'"]),
    ("I7", ["ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_names_maker_and_source",
            "UPDATE ledger_entry SET by_name = ''"]),
    ("I9", ["UPDATE ledger_entry SET happened_on = '2026-11-01', recorded_at = now() + interval '1 hour'"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "statements"), FORCED)
def test_what_is_forced_breaks_an_invariant(one_deposit, name, statements):
    assert invariants.broken() == []
    columns = ", ".join(f.column for f in Entry._meta.concrete_fields if f.name != "id")
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement.format(columns=columns))
        found = {one.invariant for one in invariants.broken(using="owner")}
        transaction.set_rollback(True, using="owner")
    assert name in found
