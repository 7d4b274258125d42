"""Look-alikes one of which still has its money supervised."""

from __future__ import annotations

import pytest

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict
from funds import queries
from funds.operations.accounts import close_account
from institutions.models import Institution
from institutions.operations.merging import merge_institutions
from tests.funds.factories import DAY, opened, ready
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with clock.set_to(AT):
        yield


def test_an_absorbed_one_has_no_open_account(cast):
    keep, absorb = institution(cast.officer), institution(cast.officer, credit_code=None)
    ready(absorb, cast.officer)
    merge, told = {"reason": "重复", "by": cast.officer, "at": AT}, Event.objects.count()
    with pytest.raises(Conflict, match="未销户的监管账户"):
        merge_institutions(keep=keep, absorb=absorb, **merge)
    assert (Institution.objects.current().count(), Event.objects.count()) == (2, told)
    close_account(account=absorb.supervised_accounts.get(), closed_on=DAY, **merge)
    assert not any(event.up for event in queries.flags_on(absorb, on=DAY).values())
    merge_institutions(keep=keep, absorb=absorb, **merge)
    assert list(Institution.objects.current()) == [keep]


def test_the_kept_one_may_have_one(cast):
    keep, absorb = institution(cast.officer), institution(cast.officer, credit_code=None)
    opened(keep, cast.officer)
    merge_institutions(keep=keep, absorb=absorb, reason="重复", by=cast.officer, at=AT)
    assert list(Institution.objects.current()) == [keep]
