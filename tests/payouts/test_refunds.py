"""Refunds: frozen when asked, answered or not, coordinated, agreed by a second person, paid; all of it in the books."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.deadlines.models import Deadline
from ledger.queries import balance
from payouts import queries
from payouts.enums import RefundState
from payouts.moving import money_of
from payouts.operations.refunds import (
    agree_by_silence,
    agree_refund,
    approve_refund,
    decline_refund,
    object_refund,
    pay_refund,
    settle_refund,
    withdraw_refund,
)
from tests.payouts.factories import DAY, LATER, asked, earned, paid, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(cast):
    contract = paid(cast, school(cast))
    earned(cast, contract, 10)
    return contract


def figures(contract):
    return balance(money_of(contract).purse_id)


def clocks() -> list[tuple[str, str]]:
    return list(Deadline.objects.values_list("code", "state"))


def agreed(cast, refund, fen=160_000):
    return agree_refund(refund=refund, amount_fen=fen, answer="同意", answered_on=DAY, by=cast.officer, at=LATER)


def disputed(cast, contract, fen=160_000):
    row = asked(cast, contract, fen)
    return object_refund(refund=row, answer="合同约定不退", answered_on=DAY, by=cast.officer, at=LATER)


def test_the_whole_way_in_the_books(cast, contract):
    row = asked(cast, contract, 160_000)
    assert (row.unused_fen, row.frozen_fen, figures(contract).frozen) == (160_000, 160_000, 160_000)
    agreed(cast, row, 150_000)
    approve_refund(refund=row, by=cast.leader, at=LATER)
    now = figures(contract)
    assert (now.frozen, now.refunded, now.repaid, now.unused) == (0, 150_000, 0, 10_000)
    pay_refund(refund=row, paid_on=DAY, bank_reference="TF001", by=cast.officer, at=LATER)
    row.refresh_from_db()
    assert (row.state, figures(contract).repaid, figures(contract).at_bank) == (RefundState.PAID, 150_000, 90_000)
    assert sorted(clocks()) == [("refund.answer", "met"), ("refund.payment", "met")]


def test_silence_of_the_institution_counts_as_agreed_after_five_working_days(cast, contract):
    row = asked(cast, contract, 160_000)
    clock = Deadline.objects.get(code="refund.answer")
    assert clock.due_on == date(2026, 11, 27)
    on_last, after = (LATER + timedelta(days=(clock.due_on - DAY).days + more) for more in (0, 1))
    with pytest.raises(Conflict, match="2026-11-27"):
        agree_by_silence(refund=row, by=cast.officer, at=on_last)
    row = agree_by_silence(refund=row, by=cast.officer, at=after)
    assert (row.state, row.silent, row.agreed_fen) == (RefundState.AGREED, True, 160_000)


def test_a_dispute_is_coordinated_and_counted_by_learner(cast, contract):
    row = disputed(cast, contract)
    with pytest.raises(IllegalTransition):
        approve_refund(refund=row, by=cast.leader, at=LATER)
    words = {"amount_fen": 120_000, "outcome": "双方同意退四分之三", "coordinated_on": DAY}
    settle_refund(refund=row, by=cast.officer, at=LATER, **words)
    approve_refund(refund=row, by=cast.leader, at=LATER)
    pay_refund(refund=row, paid_on=DAY, bank_reference="TF001", by=cast.officer, at=LATER)
    assert queries.refunded(cast.officer, first=DAY, last=DAY, coordinated=True) == (1, 120_000)
    second = asked(cast, contract, 40_000)
    agreed(cast, second, 40_000)
    approve_refund(refund=second, by=cast.leader, at=LATER)
    pay_refund(refund=second, paid_on=DAY, bank_reference="TF002", by=cast.officer, at=LATER)
    assert queries.refunded(cast.officer, first=DAY, last=DAY) == (1, 160_000)  # one learner, two refunds
    assert queries.refunded(cast.officer, first=DAY, last=DAY, coordinated=True) == (1, 120_000)
    assert queries.refunded(cast.neighbour, first=DAY, last=DAY) == (0, 0)


@pytest.mark.parametrize("way", ["declined", "withdrawn"])
def test_what_ends_without_a_refund_is_free_again(cast, contract, way):
    row = disputed(cast, contract)
    if way == "declined":
        row = decline_refund(
            refund=row, outcome="协调不成，已告知诉讼途径", coordinated_on=DAY, by=cast.officer, at=LATER
        )
    else:
        row = withdraw_refund(refund=row, reason="家长撤回", by=cast.officer, at=LATER)
    assert (row.state, figures(contract).frozen, figures(contract).unused) == (way, 0, 160_000)
    assert [state for _, state in clocks() if state == "running"] == []
    assert asked(cast, contract, 1_000).state == RefundState.ASKED


def test_the_one_who_entered_does_not_agree(cast, contract):
    row = agreed(cast, asked(cast, contract, 160_000))
    for who in (cast.officer, cast.second_officer, cast.bank, cast.city, cast.town, cast.neighbour):
        with pytest.raises(NotAllowed):
            approve_refund(refund=row, by=who, at=LATER)
    assert figures(contract).refunded == 0


@pytest.mark.parametrize(
    ("fen", "code"), [(160_001, "more_than_unused"), (0, "refund_figures_sane"), (-5, "refund_figures_sane")]
)
def test_no_more_can_be_asked_than_was_not_taught(cast, contract, fen, code):
    with pytest.raises(InvalidInput) as refused:
        asked(cast, contract, fen)
    assert (refused.value.code, figures(contract).frozen) == (code, 0)


def test_one_refund_at_a_time_and_no_more_agreed_than_asked(cast, contract):
    row = asked(cast, contract, 100_000)
    with pytest.raises(InvalidInput):
        asked(cast, contract, 10_000)
    with pytest.raises(InvalidInput, match=r"1,000\.00"):
        agreed(cast, row, 100_001)
    row.refresh_from_db()
    assert row.state == RefundState.ASKED
