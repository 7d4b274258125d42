"""The one door: who gets a copy, with which headers, and what is said instead of one."""

from __future__ import annotations

import pytest
from django.urls import reverse

from foundation.audit.models import Event
from foundation.core import private_files
from foundation.photos import rules
from foundation.photos.enums import FileKind
from foundation.photos.models import Photo, PhotoFile
from tests.cast import CITY, NEIGHBOUR

from .factories import copy_of, drawn, jpeg, kept
from .hostile import UNDRAWABLE

pytestmark = pytest.mark.django_db
OF_THE_COUNTY = {"officer", "leader", "second_officer", "legal", "town", "culture", "city", "province", "discipline"}
LOOK_QUERIES = 7  # session, user, posts, their scope, photo, whether it is seen, file


def display(photo: Photo) -> str:
    return reverse("photos:display", args=[photo.public_id])


def test_the_whole_cast_and_a_supervisors_photo(cast):
    photo = kept(cast.supervisor)
    seeing = {name for name, actor in cast.everyone().items() if rules.can_see(actor, photo)}
    assert seeing == OF_THE_COUNTY | {"supervisor"}
    listed = {name for name, actor in cast.everyone().items() if Photo.objects.visible_to(actor).exists()}
    assert listed == seeing


@pytest.mark.parametrize(
    ("code", "seeing"),
    [(NEIGHBOUR, {"neighbour", "city", "province", "discipline"}), (CITY, {"city", "province", "discipline"})],
)
def test_the_whole_cast_and_a_photo_of_elsewhere(cast, code, seeing):
    photo = kept(cast.city, code=code)
    assert {name for name, actor in cast.everyone().items() if rules.can_see(actor, photo)} == seeing
    assert {n for n, a in cast.everyone().items() if Photo.objects.visible_to(a).exists()} == seeing


@pytest.mark.parametrize("name", ["display", "thumb"])
def test_a_copy_is_an_image_and_nothing_else(cast, login, name):
    photo = drawn(cast.supervisor)
    answer = login(cast.supervisor).get(reverse(f"photos:{name}", args=[photo.public_id]))
    assert (answer.status_code, answer.content) == (200, copy_of(photo, FileKind(name)))
    assert {
        header: answer[header]
        for header in ("Content-Type", "X-Content-Type-Options", "Content-Disposition", "Cache-Control")
    } == {
        "Content-Type": "image/jpeg",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'inline; filename="{photo.public_id}.jpg"',
        "Cache-Control": "private, max-age=600",
    }
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Cookie" in answer["Vary"]


def test_who_may_not_see_it_learns_nothing(cast, login, client):
    photo = drawn(cast.supervisor)
    for stranger in (cast.neighbour, cast.grid, cast.bank, cast.auditor, cast.system):
        assert login(stranger).get(display(photo)).status_code == 404
        assert login(stranger).post(display(photo)).status_code == 404
    nowhere = login(cast.grid).get(reverse("photos:display", args=["0" * 32]))
    assert nowhere.content == login(cast.grid).get(display(photo)).content
    client.logout()
    assert client.get(display(photo)).url.startswith("/accounts/login/")


def test_nothing_can_be_posted(cast, login):
    answer = login(cast.supervisor).post(display(drawn(cast.supervisor)))
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_no_address_leads_to_an_original(cast, login, private_media):
    photo = drawn(cast.supervisor)
    original = photo.files.get(kind=FileKind.ORIGINAL)
    visitor = login(cast.supervisor)
    addresses = [f"/photos/{photo.public_id}/original/", f"/photos/{photo.public_id}/", f"/media/{original.path}"]
    addresses += [f"/{original.path}", f"/static/{original.path}", f"/photos/{original.path}/display/"]
    assert {visitor.get(address).status_code for address in addresses} == {404}
    assert jpeg() not in {visitor.get(display(photo)).content, copy_of(photo)}


def test_what_is_not_there_is_said_kindly(cast, login):
    waiting = kept(cast.supervisor)
    answer = login(cast.supervisor).get(display(waiting))
    assert (answer.status_code, "照片正在处理，请稍后刷新。" in answer.content.decode()) == (404, True)
    refused = drawn(cast.supervisor, UNDRAWABLE["png of noise"]())
    answer = login(cast.supervisor).get(display(refused))
    assert (answer.status_code, "无法显示：照片内容已损坏" in answer.content.decode()) == (404, True)


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_copy_that_was_tampered_with_is_not_shown(cast, login, private_media, harm):
    photo = drawn(cast.supervisor)
    path = private_media / photo.files.get(kind=FileKind.DISPLAY).path
    path.unlink() if harm == "gone" else path.write_bytes(b"<html>")
    answer = login(cast.supervisor).get(display(photo))
    assert (answer.status_code, b"<html>" in answer.content[:10]) == (404, False)
    assert "请联系系统管理员" in answer.content.decode()


def test_looking_writes_nothing_and_costs_little(cast, login, django_assert_num_queries):
    photo = drawn(cast.supervisor)
    visitor, before = login(cast.officer), Event.objects.count()
    visitor.get(display(photo))
    with django_assert_num_queries(LOOK_QUERIES):
        visitor.get(display(photo))
    assert Event.objects.count() == before


def test_control_a_file_is_found_by_its_row_only(cast, login):
    """Were the wrong kind noted, the original would come; the query leaves it out whatever is asked."""
    photo = drawn(cast.supervisor)
    PhotoFile.objects.filter(photo=photo, kind=FileKind.DISPLAY).delete()
    assert login(cast.supervisor).get(display(photo)).status_code == 404
    assert private_files.digest(copy_of(photo, FileKind.THUMB))
