"""Portraits on candidates and cards, pictures of publicity: taken in like every photo, hostile files refused."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, NotAllowed
from foundation.documents import rendering
from foundation.documents.enums import DocumentKind
from foundation.documents.queries import documents_about
from foundation.photos.enums import FileKind
from foundation.photos.models import Photo, PhotoFile
from foundation.photos.operations import Sent
from supervisors.enums import CandidateState
from supervisors.models import Candidate, PublicityActivity
from supervisors.operations.candidates import set_portrait
from supervisors.operations.duty import MOST_PICTURES
from tests.documents.conftest import private_media
from tests.photos.factories import jpeg, taken
from tests.photos.hostile import REFUSED
from tests.supervisors.factories import (
    AT,
    after_publicity,
    announced,
    appointed,
    at_ten,
    candidate_in,
    deliver,
    in_office_from,
    nominated,
)

__all__ = ["private_media"]
pytestmark = pytest.mark.django_db
NOW = at_ten(date(2026, 4, 20))
HOSTILE = {name: made for name, (made, _) in REFUSED.items()}


@pytest.fixture(autouse=True)
def room(settings):
    settings.MEDIA_MIN_FREE_PERCENT = 0  # however full the disk of this machine is
    with clock.set_to(NOW):
        yield


def portrayed(row: Candidate, by, number: int = 1, *, at=AT) -> Candidate:
    return set_portrait(candidate=row, sent=Sent(taken(jpeg(number, 590, 826)), uuid4()), by=by, at=at)


def file(content: bytes, name: str = "face.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


# -- portraits -------------------------------------------------------------------------------------------------------
def test_district_and_bureau_set_the_portrait_and_a_new_one_takes_its_place(cast):
    row = nominated(cast)
    first = portrayed(row, cast.officer).portrait
    second = portrayed(row, cast.city, 2).portrait
    assert (Candidate.objects.get().portrait, Photo.objects.count(), first != second) == (second, 2, True)
    assert Event.objects.filter(kind="supervisors.portrait_set").count() == 2


@pytest.mark.parametrize("who", ["neighbour", "other_city", "town", "supervisor", "auditor", "public"])
def test_nobody_else_sets_it(cast, who):
    row = nominated(cast)
    with pytest.raises(NotAllowed):
        portrayed(row, getattr(cast, who))
    assert Photo.objects.count() == 0


@pytest.mark.parametrize("state", [CandidateState.REJECTED, CandidateState.STRUCK, CandidateState.WITHDRAWN])
def test_who_is_out_needs_none(cast, state):
    with pytest.raises(NotAllowed, match="不再办理"):
        portrayed(candidate_in(cast, state), cast.city)


def test_the_page_takes_a_picture_and_shows_it(cast, enter):
    row = nominated(cast)
    address = reverse("admin:supervisors_candidate_portrait", args=[row.pk])
    client = enter(cast.officer)
    assert client.post(address, {"portrait": file(jpeg(3))}).status_code == 302
    page = reverse("admin:supervisors_candidate_change", args=[row.pk])
    assert "正在处理" in client.get(page).content.decode()
    deliver(NOW + timedelta(minutes=1))
    thumb = reverse("photos:thumb", args=[Candidate.objects.get().portrait.public_id])
    assert thumb in client.get(page).content.decode()
    assert client.get(thumb).status_code == 200


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_no_portrait(cast, enter, name, private_media):
    row = nominated(cast)
    address = reverse("admin:supervisors_candidate_portrait", args=[row.pk])
    response = enter(cast.officer).post(address, {"portrait": file(HOSTILE[name]())})
    assert (response.status_code, Photo.objects.count()) == (200, 0)
    assert [path for path in private_media.rglob("*") if path.is_file()] == []
    assert Candidate.objects.get().portrait is None


def card_of(supervisor):
    return documents_about(supervisor).get(kind=DocumentKind.SUPERVISOR_CARD)


def images_in(pdf: bytes) -> int:
    page = pypdfium2.PdfDocument(pdf)[0]
    return sum(1 for thing in page.get_objects() if isinstance(thing, pypdfium2.PdfImage))


def test_the_card_shows_the_drawn_copy_and_freezes_its_hash(cast):
    row = announced(cast)
    portrayed(row, cast.officer)
    deliver(after_publicity(row))
    card = card_of(appointed(cast, row))
    thumb = PhotoFile.objects.get(kind=FileKind.THUMB)
    assert card.frozen["picture"] == thumb.sha256
    assert images_in(rendering.pdf(card)) == 1


@pytest.mark.parametrize("sent", [False, True], ids=["no picture", "not drawn yet"])
def test_a_card_without_a_copy_leaves_room_for_one(cast, sent):
    row = announced(cast)
    if sent:
        portrayed(row, cast.officer, at=after_publicity(row))
    card = card_of(appointed(cast, row))
    assert (card.frozen["picture"], images_in(rendering.pdf(card))) == ("", 0)


def test_a_card_is_not_printed_without_its_picture(cast):
    row = announced(cast)
    portrayed(row, cast.officer)
    deliver(after_publicity(row))
    card = card_of(appointed(cast, row))
    PhotoFile.objects.filter(kind=FileKind.THUMB).update(sha256="0" * 64)
    with pytest.raises(Conflict, match="照片已不在"):
        rendering.pdf(card)


# -- publicity -------------------------------------------------------------------------------------------------------
@pytest.fixture
def phone(cast, client):
    supervisor = in_office_from(cast, date(2026, 4, 1))
    User.objects.filter(pk=supervisor.user_id).update(must_change_password=False)
    client.force_login(User.objects.get(pk=supervisor.user_id))
    return client


def told(phone, *photos: bytes, **given):
    facts = {"outlet": "school", "title": "家长会", "held_on": "2026-04-19", **given}
    return phone.post(reverse("phone:duty_activity"), {**facts, "photos": [file(photo) for photo in photos]})


def test_a_picture_shows_an_activity_without_link_or_words(cast, phone, enter):
    assert told(phone, jpeg(1), jpeg(2))["Location"] == reverse("phone:duty_own")
    row = PublicityActivity.objects.get()
    assert (row.pictured, row.photos.count(), Photo.objects.count()) == (2, 2, 2)
    assert "图片 2 张" in phone.get(reverse("phone:duty_own")).content.decode()
    deliver(NOW + timedelta(minutes=1))
    page = enter(cast.city).get(reverse("admin:supervisors_publicityactivity_change", args=[row.pk])).content.decode()
    shown = [link.photo.public_id for link in row.photos.all()]
    assert all(reverse("photos:thumb", args=[public_id]) in page for public_id in shown)


def test_nothing_to_show_and_too_much_are_refused(phone):
    assert "附链接、图片或说明情况" in told(phone).content.decode()
    many = [jpeg(number) for number in range(1, MOST_PICTURES + 2)]
    assert f"最多{MOST_PICTURES}张" in told(phone, *many).content.decode()
    assert (PublicityActivity.objects.count(), Photo.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_no_picture_of_publicity(phone, name, private_media):
    response = told(phone, jpeg(1), HOSTILE[name](), description="三年级")
    assert (response.status_code, PublicityActivity.objects.count(), Photo.objects.count()) == (200, 0, 0)
    assert re.search(r'<div class="wrong" role="alert"><p>.*(照片|图片|文件)', response.content.decode())
    assert [path for path in private_media.rglob("*") if path.is_file()] == []
