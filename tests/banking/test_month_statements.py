"""月结单: equal to the books to the fen, each month of each account once, by the job alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from banking import tasks
from banking.models import MonthStatement
from banking.operations.months import make_statement
from banking.rules import STATE_MONTH
from contracts.operations.money import Paid, record_payment
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.actor import job
from foundation.core.errors import Conflict, NotAllowed
from funds.models import SupervisedAccount
from ledger.models import Account
from ledger.queries import account_balance, balance
from payouts.moving import money_of
from payouts.operations.books import confirm_deposit
from payouts.operations.releases import pay_release
from tests.funds.factories import number
from tests.institutions.factories import AT
from tests.payouts.factories import DAY, LATER, approved, asked, earned, paid, school

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def at(*parts: int) -> datetime:
    return datetime(*parts, 6, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def contract(cast):
    """2,400 yuan in, 400 let go, 1,000 frozen, all in November."""
    home = school(cast, organ=None)
    row = paid(cast, home)
    earned(cast, row, 5)
    pay_release(release=approved(cast, home), paid_on=DAY, bank_reference="HB1", by=cast.officer, at=LATER)
    asked(cast, row, 100_000)
    return row


def run(when: datetime) -> list[MonthStatement]:
    """The job as the worker runs it, and all that there is then."""
    with clock.set_to(when):
        tasks.state_months(None)
    return list(MonthStatement.objects.order_by("month"))


def test_a_month_is_equal_to_the_books_and_made_once(contract):
    """Seen to fail with releases left out of the movements: the CHECK refuses the row."""
    assert run(at(2026, 12, 4)) == [], "banks have until the fifth"
    (made,) = run(at(2026, 12, 5))
    figures = [made.opening_fen, made.deposited_fen, made.released_fen, made.repaid_fen, made.other_fen]
    assert [*figures, made.closing_fen, made.frozen_fen] == [0, 240_000, 40_000, 0, 0, 200_000, 100_000]
    books, custody = balance(money_of(contract).purse_id), Account.objects.get(kind="custody")
    assert (made.closing_fen, made.frozen_fen) == (account_balance(custody), books.frozen)
    assert made.closing_fen == books.at_bank
    assert run(at(2026, 12, 6)) == [made]
    assert Event.objects.filter(kind="banking.statement_made").count() == 1


def test_missed_months_are_caught_up_and_what_is_booked_late_is_said(cast, contract):
    """A fee of November that is booked in December, after November's statement was made."""
    (first,) = run(at(2026, 12, 5))
    home, late = contract.institution, at(2026, 12, 20)
    told = Paid("陈大志", 5_000, DAY, number(), contract_no=contract.number)
    payment = record_payment(institution=home, paid=told, by=cast.officer, at=late, checks=False)
    with clock.set_to(late):
        confirm_deposit(payment=payment, arrived_on=DAY, by=cast.officer, at=late)
    first_again, second, third = run(at(2027, 2, 5))
    assert (first_again.closing_fen, first_again.made_at) == (first.closing_fen, first.made_at)
    assert (second.month, second.opening_fen, second.carried_fen, second.closing_fen) == (
        DECEMBER, 205_000, 5_000, 205_000,
    )  # fmt: skip
    assert (third.opening_fen, third.carried_fen) == (second.closing_fen, 0)


def test_no_person_makes_one_and_none_of_a_month_that_is_not_over(cast, contract):
    account = SupervisedAccount.objects.get()
    with pytest.raises(NotAllowed):
        make_statement(account=account, month=NOVEMBER, by=cast.officer, at=at(2026, 12, 5))
    with pytest.raises(NotAllowed):
        make_statement(account=account, month=NOVEMBER, by=job("月结单", STATE_MONTH), at=at(2026, 12, 5))
    by = job("月结单", STATE_MONTH, scope=frozenset({contract.jurisdiction_id}))
    (made,) = run(at(2026, 12, 5))
    assert make_statement(account=account, month=date(2026, 11, 20), by=by, at=at(2026, 12, 9)) == made
    made.delete()
    with pytest.raises(Conflict):
        make_statement(account=account, month=NOVEMBER, by=by, at=AT + timedelta(days=9))


def test_the_officer_and_the_accounts_own_bank_read_it(cast, enter, contract):
    (made,) = run(at(2026, 12, 5))
    page = enter(cast.officer).get(f"/admin/banking/monthstatement/{made.pk}/").content.decode()
    assert all(words in page for words in ("2026-11", "2,400.00", "2,000.00", "1,000.00"))
    assert enter(cast.neighbour).get(f"/admin/banking/monthstatement/{made.pk}/").status_code == 404
    assert enter(cast.bank).get(f"/admin/banking/monthstatement/{made.pk}/").status_code == 404
    bank = made.account.bank
    bank.organ_id = cast.bank.organ_id
    bank.save(update_fields=["organ"])
    assert enter(cast.bank).get(f"/admin/banking/monthstatement/{made.pk}/").status_code == 200
