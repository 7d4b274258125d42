"""Two persons at the same moment, on real connections."""

from __future__ import annotations

from afterschool.models import Participation
from foundation.core import clock
from foundation.core.errors import Conflict
from foundation.imports.operations import apply_batch
from tests.afterschool.factories import reported, school, term
from tests.afterschool.test_importing import HEAD, line
from tests.cast import build_cast
from tests.imports.factories import csv_file, uploaded
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


def test_an_officer_and_a_file_at_the_same_moment_report_once(committed_db):
    """Seen to fail without ``has_unique_key = False``: both stood."""
    cast, here = build_cast(), school(name="演示实验小学")
    term()
    batch = uploaded(csv_file(HEAD, line()), by=cast.officer, target="participation")
    first, second = in_line(
        "regions_school",
        here.pk,
        lambda: reported(cast.second_officer, here, joined=170),
        lambda: apply_batch(batch=batch, by=cast.officer, at=clock.now()),
    )
    assert isinstance(first, Participation)
    assert isinstance(second, Conflict)
    assert Participation.objects.get() == first
