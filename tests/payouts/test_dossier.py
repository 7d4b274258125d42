"""What refunds tell whoever judges the institution, and what a case's page says of its money."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.models import Case
from foundation.core import clock
from foundation.core.panels import panels_for
from institutions import dossier
from payouts.operations.refunds import (
    agree_by_silence,
    agree_refund,
    approve_refund,
    object_refund,
    pay_refund,
    settle_refund,
    withdraw_refund,
)
from tests.cases.factories import proposed_today as case_against
from tests.contracts.factories import PEOPLE
from tests.payouts.factories import DAY, LATER, asked, earned, paid, school

pytestmark = pytest.mark.django_db
MUCH_LATER = LATER + timedelta(days=60)


@pytest.fixture
def home(cast):
    return school(cast)


def weights(home, at=LATER) -> list[str]:
    with clock.set_to(at):
        return [record.weight for record in dossier.standing_records(home) if record.source == "refund"]


def agreed(cast, row):
    return agree_refund(refund=row, amount_fen=row.asked_fen, answer="同意", answered_on=DAY, by=cast.officer, at=LATER)


def test_what_was_paid_in_time_is_no_reproach_and_nobody_is_named(cast, home):
    contract = paid(cast, home)
    row = agreed(cast, asked(cast, contract, 100_000))
    assert weights(home) == ["paid"]
    approve_refund(refund=row, by=cast.leader, at=LATER)
    pay_refund(refund=row, paid_on=DAY, bank_reference="TF1", by=cast.officer, at=LATER)
    assert weights(home, MUCH_LATER) == ["paid"]
    told = " ".join(f"{record.what}{record.result}{record.law}" for record in dossier.records_of(home))
    assert not any(name in told for name in (PEOPLE.pupil, PEOPLE.guardian, PEOPLE.phone))


def test_money_that_is_late_weighs_most(cast, home):
    agreed(cast, asked(cast, paid(cast, home), 100_000))
    assert (weights(home), weights(home, MUCH_LATER)) == (["paid"], ["late"])


def test_silence_and_dispute_are_told_apart_and_what_was_withdrawn_is_not_told(cast, home):
    first, second, third = (paid(cast, home, contract_no=f"HT00{number}") for number in (1, 2, 3))
    silent = asked(cast, first, 1_000)
    disputed = object_refund(
        refund=asked(cast, second, 1_000), answer="不退", answered_on=DAY, by=cast.officer, at=LATER
    )
    settle_refund(refund=disputed, amount_fen=500, outcome="各半", coordinated_on=DAY, by=cast.officer, at=LATER)
    withdraw_refund(refund=asked(cast, third, 1_000), reason="不退了", by=cast.officer, at=LATER)
    after = LATER + timedelta(days=9)
    agree_by_silence(refund=silent, by=cast.officer, at=after)
    assert weights(home, after) == ["silent", "disputed"]


def test_a_cases_page_shows_the_money_of_its_party(cast, home):
    earned(cast, paid(cast, home), 5)
    case_against(cast, home)
    case = Case.objects.get(institution=home)
    (shown,) = [each.panel for each in panels_for(cast.leader, case) if each.label.startswith("资金")]
    told = {label: str(value) for label, value in shown.rows}
    assert "2,400.00" in told["学员已缴"]
    assert "2,000.00" in told["未消课"]
    assert not [each for each in panels_for(cast.legal, case) if each.label.startswith("资金")]
