"""Numbers, hashes and changes of the published lists; terms; what happens by itself."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import NotAllowed
from institutions.enums import PermitKind, Status
from institutions.models import Institution
from institutions.operations.premises import add_permit
from institutions.operations.status import change_status
from listings import queries, tasks, terms
from listings.enums import ListKind, ListState
from listings.models import Edition, EditionChange, ListEntry
from listings.operations.editions import make_edition
from listings.operations.removal import approve_delisting, propose_delisting
from tests.institutions.factories import AT, institution
from tests.listings.factories import UNTIL, deliver, listed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


def editions(kind=ListKind.WHITE):
    fields = ("no", "entries", "added", "removed")
    return list(Edition.objects.filter(kind=kind).order_by("no").values_list(*fields))


def test_changes_of_the_same_seconds_make_one_edition(cast):
    for _ in range(3):
        listed(cast)
    listed(cast, kind=ListKind.BLACK)
    deliver()
    assert (editions(), editions(ListKind.BLACK)) == ([(1, 3, 3, 0)], [(1, 1, 1, 0)])
    assert Event.objects.filter(kind="listing.edition_made").count() == 2


def test_a_removal_makes_the_next_edition_and_says_which(cast):
    entry, _ = listed(cast), listed(cast)
    deliver()
    later = AT + timedelta(minutes=5)
    entry = propose_delisting(entry=entry, reason="修复", by=cast.officer, at=later)
    approve_delisting(entry=entry, by=cast.leader, at=later)
    deliver(later)
    assert editions() == [(1, 2, 2, 0), (2, 1, 0, 1)]
    [change] = EditionChange.objects.filter(edition__no=2)
    assert (change.change, change.institution_id) == ("removed", entry.institution_id)


def test_an_edition_can_be_computed_again(cast):
    """From the changes replayed, and from the register as known at its cut-off: both give the published hash."""
    entry = listed(cast)
    listed(cast)
    deliver()
    first = Edition.objects.get()
    with clock.set_to(AT + timedelta(minutes=9)):
        propose_delisting(entry=entry, reason="修复", by=cast.officer, at=clock.now())
        approve_delisting(entry=entry, by=cast.leader, at=clock.now())
        tasks.compare_editions(None)
    lines = queries.lines_of(first)
    known = queries.lines_on(ListKind.WHITE, on=AT.date(), known_at=first.cut_off)
    assert lines == known
    assert queries.content_hash(lines) == first.content_sha256
    latest = queries.latest_edition(ListKind.WHITE)
    assert latest.content_sha256 == queries.content_hash(queries.lines_of(latest)) != first.content_sha256


def test_no_edition_without_a_change(cast):
    tasks.compare_editions(None)
    listed(cast)
    for _ in range(3):
        tasks.compare_editions(None)
    assert editions() == [(1, 1, 1, 0)]


def test_people_cannot_make_editions(cast):
    for actor in cast.everyone().values():
        with pytest.raises(NotAllowed):
            make_edition(kind=ListKind.WHITE, by=actor, at=AT)
    assert Edition.objects.count() == 0


@pytest.mark.parametrize("model", [Edition, EditionChange])
def test_published_editions_cannot_be_changed(cast, model):
    listed(cast)
    deliver()
    for act in (lambda rows: rows._raw_delete(rows.db), lambda rows: rows.update(id=999)):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            act(model.objects.all())
    assert model.objects.count() == 1


def run_nightly(at):
    with clock.set_to(at):
        outbox.put(tasks.LET_LAPSE, at=at)
        outbox.deliver_all(at=at)


def test_a_term_ends_by_itself_with_an_edition(cast):
    entry = listed(cast, until=AT.date() + timedelta(days=10))
    deliver()
    run_nightly(AT + timedelta(days=10))
    entry.refresh_from_db()
    assert entry.state == ListState.APPROVED
    run_nightly(AT + timedelta(days=11))
    entry.refresh_from_db()
    assert (entry.state, entry.ended_on, entry.removal_reason) == (ListState.ENDED, entry.until, "期限届满")
    assert editions() == [(1, 1, 1, 0), (2, 0, 0, 1)]
    run_nightly(AT + timedelta(days=12))
    assert Event.objects.filter(kind="listing.lapsed").count() == 1


def test_a_term_that_begins_later_makes_its_edition_then(cast):
    listed(cast, effective_on=AT.date() + timedelta(days=3))
    deliver()
    assert editions() == []
    run_nightly(AT + timedelta(days=3))
    assert editions() == [(1, 1, 1, 0)]


def test_a_closed_institution_leaves_the_white_list_at_once(cast):
    row = institution(cast.officer, effective_on=date(2021, 7, 24))
    entry = listed(cast, row)
    deliver()
    change_status(
        institution=row, status=Status.DEREGISTERED, effective_on=AT.date(), reason="停办", by=cast.officer, at=AT
    )
    assert queries.lines_on(ListKind.WHITE, on=AT.date()) == []
    run_nightly(AT + timedelta(hours=1))
    entry.refresh_from_db()
    assert (entry.state, entry.removal_reason) == (ListState.ENDED, "机构已注销")
    assert editions() == [(1, 1, 1, 0), (2, 0, 0, 1)]


def test_a_merged_record_leaves_the_lists(cast):
    keep, gone = institution(cast.officer), institution(cast.officer)
    entry = listed(cast, gone, kind=ListKind.BLACK)
    Institution.objects.filter(pk=gone.pk).update(merged_into=keep)
    run_nightly(AT + timedelta(hours=1))
    entry.refresh_from_db()
    assert (entry.state, entry.removal_reason) == (ListState.ENDED, "机构记录已合并或撤回")


# -- terms ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("months", "since", "last"),
    [
        (12, date(2026, 4, 1), date(2027, 3, 31)),
        (12, date(2024, 2, 29), date(2025, 2, 27)),
        (36, date(2026, 11, 2), date(2029, 11, 1)),
        (1, date(2026, 1, 31), date(2026, 2, 27)),
    ],
)
def test_terms_are_counted_in_months_with_both_days(months, since, last):
    assert terms.last_day_of(months, since=since) == last


def test_default_terms(cast):
    row = institution(cast.officer)
    since = AT.date()
    default = lambda kind, **given: terms.default_until(row, kind, since=since, **given)  # noqa: E731
    assert default(ListKind.BLACK) == date(2027, 11, 1)
    assert default(ListKind.BLACK, severe=True) == date(2029, 11, 1)
    assert default(ListKind.WHITE) == date(2027, 11, 1)
    permit = {"kind": PermitKind.NON_SUBJECT, "issuer": "思明区教育局", "by": cast.officer, "at": AT}
    add_permit(institution=row, number="教民135020370000011", valid_to=date(2027, 6, 30), **permit)
    assert default(ListKind.WHITE) == date(2027, 6, 30)
    add_permit(institution=row, number="教民135020370000012", valid_to=None, **permit)
    assert default(ListKind.WHITE) == date(2027, 11, 1)


def test_waiting_leaves_out_my_own(cast):
    listed(cast)
    assert ListEntry.objects.count() == 1
    assert [queries.waiting_for(actor).count() for actor in (cast.leader, cast.city)] == [0, 0]
    from_city = propose_delisting(entry=ListEntry.objects.get(), reason="修复", by=cast.city, at=AT)
    assert from_city.until == UNTIL
    assert [queries.waiting_for(actor).count() for actor in (cast.leader, cast.city, cast.neighbour)] == [1, 0, 0]
