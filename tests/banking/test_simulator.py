"""The simulated bank moves what the portal expects; books and bank agree, what was planted is the one difference."""

from __future__ import annotations

from datetime import timedelta

import pytest

from banking.models import DayCheck, Difference
from banking.operations.profiles import set_profile
from demo.bank_simulator import FACTS, FEE, Move, report
from foundation.core import clock
from ledger.invariants import broken
from ledger.queries import totals
from payouts.enums import ReleaseState
from payouts.operations.releases import approve_release, propose_release
from tests.contracts.factories import paid, signed
from tests.funds.factories import number, opened, selected
from tests.institutions.factories import AT, institution
from tests.payouts.factories import DAY, LATER, earned

pytestmark = pytest.mark.django_db


def test_what_it_reports_is_settled_and_what_was_planted_is_found(cast):
    bank = selected(cast.leader)
    set_profile(bank=bank, by=cast.officer, at=AT, **FACTS)
    home = institution(cast.officer)
    account = opened(home, cast.officer, bank=bank, number=number())
    contract = signed(cast.officer, home)
    paid(cast.officer, home, contract=contract, paid_on=AT.date())
    fee = Move(AT.date(), -20_00, FEE)
    with clock.set_to(LATER):
        report(
            bank, [account], AT.date(), DAY - timedelta(days=1), by=cast.officer, at=LATER, besides={account.pk: [fee]}
        )
        earned(cast, contract, 5)
        release = propose_release(institution=home, by=cast.officer, at=LATER)
        release = approve_release(release=release, by=cast.leader, at=LATER)
        stranger = Move(DAY, 8_888_00, "转账", "S1", "某公司")
        report(bank, [account], DAY, DAY, by=cast.officer, at=LATER, besides={account.pk: [stranger]})
    release.refresh_from_db()
    assert release.state == ReleaseState.PAID
    assert [row.bank_fen for row in Difference.objects.filter(state="open")] == [8_888_00]
    last = DayCheck.objects.get(day=DAY)
    assert last.bank_fen == last.books_fen == 240_000 - 20_00 - release.amount_fen + 8_888_00
    assert totals(cast.officer.scope, since=AT.date(), until=DAY) == {
        "deposit": 240_000, "fee": 20_00, "consume": 40_000, "release": 40_000, "unexplained_in": 8_888_00,
    }  # fmt: skip
    assert broken() == []
