"""Balances as of any date, by both clocks; a purse's statement."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.enums import Kind
from ledger.models import Entry
from ledger.operations.posting import reverse_entry
from ledger.queries import Balance, account_balance, balance, statement, totals
from tests.institutions.factories import institution
from tests.ledger.factories import AT, DAY, posted, poster, purse

pytestmark = pytest.mark.django_db


def ago(days: int):
    return DAY - timedelta(days=days)


@pytest.fixture
def held(cast):
    """1,000 deposited nine days ago, 400 consumed five days ago, 100 of it reversed yesterday, 200 released today."""
    held = purse(institution(cast.officer), cast.officer)
    people = {"by": cast.officer, "checker": cast.leader}
    posted(Kind.DEPOSIT, 1_000, held, happened_on=ago(9), **people)
    posted(Kind.CONSUME, 300, held, happened_on=ago(5), **people)
    wrong = posted(Kind.CONSUME, 100, held, happened_on=ago(5), **people)
    reverse_entry(
        entry=Entry.objects.get(pk=wrong.entry_id), happened_on=ago(1), key="r", reason="录错",
        by=poster(cast.officer), at=AT,
    )  # fmt: skip
    posted(Kind.RELEASE, 200, held, **people)
    return held


def test_a_purse_as_of_any_date(held):
    assert balance(held.pk, on=ago(10)) == Balance()
    assert balance(held.pk, on=ago(6)) == Balance(deposited=1_000)
    assert balance(held.pk, on=ago(2)) == Balance(deposited=1_000, consumed=400)
    assert balance(held.pk, on=ago(1)) == Balance(deposited=1_000, consumed=300)
    now = balance(held.pk)
    assert now == balance(held.pk, on=DAY) == Balance(deposited=1_000, consumed=300, released=200)
    assert (now.unused, now.at_bank, now.releasable, now.free) == (700, 800, 100, 800)
    assert balance(0) == Balance()


def test_what_was_known_then_leaves_out_what_was_recorded_later(held):
    first = Entry.objects.order_by("pk").first()
    assert balance(held.pk, on=DAY, known_at=first.recorded_at) == Balance(deposited=1_000)


def test_an_account_as_of_any_date(held):
    sums = [account_balance(held.custody, on=day) for day in (ago(10), ago(9), ago(1), DAY, None)]
    assert sums == [0, 1_000, 1_000, 800, 800]


def test_a_statement_shows_what_was_reversed_by_what(held):
    rows = list(statement(held.pk))
    assert [(row.kind, row.amount_fen, row.reverses_id) for row in rows] == [
        (Kind.DEPOSIT, 1_000, None), (Kind.CONSUME, 300, None), (Kind.CONSUME, 100, None),
        (Kind.CONSUME, 100, rows[2].pk), (Kind.RELEASE, 200, None),
    ]  # fmt: skip
    assert [list(row.reversals.all()) for row in rows] == [[], [], [rows[3]], [], []]


def test_totals_take_reversals_off(held, cast):
    assert totals(cast.officer.scope, since=ago(9), until=DAY) == {
        Kind.DEPOSIT: 1_000, Kind.CONSUME: 300, Kind.RELEASE: 200,
    }  # fmt: skip
    assert totals(cast.officer.scope, since=ago(8), until=ago(2)) == {Kind.CONSUME: 400}
    assert totals(cast.neighbour.scope, since=ago(9), until=DAY) == {}
