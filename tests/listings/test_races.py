"""Two approvers at the same moment, on real PostgreSQL."""

from __future__ import annotations

from foundation.audit.models import Event
from institutions.models import StandingEvent
from listings.enums import ListKind, ListState
from listings.models import Edition, ListEntry
from listings.operations.editions import make_edition
from listings.operations.entries import approve_listing, reject_listing
from listings.tasks import EDITOR
from tests.cast import build_cast
from tests.institutions.factories import AT, institution
from tests.listings.factories import listed, proposed, ready
from tests.racing import one_wins, together


def test_of_two_approvers_one_approves(committed_db):
    cast = build_cast()
    entry = proposed(cast)
    answers = together(
        *(lambda by=by: approve_listing(entry=entry, by=by, at=AT).state for by in (cast.leader, cast.city))
    )
    assert sorted(answers) == ["IllegalTransition", ListState.APPROVED]
    assert (StandingEvent.objects.count(), Event.objects.filter(kind="listing.approved").count()) == (1, 1)


def test_of_two_who_decide_differently_one_decides(committed_db):
    cast = build_cast()
    entry = proposed(cast)
    said = one_wins(
        lambda: approve_listing(entry=entry, by=cast.leader, at=AT),
        lambda: reject_listing(entry=entry, remark="材料不全", by=cast.city, at=AT),
    )
    assert "请刷新页面" in said
    kinds = Event.objects.filter(kind__in=["listing.approved", "listing.rejected"]).values_list("kind", flat=True)
    assert [kind.partition(".")[2] for kind in kinds] == [ListEntry.objects.get().state]


def test_white_and_black_at_once_leave_one(committed_db):
    cast = build_cast()
    row = institution(cast.officer)
    entries = [ready(cast, row, kind=kind) for kind in (ListKind.WHITE, ListKind.BLACK)]
    answers = together(
        *(lambda entry=entry: approve_listing(entry=entry, by=cast.leader, at=AT).state for entry in entries)
    )
    assert sorted(answers) == ["Conflict", ListState.APPROVED]
    assert ListEntry.objects.filter(state=ListState.APPROVED).count() == 1


def test_editions_made_at_once_are_one(committed_db):
    cast = build_cast()
    listed(cast)
    made = together(*(lambda: make_edition(kind=ListKind.WHITE, by=EDITOR, at=AT) for _ in range(3)))
    assert sum(edition is not None for edition in made) == 1
    assert list(Edition.objects.values_list("no", flat=True)) == [1]
