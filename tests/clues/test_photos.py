"""Photos of clues: seen by their taker and by who sees the clue; a repeat is pointed out to nobody else."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from clues.enums import Channel
from clues.models import Clue
from clues.panels import photos as clue_photos
from foundation.core import outbox
from foundation.photos import rules
from foundation.photos.models import Photo
from foundation.photos.operations import Sent
from foundation.photos.queries import same_pictures
from inspections.panels.visits import photos as visit_photos
from inspections.reports import Picture
from tests.clues.factories import clue
from tests.documents.conftest import private_media
from tests.inspections.factories import AT as LATER
from tests.inspections.factories import filed, supervisors_report
from tests.institutions.factories import AT, institution, town
from tests.photos.factories import drawn, jpeg, taken

__all__ = ["private_media"]
pytestmark = pytest.mark.django_db
READERS = {"officer", "second_officer", "leader", "city"}


@pytest.fixture(autouse=True)
def room(settings):
    settings.MEDIA_MIN_FREE_PERCENT = 0


def with_photo(by, number: int = 7, **given) -> Clue:
    row = clue(by, photos=[Sent(taken(jpeg(number)), uuid4())], **given)
    outbox.deliver_all(at=AT)
    return row


def seeing(cast, photo: Photo) -> set[str]:
    return {name for name, who in cast.everyone().items() if rules.can_see(who, photo)}


def test_a_clues_photo_is_seen_with_the_clue(cast):
    """Those who read visits but no clues do not see it: towns, departments, the province, inspectors."""
    row = with_photo(cast.officer)
    photo = row.photos.get().photo
    assert seeing(cast, photo) == READERS
    assert {name for name, who in cast.everyone().items() if Photo.objects.visible_to(who).exists()} == READERS


def test_its_taker_sees_it(cast):
    row = with_photo(cast.grid, channel=Channel.GRID, division=place_of(cast.grid))
    assert seeing(cast, row.photos.get().photo) == READERS | {"grid"}


def place_of(actor):
    return type(town()).objects.get(pk=min(actor.areas))


def test_other_photos_are_seen_as_before(cast):
    photo = drawn(cast.supervisor)
    assert {"town", "culture", "province", "discipline", "supervisor"} < seeing(cast, photo)


def test_the_door_knows_it_too(cast, enter):
    photo = with_photo(cast.officer).photos.get().photo
    address = reverse("photos:thumb", args=[photo.public_id])
    assert enter(cast.leader).get(address).status_code == 200
    for stranger in (cast.town, cast.culture, cast.province, cast.neighbour):
        assert enter(stranger).get(address).status_code == 404


def test_a_visits_photo_is_seen_with_the_visit(cast):
    """A post narrowed to another category sees neither the visit nor its photo."""
    place = institution(cast.officer, category="sport")
    picture = Picture(Sent(taken(jpeg(3)), uuid4()), "")
    visit = filed(supervisors_report(place, cast.supervisor, pictures=(picture,)), cast.supervisor)
    photo = visit.photos.get().photo
    assert "culture" not in seeing(cast, photo)
    assert {"officer", "leader", "city", "province", "supervisor"} <= seeing(cast, photo)


# -- hints -------------------------------------------------------------------------------------------------------------
def test_a_repeat_of_a_clues_photo_is_told_to_those_who_see_the_clue(cast):
    row = with_photo(cast.officer)
    picture = Picture(Sent(taken(jpeg(7)), uuid4()), "")
    visit = filed(supervisors_report(institution(cast.officer), cast.supervisor, pictures=(picture,)), cast.supervisor)
    outbox.deliver_all(at=LATER)
    [(_, told)] = visit_photos(cast.officer, visit).rows
    assert f'/clues/clue/{row.pk}/">线索{row.number}</a> 的照片相同' in told
    for who in (cast.province, cast.discipline, cast.legal):
        [(_, shown)] = visit_photos(who, visit).rows
        assert "<img" in shown
        assert "请核对" not in shown
        assert row.number not in shown
        assert same_pictures([visit.photos.get().photo], actor=who) == {}


def test_two_clues_with_one_picture(cast):
    first, second = with_photo(cast.officer), with_photo(cast.officer)
    [(shown,)] = clue_photos(cast.leader, second).rows
    assert f'/clues/clue/{first.pk}/">线索{first.number}</a> 的照片相同' in shown
    assert clue_photos(cast.leader, clue(cast.officer)) is None


def test_the_clues_page_shows_them(cast, enter):
    row = with_photo(cast.officer)
    page = enter(cast.officer).get(f"/admin/clues/clue/{row.pk}/").content.decode()
    assert reverse("photos:thumb", args=[row.photos.get().photo.public_id]) in page
