"""What the staff see of the books: running balances that are the ledger's own, and a day whose root is recomputed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.audit.models import DailyRoot
from foundation.audit.sealing import close_day, seal
from foundation.core import clock
from institutions.models import Institution
from ledger import queries, running
from ledger.enums import Kind
from ledger.models import DayTotal, Entry, Purse
from ledger.operations.posting import post, post_batch, reverse_entry
from ledger.pages import verdict
from ledger.sealing import ENTRIES
from tests.authz.relations import places
from tests.institutions.factories import institution
from tests.ledger.factories import AT, DAY, line, posted, poster, purse
from tests.ledger.placed import OBJECTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(cast) -> Institution:
    return institution(cast.officer)


@pytest.fixture
def held(cast, home) -> Purse:
    """Deposited 1,000.00, taught 300.00, frozen 200.00 yuan, on three days of October and November."""
    row = purse(home, cast.officer)
    moved = ((Kind.DEPOSIT, 100_000, 40), (Kind.CONSUME, 30_000, 10), (Kind.FREEZE, 20_000, 0))
    lines = [line(kind, fen, row, happened_on=DAY - timedelta(days=days)) for kind, fen, days in moved]
    post_batch(lines=lines, by=poster(cast.officer), at=AT)
    return row


def test_an_institution_stands_on_any_day_as_its_entries_say(held, home):
    for days in (41, 40, 11, 10, 1, 0):
        on = DAY - timedelta(days=days)
        assert queries.standing(home.pk, on=on).purses == queries.balance(held.pk, on=on)
    assert queries.standing(home.pk, on=DAY).custody == 100_000


def test_months_carry_what_was_before_them(held):
    found = queries.months(DayTotal.objects.all(), until=DAY, number=1)
    assert [(month.first.day, dict(month.net)) for month in found] == [(1, {Kind.CONSUME: 30_000, Kind.FREEZE: 20_000})]
    assert (found[0].end.custody, found[0].end.purses.unused) == (100_000, 70_000)


def test_the_balance_after_each_entry_goes_on_from_before_the_period(held, home, cast):
    fee = line(Kind.FEE, 500, held.custody)
    post(line=fee, by=poster(cast.officer), at=AT)
    before, lines, more = running.of_institution(home, since=DAY - timedelta(days=30), until=DAY, most=10)
    assert (before, more) == (100_000, False)
    assert [(row.entry.kind, row.fen, row.after) for row in lines] == [
        (Kind.CONSUME, 0, 100_000),
        (Kind.FREEZE, 0, 100_000),
        (Kind.FEE, -500, 99_500),
    ]
    assert [after.unused for _, after in running.of_purse(held)] == [100_000, 70_000, 70_000]
    assert list(running.of_purse(held))[-1][1] == queries.balance(held.pk)


def test_a_reversal_takes_back_what_its_entry_added(held, home, cast):
    fee = posted(Kind.FEE, 500, held.custody, by=cast.officer, checker=cast.leader)
    entry = Entry.objects.get(pk=fee.entry_id)
    words = {"happened_on": DAY, "key": "test:back", "reason": "重复扣费"}
    reverse_entry(entry=entry, by=poster(cast.officer), at=AT, **words)
    _, lines, _ = running.of_institution(home, since=DAY, until=DAY, most=10)
    assert [(row.fen, row.after) for row in lines] == [(0, 100_000), (-500, 99_500), (500, 100_000)]
    undone = queries.statement(held.pk).get(kind=Kind.FREEZE)
    reverse_entry(entry=undone, by=poster(cast.officer), at=AT, **words | {"key": "test:thaw"})
    assert [after.frozen for _, after in running.of_purse(held)] == [0, 0, 20_000, 0]


def test_the_page_lists_a_kind_and_reckons_with_all(held, home, cast, enter):
    page = reverse("admin:institutions_institution_books", args=[home.pk])
    client = enter(cast.officer)
    asked = {"since": DAY - timedelta(days=60), "until": DAY, "kind": Kind.DEPOSIT}
    said = client.get(page, asked).content.decode()
    assert "缴费入账" in said
    assert "¥1,000.00" in said
    assert '<td data-label="种类"><span class="chip chip-plain">消课确认' not in said
    upside_down = client.get(page, {"since": DAY, "until": DAY - timedelta(days=1)}).content.decode()
    assert "止日不能早于起日" in upside_down
    assert enter(cast.neighbour).get(page).status_code == 404


def test_a_sealed_day_is_recomputed_and_a_changed_root_shows(held, cast, enter):
    seal(ENTRIES, everything=True)
    root = close_day(ENTRIES, day=clock.today(), at=clock.now() + timedelta(days=1))
    assert "与分录一致" in verdict(root)
    false = DailyRoot(stream="ledger", day=root.day, first_no=root.first_no, last_no=root.last_no, root="0" * 64)
    assert "与分录不符" in verdict(false)
    client = enter(cast.officer)
    said = client.get(reverse("admin:ledger_entry_roots")).content.decode()
    assert root.root in said
    assert "与分录一致" in said
    entry = client.get(reverse("admin:ledger_entry_change", args=[Entry.objects.latest("pk").pk])).content.decode()
    assert f"{root.day} 日根" in entry


@pytest.mark.parametrize("name", ["ledger_purse", "ledger_entry"])
def test_one_row_and_three_cost_the_same(cast, enter, name):
    own, client, asked = places()[0], enter(cast.officer), []
    page = reverse(f"admin:{name}_changelist")
    client.get(page)
    for more in (1, 2):
        for _ in range(more):
            OBJECTS[f"admin:{name}"].make(own)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(page).status_code == 200
        asked.append(len(counted))
    assert asked[0] == asked[1] <= 14
