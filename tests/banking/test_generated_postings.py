"""However a bank's files come, the postings are right: each true line is booked once, and the books are the bank.

At full size (``script/prove generated_postings``) 300 generated deliveries; here 60.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from banking.enums import FileState, Means
from banking.models import BankLine, DayCheck, LineMeaning
from banking.operations.profiles import set_profile
from banking.operations.reconciling import reconcile_account
from banking.tasks import reconciler
from contracts.operations.money import Paid, record_payment
from foundation.core import clock
from ledger.invariants import broken
from ledger.models import Account, Entry
from tests.banking.bank_files import PROFILE, Moved, rows, text
from tests.banking.delivering import DAYS, FIRST, NUMBER, delivered, deliveries, fits, truth
from tests.banking.factories import hand_in
from tests.contracts.factories import signed
from tests.funds.factories import opened, selected
from tests.institutions.factories import AT, institution
from tests.payouts.factories import LATER

pytestmark = [pytest.mark.django_db, pytest.mark.prove]
EXAMPLES = 300 if os.environ.get("PROVE_FULL") == "1" else 25
OPENING, PAYMENTS, FEE, PAID = 5_000_000, 3, "手续费", 2500


@pytest.fixture
def bank(cast):
    bank = selected(cast.leader)
    set_profile(bank=bank, by=cast.officer, at=AT, **PROFILE, fee_words=[FEE], fee_most_fen=100)
    home = institution(cast.officer)
    opened(home, cast.officer, bank=bank, number=NUMBER, on=FIRST)
    contract = signed(cast.officer, home)
    for number in range(PAYMENTS):
        told = {"reference": f"LS{number}", "contract_no": contract.number, "paid_on": FIRST}
        record_payment(institution=home, paid=Paid(payer="李某", amount_fen=PAID, **told), by=cast.officer, at=LATER)
    return bank


def expected_means(moves) -> Counter:
    """What true lines mean: as many payments as were told, fees in the bank's words, the rest unexplained."""
    found = Counter()
    for moved in moves:
        if (moved.fen, moved.memo) == (-100, FEE):
            found[Means.FEE] += 1
        elif (moved.fen, moved.name) == (PAID, "李某") and found[Means.DEPOSIT] < PAYMENTS:
            found[Means.DEPOSIT] += 1
        else:
            found[Means.UNEXPLAINED] += 1
    return found


def standing() -> Counter:
    """Entries that were not taken back, by the line or payment that they rest on."""
    rows = Entry.objects.filter(reverses__isnull=True, reversals__isnull=True)
    return Counter(rows.values_list("source_kind", "source_number"))


@pytest.mark.turns(2)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_in_whatever_way_files_come_each_true_line_is_posted_once(bank, cast, data):
    real = truth(*data.draw(DAYS), opening=OPENING)
    known: set[int] = set()
    account = bank.accounts.select_related("institution").get()
    with transaction.atomic(), clock.set_to(LATER):
        for start, stop, random, encoding, fault in data.draw(deliveries(len(real.days))):
            row = hand_in(bank, delivered(real, start, stop, random, encoding, fault), cast.officer, at=LATER)
            whole = fault is None or (fault in ("row", "twice") and not real.lines(start, stop))
            assert (row.state == FileState.ACCEPTED) == (whole and fits(real, known, start, stop)), row.reason
            known |= set(range(start, stop)) if row.state == FileState.ACCEPTED else set()
            reconcile_account(account=account, by=reconciler(account), at=LATER)
        _agree(real, known)
        transaction.set_rollback(True)


def _agree(real, known: set[int]) -> None:
    moves = [moved for day in sorted(known) for moved in real.days[day]]
    means = LineMeaning.objects.values_list("means", flat=True)
    assert Counter(means) == expected_means(moves)
    postings = standing()
    assert set(postings.values()) <= {1}
    lines = [source for source in postings if source[0] != "banking.opening"]
    assert len(lines) == BankLine.objects.count() == len(moves)
    checks = list(DayCheck.objects.order_by("day"))
    assert [check.day for check in checks] == [real.first + timedelta(days=day) for day in sorted(known)]
    assert [(check.bank_fen, check.books_fen) for check in checks] == [
        (real.balance(day + 1), real.balance(day + 1)) for day in sorted(known)
    ]
    if known:
        books = Account.objects.filter(kind="custody").aggregate(fen=Sum("debit_fen") - Sum("credit_fen"))["fen"]
        assert books == real.balance(max(known) + 1)
    assert broken() == []


def test_a_first_day_that_moves_back_after_money_went_out_needs_no_more_than_there_is(bank, cast):
    """Found by the test above: the old opening sum was taken back before the new one was there."""
    real, account = truth([], [Moved(-100)], opening=OPENING), bank.accounts.select_related("institution").get()
    with clock.set_to(LATER):
        for start, stop in ((1, 2), (0, 1)):
            hand_in(bank, text(rows(real, start, stop)), cast.officer, at=LATER)
            reconcile_account(account=account, by=reconciler(account), at=LATER)
    _agree(real, {0, 1})
