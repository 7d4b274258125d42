"""Photos that come with 三步上报."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clues.models import Clue, Sighting
from foundation.core import clock, outbox
from foundation.photos.models import Photo
from phone.forms import places_of
from tests.documents.conftest import private_media
from tests.institutions.factories import AT
from tests.photos.factories import jpeg

__all__ = ["private_media"]
pytestmark = pytest.mark.django_db
CLUE = "/m/forms/clue/"


@pytest.fixture(autouse=True)
def today(settings):
    settings.MEDIA_MIN_FREE_PERCENT = 0  # however full the disk of this machine is
    with clock.set_to(AT):
        yield


def photo(number: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG.jpg", jpeg(number), content_type="image/jpeg")


def test_photos_come_along_once_and_staff_see_them(cast, enter):
    sent = {"division": places_of(cast.grid).get().pk, "subject": "advert", "client_id": str(uuid4())}
    client = enter(cast.grid)
    for _ in range(2):
        client.post(CLUE, {**sent, "photos": [photo(1), photo(2)]})
    made = Clue.objects.get()
    assert (made.photos.count(), Photo.objects.count()) == (2, 2)
    assert {kept.taken_by_id for kept in Photo.objects.all()} == {cast.grid.user_id}
    outbox.deliver_all(at=AT)
    html = enter(cast.officer).get(f"/admin/clues/clue/{made.pk}/").content.decode()
    assert html.count('<img src="/photos/') == 2


def test_an_advertisement_shows_the_photos_of_its_clue(cast, enter):
    sent = {"division": places_of(cast.grid).get().pk, "medium": "outdoor", "client_id": str(uuid4())}
    for _ in range(2):
        assert enter(cast.grid).post("/m/forms/advert/", {**sent, "photos": [photo(3)]}).status_code == 302
    made = Sighting.objects.get()
    assert (made.amount, made.clue.photos.count()) == ("1块", 1)
    outbox.deliver_all(at=AT)
    html = enter(cast.officer).get(f"/admin/clues/sighting/{made.pk}/").content.decode()
    assert html.count('<img src="/photos/') == 1


def test_what_is_no_photo_makes_no_clue(cast, enter):
    sent = {"division": places_of(cast.grid).get().pk, "subject": "advert"}
    response = enter(cast.grid).post(CLUE, {**sent, "photos": [SimpleUploadedFile("IMG.jpg", b"<script>")]})
    assert (response.status_code, Clue.objects.count(), Photo.objects.count()) == (200, 0, 0)
    assert "还没有上报" in response.content.decode()


def test_too_many_photos_are_refused_and_none_is_kept(cast, enter):
    sent = {"division": places_of(cast.grid).get().pk, "subject": "advert"}
    response = enter(cast.grid).post(CLUE, {**sent, "photos": [photo(number) for number in range(7)]})
    assert "一条线索最多6张照片。" in response.content.decode()
    assert (Clue.objects.count(), Photo.objects.count()) == (0, 0)
