"""A reconciliation posts many times in one transaction: whoever posts once meanwhile waits for it, in no ring.

Both stand in line for the bank account, the reconciliation first: it gets it, and goes on to a contract that the other
has in hand. Seen to end in deadlocks, all of them, when each locked what it needed as it came to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from banking.operations.profiles import set_profile
from banking.operations.reconciling import reconcile_account
from banking.tasks import reconciler
from contracts.models import Contract, Payment
from contracts.operations.money import Paid, record_payment
from foundation.core import clock
from foundation.core.actor import ANONYMOUS
from foundation.core.errors import Conflict
from foundation.imports.operations import apply_batch, queue_undo, undo_batch
from funds.models import SupervisedAccount
from ledger.invariants import broken
from ledger.models import Account, Entry
from payouts.answering import MONEY
from payouts.operations.books import confirm_deposit
from payouts.operations.lessons import answer_by_link, confirm_lessons
from payouts.operations.refunds import agree_refund, approve_refund, ask_by_link, pay_refund, withdraw_refund
from payouts.operations.releases import fail_release
from tests import databases
from tests.accounts.slips import given, hashed
from tests.banking.bank_files import PROFILE, Moved, Truth, rows, text
from tests.banking.factories import hand_in
from tests.cast import Cast, build_cast
from tests.contracts.factories import signed
from tests.contracts.test_imports import row, sheet
from tests.funds.factories import number, opened, selected
from tests.imports.factories import uploaded
from tests.institutions.factories import AT, institution
from tests.payouts.factories import LATER, approved, asked, earned, taught
from tests.racing import in_line

PRICE = 240_000
_names = count(1)


@dataclass
class Desk:
    """An institution with two contracts that are paid in full; the file of its bank lies there, unread."""

    cast: Cast
    account: SupervisedAccount
    contracts: list[Contract]
    custody: Account

    @property
    def second(self) -> Contract:
        return self.contracts[1]

    def told(self, contract: Contract, fen: int) -> Payment:
        return told(self.cast, contract, fen)

    def file(self, *days: list[Moved]) -> None:
        """The two prices have arrived on the first day; on the days after it, these lines."""
        truth = Truth(self.account.number, AT.date(), 0, [[Moved(PRICE, name="别人")] * 2, *days])
        file = hand_in(self.account.bank, text(rows(truth, 0, len(days) + 1)), self.cast.officer, at=LATER)
        assert file.state == "accepted", file.reason

    def reconcile(self) -> None:
        reconcile_account(account=self.account, by=reconciler(self.account), at=LATER)


def told(cast: Cast, contract: Contract, fen: int) -> Payment:
    paid = Paid("陈大志", fen, AT.date(), f"LS{next(_names)}", contract_no=contract.number)
    return record_payment(institution=contract.institution, paid=paid, by=cast.officer, at=LATER)


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    """A database for all tests of this file, where commits are real; each has an institution of its own."""
    with django_db_blocker.unblock():
        name = databases.clone(databases.template(), "commit")
        with databases.pointed_at(name), clock.set_to(LATER):
            yield build_cast()
        databases.drop(name)


@pytest.fixture
def desk(cast) -> Desk:
    bank = selected(cast.leader)
    set_profile(bank=bank, by=cast.officer, at=AT, **PROFILE)
    home = institution(cast.officer)
    opened(home, cast.officer, bank=bank, number=number())
    contracts = [signed(cast.officer, home, f"R{next(_names)}") for _ in range(2)]
    for contract in contracts:
        confirm_deposit(payment=told(cast, contract, PRICE), arrived_on=AT.date(), by=cast.officer, at=LATER)
    account = SupervisedAccount.objects.select_related("institution", "bank").get(institution=home)
    return Desk(cast, account, contracts, Account.objects.get(institution=home, kind="custody"))


def arriving(desk: Desk) -> Payment:
    """Money of the first contract and then of the second one is in the bank's file; the second payment."""
    lines = [
        Moved(fen, serial=desk.told(contract, fen).reference)
        for contract, fen in zip(desk.contracts, (11, 22), strict=True)
    ]
    desk.file([lines[0]], [lines[1]])
    return Payment.objects.get(contract=desk.second, amount_fen=22)


def a_deposit(desk: Desk) -> Callable:
    payment = arriving(desk)
    return lambda: confirm_deposit(payment=payment, arrived_on=AT.date(), by=desk.cast.officer, at=LATER)


def a_refund_asked_for(desk: Desk) -> Callable:
    arriving(desk)
    return lambda: asked(desk.cast, desk.second, 5_000)


def agreed(desk: Desk):
    people = {"by": desk.cast.officer, "at": LATER}
    wish = asked(desk.cast, desk.second, 5_000)
    return agree_refund(refund=wish, amount_fen=5_000, answer="同意", answered_on=LATER.date(), **people)


def a_refund_approved(desk: Desk) -> Callable:
    refund = agreed(desk)
    arriving(desk)
    return lambda: approve_refund(refund=refund, by=desk.cast.leader, at=LATER)


def a_refund_withdrawn(desk: Desk) -> Callable:
    refund = agreed(desk)
    arriving(desk)
    return lambda: withdraw_refund(refund=refund, reason="不退了", by=desk.cast.officer, at=LATER)


def leaving(desk: Desk, moved: Moved) -> None:
    """Money of the first contract is in the bank's file, and on the day after it what left the account: today."""
    first = desk.told(desk.contracts[0], 11)
    empty = [[] for _ in range((LATER.date() - AT.date()).days - 2)]
    desk.file(*empty, [Moved(11, serial=first.reference)], [moved])


def a_refund_paid(desk: Desk) -> Callable:
    refund = approve_refund(refund=agreed(desk), by=desk.cast.leader, at=LATER)
    leaving(desk, Moved(-5_000, memo=f"TF{refund.pk}"))
    paid = {"paid_on": LATER.date(), "bank_reference": "HD1", "by": desk.cast.officer, "at": LATER}
    return lambda: pay_refund(refund=refund, **paid)


def lessons_confirmed(desk: Desk) -> Callable:
    lessons = taught(desk.cast, desk.second, 1)
    arriving(desk)
    return lambda: confirm_lessons(consumption=lessons, by=desk.cast.officer, at=LATER)


def lessons_answered_for(desk: Desk) -> Callable:
    lessons, code = taught(desk.cast, desk.second, 1), hashed(given(desk.cast.officer, MONEY, desk.second))
    arriving(desk)
    return lambda: answer_by_link(code=code, replies={lessons.pk: True}, text="", by=ANONYMOUS, at=LATER)


def a_refund_asked_by_the_guardian(desk: Desk) -> Callable:
    code = hashed(given(desk.cast.officer, MONEY, desk.second))
    arriving(desk)
    return lambda: ask_by_link(code=code, amount_fen=5_000, reason="孩子转学", by=ANONYMOUS, at=LATER)


def a_release_that_failed(desk: Desk) -> Callable:
    release = released(desk)
    leaving(desk, Moved(-release.amount_fen, memo=f"HB{release.pk}"))
    return lambda: fail_release(release=release, reason="户名不符", by=desk.cast.officer, at=LATER)


def released(desk: Desk):
    for contract in desk.contracts:
        earned(desk.cast, contract, 1)
    return approved(desk.cast, desk.account.institution)


@pytest.mark.parametrize(
    "single",
    [
        a_deposit,
        a_refund_asked_for,
        a_refund_approved,
        a_refund_withdrawn,
        a_refund_paid,
        lessons_confirmed,
        lessons_answered_for,
        a_refund_asked_by_the_guardian,
        a_release_that_failed,
    ],
)
def test_a_single_posting_waits_for_the_reconciliation_and_not_in_a_ring(desk, single):
    act = single(desk)
    before = Entry.objects.count()
    answers = in_line("ledger_account", desk.custody.pk, desk.reconcile, act)
    assert answers[0] is None, answers
    if isinstance(answers[1], Exception):  # the reconciliation was faster with the same
        assert getattr(answers[1], "code", "") == {a_deposit: "deposited"}.get(single, "illegal_transition"), answers
    assert Entry.objects.count() > before + 1
    assert broken() == []


def test_an_officer_who_waits_too_long_is_told_so(desk, enter):
    payment, client = told(desk.cast, desk.second, 33), enter(desk.cast.officer)
    page = reverse("admin:contracts_payment_deposit", args=[payment.pk])
    with transaction.atomic(using="owner"), connections["owner"].cursor() as other, connection.cursor() as ours:
        other.execute("SELECT 1 FROM funds_supervisedaccount WHERE id = %s FOR UPDATE", [desk.account.pk])
        ours.execute("SET lock_timeout = '50ms'")
        answer = client.post(page, {"arrived_on": f"{AT:%Y-%m-%d}"})
        ours.execute("RESET lock_timeout")
    assert answer.status_code == 409
    assert "没有保存，请稍后再试" in answer.content.decode()
    assert not Entry.objects.filter(key=f"payment:{payment.pk}").exists()
    assert client.post(page, {"arrived_on": f"{AT:%Y-%m-%d}"}).status_code == 302


def test_a_payment_of_an_import_is_deposited_or_taken_back(desk):
    """Both want the payment and its contract; what lies in the books is not taken back."""
    contract, by = desk.second, desk.cast.officer
    named = {"home": contract.institution.name, "contract": contract.number, "no": f"LS{next(_names)}", "fen": "0.33"}
    batch = uploaded(sheet("payments", row("payments", **named, account="")), by=by, target="payments")
    apply_batch(batch=batch, by=by, at=LATER)
    queue_undo(batch=batch, reason="导错了", by=by, at=LATER)
    payment = Payment.objects.get(reference=named["no"])
    answers = in_line(
        "contracts_contract",
        contract.pk,
        lambda: confirm_deposit(payment=payment, arrived_on=AT.date(), by=by, at=LATER),
        lambda: undo_batch(batch=batch, reason="导错了", by=by, at=LATER),
    )
    assert (answers[0], type(answers[1])) == (payment, Conflict), answers
    assert answers[1].message.endswith("导入之后已入账")
    payment.refresh_from_db()
    assert payment.voided_at is None, answers
    assert broken() == []


def test_a_release_that_failed_takes_its_contracts_in_no_ring_with_their_lessons(desk):
    release = released(desk)
    lessons = taught(desk.cast, desk.second, 1, on=LATER.date() - timedelta(days=1))
    people = {"by": desk.cast.officer, "at": LATER}
    answers = in_line(
        "ledger_account",
        desk.custody.pk,
        lambda: fail_release(release=release, reason="户名不符", **people),
        lambda: confirm_lessons(consumption=lessons, **people),
    )
    assert not any(isinstance(answer, Exception) for answer in answers), answers
    assert broken() == []
