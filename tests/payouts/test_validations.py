"""V07, V08, V11 and V14 as stored findings: opened by night, cleared when they hold no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from contracts.enums import OF_MONEY, FindingCode
from contracts.models import ContractFinding
from contracts.operations.checks import check_contracts
from contracts.operations.money import Paid, record_payment
from foundation.core import clock
from payouts.operations.books import confirm_deposit
from payouts.operations.holds import hold_releases
from payouts.tasks import validate
from tests.cast import Cast
from tests.contracts.factories import WANTED, limit_in_force, signed
from tests.documents.conftest import private_media
from tests.funds.factories import signed as agreed
from tests.institutions.factories import AT
from tests.payouts.factories import LATER, approved, earned, paid, school

__all__ = ["private_media"]
pytestmark = pytest.mark.django_db
DAY = AT.date()


def found(*, after: int = 0) -> list[tuple[str, str]]:
    """(code, about) of what is open after a night so many days later."""
    with clock.set_to(LATER + timedelta(days=after)):
        validate(None)
    rows = ContractFinding.objects.filter(code__in=OF_MONEY, cleared_on__isnull=True)
    return sorted(rows.values_list("code", "about"))


def payment(cast: Cast, home, contract, **given):
    told = {"payer": "陈大志", "amount_fen": 8000, "paid_on": DAY, "reference": "LS9", "contract_no": contract.number}
    return record_payment(institution=home, paid=Paid(**{**told, **given}), by=cast.officer, at=AT)


@pytest.fixture
def home(cast, private_media, settings):
    """With an agreement, so that V14 is silent."""
    settings.MEDIA_MIN_FREE_PERCENT = 0
    row = school(cast)
    agreed(row, cast.officer, bank=row.supervised_accounts.get().bank)
    return row


def test_an_account_without_agreement_is_found_until_there_is_one(cast, private_media, settings):
    settings.MEDIA_MIN_FREE_PERCENT = 0
    row = school(cast)
    account = row.supervised_accounts.get()
    assert found() == found() == [("V14", f"account:{account.pk}")]
    agreed(row, cast.officer, bank=account.bank)
    assert found() == []
    assert ContractFinding.objects.get(code="V14").cleared_on == LATER.date()


def test_a_payment_to_another_account_is_found_and_the_daily_check_leaves_it(cast, home):
    contract = signed(cast.officer, home)
    tail = home.supervised_accounts.get().number_tail
    wrong = payment(cast, home, contract, account="6210000000000001")
    payment(cast, home, contract, reference="LS10", account=f"62100000{tail}")
    payment(cast, home, contract, reference="LS11")
    assert found() == [("V07", f"payment:{wrong.pk}")]
    check_contracts(ids=[contract.pk], by=cast.officer, at=LATER)
    assert ContractFinding.objects.get(code="V07").cleared_on is None


def test_cash_is_found_after_the_days_of_the_place_and_cleared_by_its_deposit(cast, home):
    contract = signed(cast.officer, home)
    row = payment(cast, home, contract, channel="cash")
    assert found() == []  # this county has no such limit
    in_force(cast, "pooling_days", 3)
    assert found() == [("V08", f"payment:{row.pk}")]
    confirm_deposit(payment=row, arrived_on=LATER.date(), by=cast.officer, at=LATER)
    assert found() == []


def in_force(cast: Cast, code: str, value: int) -> None:
    limit_in_force(cast, replace(WANTED, code=code, value=value, effective_from=date(2026, 1, 1)))


def test_lessons_that_are_not_paid_for_are_found_after_the_days_of_the_place(cast, home):
    in_force(cast, "transfer_days", 7)
    contract = paid(cast, home)
    earned(cast, contract, 3)
    assert found(after=7) == []
    assert found(after=8) == [("V11", f"contract:{contract.pk}")]
    release = approved(cast, home, at=LATER)
    assert found(after=8) == []
    assert release.lines_count == 1


def test_nobody_is_late_while_releases_are_held(cast, home):
    in_force(cast, "transfer_days", 7)
    earned(cast, paid(cast, home), 3)
    until = LATER.date() + timedelta(days=30)
    hold_releases(institution=home, until_on=until, reason="核实", by=cast.leader, at=LATER)
    assert found(after=8) == []


def test_a_deposit_is_offered_once(cast, home, enter):
    row = payment(cast, home, signed(cast.officer, home))
    page, button = reverse("admin:contracts_payment_change", args=[row.pk]), "确认入账"
    client = enter(cast.officer)
    assert button in client.get(page).content.decode()
    confirm_deposit(payment=row, arrived_on=LATER.date(), by=cast.officer, at=LATER)
    assert f">{button}<" not in client.get(page).content.decode()
    assert client.get(reverse("admin:contracts_payment_deposit", args=[row.pk])).status_code == 403


def test_every_code_has_its_finder_and_level():
    assert set(OF_MONEY) == {FindingCode.V07, FindingCode.V08, FindingCode.V11, FindingCode.V14}
