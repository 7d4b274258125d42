"""Files are accepted whole or sent back whole; however they come, each line is there once."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banking.enums import FileState
from banking.models import AccountDay, BankFile, BankLine
from foundation.audit.models import Event
from foundation.core.errors import NotAllowed
from inspections.attaching import plain
from tests.banking.bank_files import Moved, Truth, rows, text
from tests.banking.delivering import DAYS, FIRST, NUMBER, delivered, deliveries, fits, truth
from tests.banking.factories import account, bank_with_layout, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(cast):
    bank = bank_with_layout(cast)
    account(cast.officer, bank, NUMBER)
    return bank


def kept() -> tuple[Counter, dict]:
    """All that is known: lines with their count, and balances by day."""
    lines = Counter(BankLine.objects.values_list("day", "fen", "memo", "serial"))
    days = AccountDay.objects.values_list("day", "opening_fen", "closing_fen", "lines")
    return lines, {day: rest for day, *rest in days}


def test_two_real_identical_lines_are_both_there_and_the_same_file_changes_nothing(bank, cast):
    data = text(rows(truth([Moved(100_00), Moved(100_00)]), 0, 1))
    first, again = hand_in(bank, data, cast.officer), hand_in(bank, data, cast.officer)
    assert (first.state, first.fresh, again.pk) == (FileState.ACCEPTED, 2, first.pk)
    assert BankLine.objects.count() == 2
    assert Event.objects.filter(kind="banking.file_accepted").count() == 1


def test_a_later_file_of_the_same_day_adds_only_what_is_new(bank, cast):
    noon, evening = truth([Moved(100_00)]), truth([Moved(100_00), Moved(100_00), Moved(-30_00)])
    hand_in(bank, text(rows(noon, 0, 1)), cast.officer)
    late = hand_in(bank, text(rows(evening, 0, 1)), cast.officer)
    assert (late.state, late.lines, late.fresh) == (FileState.ACCEPTED, 3, 2)
    assert AccountDay.objects.get().closing_fen == 170_00


@pytest.mark.parametrize(
    ("known", "comes", "window", "code"),
    [
        ([[Moved(100)]], [[Moved(100)], [Moved(5)]], (1, 2), ""),
        ([[Moved(100)]], [[Moved(101)], [Moved(5)]], (1, 2), "chain_broken"),
        ([[Moved(100), Moved(7)]], [[Moved(107)]], (0, 1), "lines_missing"),
        ([[Moved(100)], [Moved(5)]], [[Moved(100), Moved(7)], [Moved(5)]], (0, 2), "chain_broken"),
        ([[Moved(100, serial="A1")]], [[Moved(60, serial="A1"), Moved(40, serial="A2")]], (0, 1), "line_altered"),
        ([[Moved(100, serial="A1")]], [[Moved(100, serial="A1")], [Moved(5, serial="A1")]], (1, 2), "serial_elsewhere"),
    ],
)
def test_what_contradicts_an_earlier_file_is_sent_back_whole(bank, cast, known, comes, window, code):
    hand_in(bank, text(rows(truth(*known), 0, len(known))), cast.officer)
    before = kept()
    row = hand_in(bank, text(rows(truth(*comes), *window)), cast.officer)
    assert row.code == code
    assert (kept() == before) == bool(code)
    if code:
        assert Event.objects.get(kind="banking.file_refused").reason == row.reason != ""


def test_one_strange_account_sends_the_whole_file_back(bank, cast):
    strange = Truth("6222000000009999", FIRST, 0, [[Moved(5)]])
    row = hand_in(bank, text(rows(truth([Moved(5)]), 0, 1) + rows(strange, 0, 1)), cast.officer)
    assert (row.code, BankLine.objects.count()) == ("account_unknown", 0)
    assert "9999" in row.reason


def test_what_cannot_be_read_is_kept_and_sent_back(bank, cast):
    data = b"\x89PNG\r\n\x1a\nnot a table"
    row = hand_in(bank, data, cast.officer)
    assert (row.state, row.code, row.size) == (FileState.REFUSED, "unsupported_format", 19)
    assert plain(row) == data


@pytest.mark.parametrize("who", ["town", "supervisor", "neighbour", "bank", "finance"])
def test_others_cannot_hand_in(bank, cast, who):
    with pytest.raises(NotAllowed):
        hand_in(bank, text(rows(truth([Moved(5)]), 0, 1)), getattr(cast, who))
    assert not BankFile.objects.exists()


# -- generated: replayed, shuffled, overlapping, in GBK, edited, truncated ---------------------------------------------
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_in_whatever_way_files_come_each_true_line_is_there_once(bank, cast, data):
    real = truth(*data.draw(DAYS), opening=5_000_000)
    known: set[int] = set()
    with transaction.atomic():
        for start, stop, random, encoding, fault in data.draw(deliveries(len(real.days))):
            before = kept()
            whole = fault is None or (fault in ("row", "twice") and not real.lines(start, stop))
            row = hand_in(bank, delivered(real, start, stop, random, encoding, fault), cast.officer)
            expected = whole and fits(real, known, start, stop)
            assert (row.state == FileState.ACCEPTED) == expected, row.reason
            if expected:
                known |= set(range(start, stop))
            else:
                assert kept() == before
        lines, days = kept()
        true = Counter(
            (FIRST + timedelta(days=day), moved.fen, moved.memo, moved.serial)
            for day in known
            for moved in real.days[day]
        )
        assert lines == true
        assert days == {
            FIRST + timedelta(days=day): [real.balance(day), real.balance(day + 1), len(real.days[day])]
            for day in known
        }
        transaction.set_rollback(True)
