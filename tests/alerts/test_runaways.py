"""爆雷/跑路: counted by the day, struck ones not; 0 起 is shown only where every day was searched."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alerts.models import Runaway
from alerts.operations.reporting import enter_runaway, note_search, strike_runaway
from alerts.queries import incidents
from foundation.core.errors import InvalidInput, NotAllowed
from tests.institutions.factories import AT

pytestmark = pytest.mark.django_db
LAST = AT.date()
FIRST = LAST - timedelta(days=20)


def entered(cast, **given) -> Runaway:
    facts = {"name": "某某培训", "kind": "flight", "happened_on": LAST, "persons": 12, "amount_fen": 9_000_000}
    said = {"source": "12345", "words": "人去楼空"}
    return enter_runaway(**facts | said | given, by=cast.officer, at=AT)


def searched(cast, first: date = FIRST, last: date = LAST) -> None:
    note_search(first_on=first, last_on=last, sources="12345、信访、微博", found="未发现", by=cast.officer, at=AT)


def test_nothing_entered_and_nothing_searched_is_no_proof_of_none(cast):
    assert incidents(cast.officer, first=FIRST, last=LAST) == (0, False)
    searched(cast)
    assert incidents(cast.officer, first=FIRST, last=LAST) == (0, True)


def test_a_day_that_nobody_searched_spoils_the_month(cast):
    """Seen to fail with ``_covers`` asking of the last day alone."""
    searched(cast, FIRST, FIRST + timedelta(days=8))
    searched(cast, FIRST + timedelta(days=10), LAST)
    assert incidents(cast.officer, first=FIRST, last=LAST) == (0, False)
    searched(cast, FIRST + timedelta(days=9), FIRST + timedelta(days=9))
    assert incidents(cast.officer, first=FIRST, last=LAST) == (0, True)


def test_each_event_counts_once_and_a_struck_one_not_at_all(cast):
    row = entered(cast)
    assert incidents(cast.leader, first=FIRST, last=LAST)[0] == 1
    assert incidents(cast.leader, first=FIRST, last=FIRST)[0] == 0
    assert incidents(cast.neighbour, first=FIRST, last=LAST)[0] == 0
    strike_runaway(runaway=row, reason="已找到负责人", by=cast.officer, at=AT)
    assert incidents(cast.leader, first=FIRST, last=LAST)[0] == 0


def test_a_city_needs_the_notes_of_all_its_counties(cast):
    searched(cast)
    assert incidents(cast.city, first=FIRST, last=LAST) == (0, False)


def test_who_may_and_what_is_needed(cast):
    with pytest.raises(NotAllowed):
        note_search(first_on=FIRST, last_on=LAST, sources="信访", found="无", by=cast.leader, at=AT)
    with pytest.raises(InvalidInput):
        note_search(first_on=FIRST, last_on=LAST, sources=" ", found="无", by=cast.officer, at=AT)
    with pytest.raises(InvalidInput):
        entered(cast, name=" ")
    row = entered(cast)
    with pytest.raises(NotAllowed):
        strike_runaway(runaway=row, reason="不对", by=cast.neighbour, at=AT)
