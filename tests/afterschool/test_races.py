"""Two persons at the same moment, on real connections."""

from __future__ import annotations

from afterschool.models import Participation
from foundation.core.errors import Conflict
from tests.afterschool.factories import reported, school, term
from tests.cast import build_cast
from tests.racing import in_line


def test_two_officers_at_the_same_moment_report_once(committed_db):
    """Seen to fail without the lock of the school: both stood."""
    cast, here = build_cast(), school()
    term()
    first, second = in_line(
        "regions_school",
        here.pk,
        lambda: reported(cast.officer, here),
        lambda: reported(cast.second_officer, here, joined=170),
    )
    assert isinstance(first, Participation)
    assert isinstance(second, Conflict)
    assert Participation.objects.get() == first
