"""Lessons: told once, worth their part to the fen, earned by yes or by silence, disputed, taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.audit.models import Event
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from ledger.queries import balance
from payouts.enums import ConfirmedBy, ConsumptionState
from payouts.models import ConsumedLesson, Consumption
from payouts.moving import money_of
from payouts.operations.lessons import (
    cancel_lessons,
    confirm_lessons,
    confirm_silent,
    dispute_lessons,
    note_reached,
    propose_lessons,
    uphold_lessons,
)
from payouts.pricing import worth
from payouts.queries import long_silent, silent_until
from tests.payouts.factories import DAY, LATER, earned, paid, school, taught


@given(st.integers(1, 10**9), st.lists(st.integers(1, 12), min_size=1, max_size=20))
def test_the_parts_of_a_price_are_the_price(total, taken):
    lessons, before, parts = sum(taken), 0, []
    for count in taken:
        parts.append(worth(total, lessons, taken_before=before, taken=count))
        before += count
    assert sum(parts) == total
    assert worth(total, lessons, taken_before=lessons, taken=3) == 0


@pytest.mark.parametrize(
    ("before", "taken", "fen"), [(0, 1, 3333), (1, 1, 3333), (2, 1, 3334), (0, 3, 10000), (2, 4, 3334), (3, 1, 0)]
)
def test_a_price_that_does_not_divide(before, taken, fen):
    assert worth(10000, 3, taken_before=before, taken=taken) == fen


pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(cast):
    return paid(cast, school(cast))


def figures(contract):
    return balance(money_of(contract).purse_id)


def test_confirmed_lessons_are_earned_in_the_books(cast, contract):
    told = earned(cast, contract, 3)
    assert (told.amount_fen, told.confirmed_by) == (24_000, ConfirmedBy.GUARDIAN)
    assert (figures(contract).consumed, figures(contract).unused) == (24_000, 216_000)


def test_a_lesson_is_told_once(cast, contract):
    taught(cast, contract, 2)
    with pytest.raises(InvalidInput) as refused:
        propose_lessons(contract=contract, up_to=DAY, by=cast.officer, at=LATER)
    assert refused.value.code == "no_lessons"
    assert figures(contract).consumed == 0


def test_silence_confirms_only_after_its_last_day(cast, contract):
    told = note_reached(consumption=taught(cast, contract, 1), by=cast.officer, at=LATER)
    last = silent_until(told)
    assert last == date(2026, 12, 11)  # 15 working days after Sunday 22 November
    job = cast.officer
    on_last, after = (LATER + timedelta(days=(last - DAY).days + more) for more in (0, 1))
    with pytest.raises(Conflict, match="2026-12-11"):
        confirm_silent(consumptions=[told], by=job, at=on_last)
    (row,) = confirm_silent(consumptions=[told], by=job, at=after)
    assert (row.state, row.confirmed_by) == (ConsumptionState.CONFIRMED, ConfirmedBy.SILENCE)
    assert figures(contract).consumed == 8_000


def test_nobody_is_silent_who_was_not_reached(cast, contract):
    """Seen to fail with silence counted from the day of telling."""
    told, after = taught(cast, contract, 1), LATER + timedelta(days=60)
    assert silent_until(told) is None
    with pytest.raises(Conflict, match="没有送达家长"):
        confirm_silent(consumptions=[told], by=cast.officer, at=after)
    assert (long_silent(on=after.date()), figures(contract).consumed) == ([], 0)
    for by in (cast.leader, cast.neighbour, cast.bank):
        with pytest.raises(NotAllowed):
            note_reached(consumption=told, by=by, at=LATER)
    events = Event.objects.filter(kind="payouts.lessons_reached")
    assert (Consumption.objects.get().reached_on, events.count()) == (None, 0)
    for later in (2, 5):
        row = note_reached(consumption=told, by=cast.officer, at=LATER + timedelta(days=later), remark="电话告知")
        assert row.reached_on == DAY + timedelta(days=2), "noted once"
    assert events.get().reason == "电话告知"
    assert [row.pk for row in long_silent(on=after.date())] == [told.pk]


def test_the_page_notes_it_once(cast, contract, enter):
    told = taught(cast, contract, 1)
    client, page = enter(cast.officer), f"/admin/payouts/consumption/{told.pk}/"
    assert "告知还没有送达" in client.get(page).content.decode()
    assert client.post(f"{page}reached/", {"remark": "当面告知"}).status_code == 302
    shown = client.get(page).content.decode()
    assert ("reached/" in shown, "（含当日）" in shown) == (False, True)
    assert client.get(f"{page}reached/").status_code == 403


def test_a_dispute_stops_silence_and_is_upheld_or_cancelled(cast, contract):
    told = note_reached(consumption=taught(cast, contract, 1), by=cast.officer, at=LATER)
    dispute_lessons(consumption=told, reason="当天请假", by=cast.officer, at=LATER)
    with pytest.raises(IllegalTransition):
        confirm_silent(consumptions=[told], by=cast.officer, at=LATER + timedelta(days=60))
    row = uphold_lessons(consumption=told, reason="签到表有孩子签名", by=cast.officer, at=LATER)
    assert (row.confirmed_by, figures(contract).consumed) == (ConfirmedBy.BUREAU, 8_000)
    with pytest.raises(IllegalTransition):
        cancel_lessons(consumption=told, reason="再撤", by=cast.officer, at=LATER)


def test_cancelled_lessons_may_be_told_anew_and_cost_the_same(cast, contract):
    told = taught(cast, contract, 2)
    cancel_lessons(consumption=told, reason="录错合同", by=cast.officer, at=LATER)
    assert not ConsumedLesson.objects.exists()
    again = propose_lessons(contract=contract, up_to=DAY, by=cast.officer, at=LATER)
    assert again.amount_fen == told.amount_fen


def test_more_lessons_than_were_paid_for_are_refused_in_the_books(cast):
    contract = paid(cast, school(cast), fen=20_000)
    told = taught(cast, contract, 3)
    with pytest.raises(InvalidInput):
        confirm_lessons(consumption=told, by=cast.officer, at=LATER)
    told.refresh_from_db()
    assert (told.state, figures(contract).consumed) == (ConsumptionState.PROPOSED, 0)


@pytest.mark.parametrize("who", ["leader", "town", "bank", "neighbour", "city", "finance"])
def test_others_cannot_say_that_lessons_were_taken(cast, contract, who):
    told = taught(cast, contract, 1)
    other = getattr(cast, who)
    for step, words in (
        (confirm_lessons, {}),
        (dispute_lessons, {"reason": "x"}),
        (cancel_lessons, {"reason": "x"}),
    ):
        with pytest.raises(NotAllowed):
            step(consumption=told, by=other, at=LATER, **words)
