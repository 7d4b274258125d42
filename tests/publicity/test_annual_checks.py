"""年检公示: shown for its days, gone the day after and at once when it is taken back."""

from datetime import timedelta

import pytest

from foundation.core import clock
from listings.enums import CheckState
from listings.operations.yearly import reconsider_check
from tests.institutions.factories import AT
from tests.listings.test_yearly import in_state
from tests.publicity.factories import nobody_asked

pytestmark = pytest.mark.django_db


def page(client, at) -> str:
    nobody_asked()
    with clock.set_to(at):
        return client.get("/annual-checks/").content.decode()


def test_a_conclusion_is_shown_until_its_last_day(client, cast):
    with clock.set_to(AT):
        check = in_state(cast, CheckState.NOTICE)
    shown = page(client, AT)
    assert all(word in shown for word in (check.institution.name, "合格", "2026-11-11"))
    assert check.institution.name in page(client, AT + timedelta(days=9))
    assert check.institution.name not in page(client, AT + timedelta(days=10))
    reconsider_check(check=check, reason="有异议", by=cast.leader, at=AT)
    assert check.institution.name not in page(client, AT)
