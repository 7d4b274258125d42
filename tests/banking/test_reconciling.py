"""What the lines of a bank mean for the books: exactly once, to the fen, and blocked while something is unexplained."""

from __future__ import annotations

from datetime import timedelta

import pytest

from banking.enums import DifferenceKind, DifferenceState, Means
from banking.models import BankLine, DayCheck, Difference, LineMeaning, Opening
from banking.operations.differences import explain_difference, sign_day, tie_difference
from banking.operations.profiles import set_profile
from banking.operations.reconciling import reconcile_account
from banking.rules import can_sign
from banking.tasks import reconcile_all, reconcile_one, reconciler
from contracts.models import Payment
from contracts.operations.money import Paid, record_payment
from foundation.core import clock
from foundation.core.errors import Conflict, NotAllowed
from foundation.core.models import OutboxMessage
from ledger.enums import Kind
from ledger.invariants import broken
from ledger.models import Entry
from ledger.queries import balance
from payouts import queries
from payouts.enums import RefundState, ReleaseState
from payouts.moving import money_of
from payouts.operations.books import confirm_deposit
from payouts.operations.refunds import agree_refund, approve_refund
from payouts.operations.releases import approve_release, propose_release
from tests.banking.bank_files import PROFILE, Moved, Truth, rows, text
from tests.banking.factories import hand_in
from tests.contracts.factories import signed
from tests.funds.factories import opened, selected
from tests.institutions.factories import AT, institution
from tests.payouts.factories import LATER, asked, earned

pytestmark = pytest.mark.django_db
NUMBER = "6222000000001234"
FEES = {"fee_words": ["手续费", "账户管理费"], "interest_words": ["结息"], "fee_most_fen": 100_00}
PRICE = 240_000


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(LATER):
        yield


@pytest.fixture
def bank(cast):
    bank = selected(cast.leader)
    set_profile(bank=bank, by=cast.officer, at=AT, **PROFILE, **FEES)
    return bank


@pytest.fixture
def home(cast, bank):
    home = institution(cast.officer)
    opened(home, cast.officer, bank=bank, number=NUMBER)
    return home


@pytest.fixture
def account(home):
    return home.supervised_accounts.get()


@pytest.fixture
def contract(cast, home):
    return signed(cast.officer, home)


def told(cast, contract, reference: str, *, fen: int = PRICE, days: int = 0, payer: str = "陈大志") -> Payment:
    paid_on = AT.date() + timedelta(days=days)
    paid = Paid(payer=payer, amount_fen=fen, paid_on=paid_on, reference=reference, contract_no=contract.number)
    return record_payment(institution=contract.institution, paid=paid, by=cast.officer, at=LATER)


def handed(cast, bank, account, *days: list[Moved], opening: int = 0, first: int = 0):
    """The bank's file of some days from the first day on, handed in and reconciled twice."""
    truth = Truth(NUMBER, AT.date() + timedelta(days=first), opening, list(days))
    file = hand_in(bank, text(rows(truth, 0, len(days))), cast.officer, at=LATER)
    assert file.state == "accepted", file.reason
    again = [reconciled(account) for _ in range(2)]
    assert again[0] == again[1]
    assert broken() == []
    return again[1]


def reconciled(account) -> tuple:
    """What stands after a reconciliation, in figures."""
    reconcile_account(account=account, by=reconciler(account), at=LATER)
    means = list(LineMeaning.objects.order_by("line__day", "line_id").values_list("means", flat=True))
    open_ones = list(Difference.objects.filter(state="open").order_by("pk").values_list("kind", "effect_fen"))
    checks = list(DayCheck.objects.order_by("day").values_list("bank_fen", "books_fen", "listed_fen", "waiting"))
    assert all(bank == books + listed for bank, books, listed, _ in checks)
    return means, open_ones, checks[-1], Entry.objects.count(), queries.block_of(account) is not None


@pytest.mark.parametrize(
    "line",
    [
        Moved(PRICE, serial="LS1", name="别人"),
        Moved(PRICE, memo="学费 LS1", name=""),
        Moved(PRICE, name="陈大志"),
    ],
)
def test_a_payment_is_deposited_by_the_line_that_shows_it(cast, bank, account, contract, line):
    payment = told(cast, contract, "LS1")
    means, open_ones, last, entries, blocked = handed(cast, bank, account, [line])
    assert (means, open_ones, last, entries, blocked) == ([Means.DEPOSIT], [], (PRICE, PRICE, 0, 0), 1, False)
    assert balance(money_of(contract).purse_id).deposited == PRICE
    assert LineMeaning.objects.get().payment == payment


def test_a_line_that_is_understood_later_takes_its_unexplained_posting_back(cast, bank, account, contract):
    means, open_ones, last, _, blocked = handed(cast, bank, account, [Moved(PRICE, serial="LS1")])
    assert (means, open_ones, blocked) == ([Means.UNEXPLAINED], [(DifferenceKind.BANK_ONLY, 0)], True)
    assert last == (PRICE, PRICE, 0, 1)
    told(cast, contract, "LS1")
    means, open_ones, last, _, blocked = reconciled(account)
    assert (means, open_ones, last, blocked) == ([Means.DEPOSIT], [], (PRICE, PRICE, 0, 0), False)
    kinds = [(row.kind, row.reverses_id is None, row.key) for row in Entry.objects.order_by("pk")]
    line = BankLine.objects.get().pk
    assert kinds == [
        (Kind.UNEXPLAINED_IN, True, f"bankline:{line}"),
        (Kind.DEPOSIT, True, f"payment:{Payment.objects.get().pk}"),
        (Kind.UNEXPLAINED_IN, False, f"bankline:{line}:back"),
    ]
    assert Difference.objects.get().state == DifferenceState.MATCHED
    assert broken() == []


@pytest.mark.parametrize(
    ("line", "means"),
    [
        (Moved(PRICE - 1, serial="LS1"), Means.UNEXPLAINED),
        (Moved(PRICE, name="李某"), Means.UNEXPLAINED),
        (Moved(PRICE, name=""), Means.UNEXPLAINED),
        (Moved(-5_00, memo="手续费"), Means.FEE),
        (Moved(-5_00, memo="手 续费"), Means.FEE),
        (Moved(-5_00, memo="手续费用"), Means.UNEXPLAINED),
        (Moved(-100_01, memo="手续费"), Means.UNEXPLAINED),
        (Moved(5_00, memo="结息"), Means.INTEREST),
        (Moved(-5_00, memo="结息"), Means.UNEXPLAINED),
    ],
)
def test_what_is_not_certain_stays_unexplained(cast, bank, account, contract, line, means):
    told(cast, contract, "LS1")
    found, open_ones, last, *_ = handed(cast, bank, account, [line], opening=0 if line.fen > 0 else 900_00)
    assert found == [means]
    assert (DifferenceKind.BANK_ONLY in dict(open_ones) or DifferenceKind.AMOUNT in dict(open_ones)) == (
        means == Means.UNEXPLAINED
    )
    assert last[0] == last[1]


def test_equal_payments_of_one_contract_stand_for_each_other_and_of_two_they_do_not(cast, bank, account, home):
    first, other = signed(cast.officer, home), signed(cast.officer, home, "HT002")
    for number in range(2):
        told(cast, first, f"LS{number}", fen=50_000)
    means, *_ = handed(cast, bank, account, [Moved(50_000, name="陈大志")] * 2)
    assert means == [Means.DEPOSIT] * 2
    assert balance(money_of(first).purse_id).deposited == 100_000
    told(cast, first, "LS8", fen=60_000)
    told(cast, other, "LS9", fen=60_000)
    means, *_ = handed(cast, bank, account, [Moved(60_000, name="陈大志")], opening=100_000, first=1)
    assert means[-1] == Means.UNEXPLAINED


@pytest.fixture
def earning(cast, bank, account, contract):
    """A contract whose price the bank has, five lessons of which are earned."""
    told(cast, contract, "LS1")
    handed(cast, bank, account, [Moved(PRICE, serial="LS1")])
    earned(cast, contract, 5)
    return contract


def released(cast, home):
    return approve_release(
        release=propose_release(institution=home, by=cast.officer, at=LATER), by=cast.leader, at=LATER
    )


LAST = (LATER - AT).days


@pytest.mark.parametrize(
    ("line", "state", "means"),
    [
        (Moved(-40_000, memo="HB{}", name="", serial="S9"), ReleaseState.PAID, Means.RELEASE),
        (Moved(-40_000, name="{home}"), ReleaseState.PAID, Means.RELEASE),
        (Moved(-40_000, name="某人"), ReleaseState.APPROVED, Means.UNEXPLAINED),
        (Moved(-40_001, memo="HB{}"), ReleaseState.APPROVED, Means.UNEXPLAINED),
    ],
)
def test_an_approved_release_is_paid_by_its_line_and_by_no_other(
    cast, bank, account, home, earning, line, state, means
):
    release = released(cast, home)
    words = {"memo": line.memo.format(release.pk), "name": line.name.format(home=home.name)}
    lines = [[], [], [Moved(line.fen, serial=line.serial, **words)]]
    found, open_ones, last, _, blocked = handed(cast, bank, account, *lines, opening=PRICE, first=LAST - 2)
    release.refresh_from_db()
    assert (release.state, found[-1], blocked) == (state, means, means != Means.RELEASE)
    assert (release.bank_reference != "") == (state == ReleaseState.PAID)
    if state == ReleaseState.APPROVED:
        assert (DifferenceKind.OURS_ONLY, 40_000) in open_ones
        assert last == (PRICE + line.fen, PRICE + line.fen - 40_000, 40_000, 1)


def test_a_release_under_way_is_listed_and_stops_nothing(cast, bank, account, home, earning):
    released(cast, home)
    days = [[] for _ in range(LAST)]
    _, open_ones, last, _, blocked = handed(cast, bank, account, *days, opening=PRICE, first=1)
    assert (open_ones, last) == ([(DifferenceKind.OURS_ONLY, 40_000)], (PRICE, PRICE - 40_000, 40_000, 0))
    assert not blocked


def test_an_approved_refund_is_paid_by_its_line(cast, bank, account, earning):
    refund = asked(cast, earning, 100_000)
    facts = {"amount_fen": 100_000, "answer": "同意", "answered_on": LATER.date()}
    refund = agree_refund(refund=refund, by=cast.officer, at=LATER, **facts)
    line = Moved(-100_000, name="陈大志")
    found, _, _, _, blocked = handed(cast, bank, account, [line], opening=PRICE, first=LAST)
    assert (found[-1], blocked) == (Means.UNEXPLAINED, True)  # nobody approved it yet
    approve_refund(refund=refund, by=cast.leader, at=LATER)
    found, open_ones, last, _, blocked = reconciled(account)
    refund.refresh_from_db()
    assert (refund.state, refund.paid_on, found[-1]) == (RefundState.PAID, LATER.date(), Means.REFUND)
    assert (open_ones, last[:3], blocked) == ([], (PRICE - 100_000, PRICE - 100_000, 0), False)
    assert balance(money_of(earning).purse_id).repaid == 100_000


def test_unexplained_money_stops_releases_until_it_is_explained_and_another_signs_the_day(
    cast, bank, account, home, earning
):
    handed(cast, bank, account, [Moved(7, name="某人")], opening=PRICE, first=LAST)
    with pytest.raises(Conflict, match="停付：有1项对账差异待查清"):
        released(cast, home)
    row = Difference.objects.get(state="open")
    assert (row.owner_id, row.due_on) == (cast.officer.user_id, row.due_on)
    assert row.due_on > LATER.date()
    check = DayCheck.objects.get(day=LATER.date())
    with pytest.raises(Conflict, match="1项差异待查"):
        sign_day(check=check, by=cast.leader, at=LATER)
    for who in (cast.leader, cast.neighbour, cast.bank, cast.city, cast.town):
        with pytest.raises(NotAllowed):
            explain_difference(difference=row, reason="误转，已联系", by=who, at=LATER)
    explain_difference(difference=row, reason="误转，已联系退回", by=cast.officer, at=LATER)
    for who in (cast.officer, cast.second_officer, cast.bank, cast.neighbour):
        with pytest.raises(NotAllowed):
            sign_day(check=check, by=who, at=LATER)
    assert sign_day(check=check, by=cast.leader, at=LATER).state == "signed"
    assert released(cast, home).state == ReleaseState.APPROVED


def test_a_signed_day_is_to_be_signed_anew_when_a_later_file_changes_it(cast, bank, account, contract):
    told(cast, contract, "LS1")
    handed(cast, bank, account, [Moved(PRICE, serial="LS1")])
    sign_day(check=DayCheck.objects.get(), by=cast.leader, at=LATER)
    handed(cast, bank, account, [Moved(PRICE, serial="LS1"), Moved(-5_00, memo="手续费")])
    row = DayCheck.objects.get()
    assert (row.state, row.signed_by, row.bank_fen) == ("open", None, PRICE - 500)


def test_who_handed_the_file_in_or_explained_something_signs_no_day(cast, bank, account, contract):
    """Whatever posts one person holds: the second person is another one (prepared it, or explained before)."""
    told(cast, contract, "LS1")
    handed(cast, bank, account, [Moved(PRICE, serial="LS1")])
    check = DayCheck.objects.get()
    both = cast.leader.allowed("funds.keep")
    assert can_sign(both, check)
    check.prepared_by_id = both.user_id
    assert not can_sign(both, check)
    check.refresh_from_db()
    handed(cast, bank, account, [Moved(PRICE, serial="LS1"), Moved(7, name="某人")])
    explain_difference(difference=Difference.objects.get(), reason="误转", by=both, at=LATER)
    assert not can_sign(both, DayCheck.objects.get())


def test_a_person_ties_a_line_whose_sum_agrees(cast, bank, account, contract):
    payment = told(cast, contract, "LS1", payer="外婆")
    other = told(cast, contract, "LS2", fen=5, payer="外婆")
    handed(cast, bank, account, [Moved(PRICE, name="陈大志")])
    row = Difference.objects.get()
    with pytest.raises(Conflict, match="金额不符"):
        tie_difference(difference=row, key=f"deposit:{other.pk}", by=cast.officer, at=LATER)
    with pytest.raises(NotAllowed):
        tie_difference(difference=row, key=f"deposit:{payment.pk}", by=cast.leader, at=LATER)
    done = tie_difference(difference=row, key=f"deposit:{payment.pk}", by=cast.officer, at=LATER)
    assert (done.state, queries.block_of(account)) == (DifferenceState.MATCHED, None)
    with pytest.raises(Conflict, match="已经认定"):
        tie_difference(difference=row, key=f"deposit:{payment.pk}", by=cast.officer, at=LATER)
    assert broken() == []


def test_money_that_an_officer_confirmed_and_the_bank_does_not_have_is_ours_only_and_stops_releases(
    cast, bank, account, contract
):
    payment = told(cast, contract, "LS1")
    confirm_deposit(payment=payment, arrived_on=LATER.date(), by=cast.officer, at=LATER)
    _, open_ones, last, _, blocked = handed(cast, bank, account, *[[] for _ in range(LAST + 1)])
    assert (open_ones, last, blocked) == ([(DifferenceKind.OURS_ONLY, -PRICE)], (0, PRICE, -PRICE, 1), True)


def test_a_file_of_earlier_days_moves_the_opening_balance_back(cast, bank, account):
    for first, opening in ((2, 300), (0, 100)):
        lines = [[Moved(200, name="某人")], []] if first == 0 else [[]]
        *_, last, _, blocked = handed(cast, bank, account, *lines, opening=opening, first=first)
        assert (last[0], last[1], blocked) == (300, 300, True)
    assert list(Opening.objects.values_list("fen", "day")) == [(100, AT.date())]


def test_every_night_each_account_once(cast, bank, account):
    handed(cast, bank, account, [Moved(7)])
    for _ in range(2):
        reconcile_all(None)
    due = OutboxMessage.objects.filter(kind="banking.reconcile_account", key__startswith="banking.reconcile_all")
    assert due.count() == 1
    before = reconciled(account)
    for message in OutboxMessage.objects.filter(kind="banking.reconcile_account"):
        reconcile_one(message)
    assert reconciled(account) == before
