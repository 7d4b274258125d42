"""Two persons at the same moment, on real connections."""

from __future__ import annotations

from foundation.core.actor import Actor
from funds.models import SupervisedAccount
from funds.models.accounts import V14
from funds.operations.accounts import open_account
from tests.cast import build_cast
from tests.funds.factories import DAY, bank_of, number
from tests.institutions.factories import AT, institution
from tests.racing import one_wins


def test_two_officers_at_the_same_moment_open_one(committed_db):
    cast = build_cast()
    row, chosen = institution(cast.officer), bank_of("350203")

    def act(by: Actor):
        given = {"institution": row, "bank": chosen, "holder": row.name, "opened_on": DAY, "at": AT}
        return lambda: open_account(number=number(), by=by, **given)

    assert one_wins(act(cast.officer), act(cast.second_officer)) == V14
    assert SupervisedAccount.objects.filter(institution=row).count() == 1
