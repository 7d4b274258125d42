"""Two persons at the same moment, on real connections."""

from __future__ import annotations

from afterschool.enums import Carrier
from afterschool.models import Offering, Participation, Selection
from afterschool.operations.providers import end_selection
from afterschool.operations.terms import Offered, record_offering
from foundation.core import clock
from foundation.core.errors import Conflict, InvalidInput
from foundation.imports.operations import apply_batch
from tests.afterschool.factories import NOW, STARTS, block, reported, school, selected, term
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


def offering_and_exit(*, exit_first: bool) -> list:
    """A school takes a provider on and the provider leaves from its first day, one after the other."""
    cast, here = build_cast(), school()
    chosen = selected(cast)
    offered = Offered(lessons=18, carrier=Carrier.THIRD_PARTY, title="书法", provider=chosen.provider)
    given = {"school": here, "term": term(), "block": block(cast.officer), "by": cast.officer, "at": NOW}
    told = {"exited_on": STARTS, "reason": "退出", "by": cast.leader, "at": NOW}
    acts = [lambda: record_offering(offered=offered, **given), lambda: end_selection(selection=chosen, **told)]
    return in_line("afterschool_provider", chosen.provider_id, *(reversed(acts) if exit_first else acts))


def test_no_school_takes_on_a_provider_that_is_leaving(committed_db):
    """Seen to fail without the lock of the provider in ``record_offering``: it was recorded all the same."""
    left, refused = offering_and_exit(exit_first=True)
    assert isinstance(left, Selection)
    assert isinstance(refused, InvalidInput)
    assert not Offering.objects.exists()


def test_an_exit_waits_for_the_school_that_is_taking_the_provider_on(committed_db):
    """Seen to fail without the lock of the provider in ``end_selection``: it overtook the school."""
    made, left = offering_and_exit(exit_first=False)
    assert isinstance(made, Offering)
    assert isinstance(left, Selection)
