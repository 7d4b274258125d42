"""A permit that ran out keeps its day on the list: the date explains the chip."""

from datetime import timedelta

import pytest

from foundation.core import clock
from institutions.operations.premises import add_permit
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "word"), [(-20, "许可已过期"), (20, "正常")])
def test_the_day_of_a_permit_is_shown_before_and_after_it(client, cast, days, word):
    row = institution(cast.officer)
    day = clock.today() + timedelta(days=days)
    add_permit(
        institution=row,
        kind="non_subject",
        number="教民1号",
        issuer="思明区教育局",
        valid_to=day,
        by=cast.officer,
        at=AT,
    )
    page = client.get("/institutions/").content.decode()
    assert (day.isoformat() in page, word in page, "未登记" in page) == (True, True, False)
