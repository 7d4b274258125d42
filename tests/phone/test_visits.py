"""Each answer to a visit that arrives from a phone, with and without photos, once and ten times at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from foundation.accounts.enums import Role
from foundation.audit.models import Event
from foundation.core import clock
from foundation.photos import intake
from foundation.photos.models import Photo
from foundation.regions.models import Division
from inspections.models import Visit, VisitPhoto, VisitSeries
from institutions.models import Institution
from phone.api import manners
from tests.cast import OWN, acting, build_cast, organ, person
from tests.inspections.factories import AT, all_yes, first_version
from tests.institutions.factories import institution, unlicensed
from tests.phone.sending import VISITS, draft, logged_in, photographed, picture, refused, send


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


@pytest.fixture
def place(cast):
    return institution(cast.officer, name="思明区启明艺术培训中心")


@pytest.fixture
def phone(cast) -> Client:
    return logged_in(cast.supervisor)


# -- a visit arrives -------------------------------------------------------------------------------------------------
def test_a_visit_gets_its_receipt_and_the_same_again(cast, place, phone):
    report = draft(cast.supervisor, place)
    first, again = send(phone, report), send(phone, report)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    receipt = first.json()["receipt"]
    assert (receipt["number"], receipt["client_id"], receipt["subject"]) == (
        "JD-350203-202611-0001", report["client_id"], place.name,
    )  # fmt: skip
    assert first.json()["month"]["done"] == 1
    visit = Visit.objects.get()
    assert (visit.pupils, visit.pupils_at_least, visit.latitude, visit.longitude) == (12, True, 2448, 11809)
    assert visit.source == "phone"
    assert Event.objects.filter(kind="visit.filed").count() == 1


def test_an_officers_visit_with_a_colleague(cast, place):
    client = logged_in(cast.officer)
    report = draft(cast.officer, place, kind="routine", officers=[{"post": cast.second_officer.post_id}])
    assert send(client, report).status_code == 201
    visit = Visit.objects.get()
    went = {officer.user_id for officer in visit.officers.all()}
    assert went == {cast.officer.user_id, cast.second_officer.user_id}
    assert visit.number.startswith("JC-")


def test_an_unlicensed_site_is_visited(cast, phone):
    site = unlicensed(cast.officer)
    report = draft(cast.supervisor, site, subject={"kind": "unlicensed", "id": site.pk})
    assert send(phone, report).status_code == 201
    assert Visit.objects.get().unlicensed == site


def test_an_old_version_of_the_checklist_is_accepted(cast, place, phone):
    """A draft lay on the phone while the next version was put to use."""
    version = first_version()
    type(version).objects.filter(pk=version.pk).update(state="retired")
    assert send(phone, draft(cast.supervisor, place)).status_code == 201
    assert Visit.objects.get().checklist_id == version.pk


def test_a_merged_institution_is_the_one_that_it_became(cast, place, phone):
    other = institution(cast.officer)
    Institution.objects.filter(pk=place.pk).update(merged_into=other)
    assert send(phone, draft(cast.supervisor, place)).status_code == 201
    assert Visit.objects.get().institution == other


def test_an_institution_that_moved_is_not_yours_any_more(cast, phone):
    """Kindly, with who has it now."""
    there = institution(cast.other_city, county="350581", name="石狮市远方培训中心")
    response = send(phone, draft(cast.supervisor, there))
    refused(response, 404, "not_yours", "已不在您的片区")
    assert response.json()["now_with"] == "石狮市"


def test_who_has_it_now_is_the_town_within_the_county(cast, place):
    """A post that is narrowed to a town."""
    elsewhere = Division.objects.filter(parent__code=OWN, level="town").order_by("-code").first()
    Institution.objects.filter(pk=place.pk).update(division=elsewhere)
    response = send(logged_in(cast.town), draft(cast.town, place, kind="covert"))
    refused(response, 404, "not_yours")
    assert response.json()["now_with"] == elsewhere.name


@pytest.mark.parametrize("kind", ["institution", "unlicensed"])
def test_a_place_that_is_not_there_is_not_yours(cast, place, phone, kind):
    response = send(phone, draft(cast.supervisor, place, subject={"kind": kind, "id": 999_999}))
    refused(response, 404, "not_yours")
    assert response.json()["now_with"] == ""


def test_another_accounts_draft_is_not_sent(cast, place, phone):
    refused(send(phone, draft(cast.officer, place)), 409, "other_account", "请用那个账号登录")


def test_another_accounts_receipt_is_not_given(cast, place, phone):
    report = draft(cast.supervisor, place)
    send(phone, report)
    second = acting(person(Role.SUPERVISOR, organ("350200"), username="second-supervisor"))
    response = send(logged_in(second), {**report, "user": second.user_id})
    assert (response.status_code, response.json()["code"]) == (409, "other_account")
    assert Visit.objects.count() == 1


def test_all_that_is_missing_is_said_at_once(cast, place, phone):
    report = draft(cast.supervisor, place, answers={"A01": "no"}, place=None, outcome="follow_up")
    response = send(phone, report)
    refused(response, 422, "report", "每一部分至少填写一项", "请至少附一张照片或记录位置", "请写明情况或附照片")
    assert set(response.json()["fields"]) == {"answers", "photos", "notes"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"client_id": "x"}, "client_id"),
        ({"kind": "raid"}, "kind"),
        ({"visited_on": "18.11.2026"}, "visited_on"),
        ({"answers": {"A01": "maybe"}}, "answers"),
        ({"subject": {"kind": "school", "id": 1}}, "subject"),
        ({"pupils": -1}, "pupils"),
        ({"outcome": ""}, "outcome"),
        ({"checklist": 999_999}, "checklist"),
        ({"officers": [{"post": 999_999}]}, "officers"),
        ({"place": {"lat": 91, "lon": 0}}, "place"),
    ],
)
def test_what_cannot_be_read_names_its_field(cast, place, phone, given, field):
    response = send(phone, draft(cast.supervisor, place, **given))
    assert list(response.json()["fields"]) == [field]
    refused(response, 422, response.json()["code"])


@pytest.mark.parametrize("report", ["", "{", "[]", "null", '"x"'])
def test_a_form_that_is_no_report_is_refused(cast, phone, report):
    refused(phone.post(VISITS, {"report": report}), 422, "report")


def test_a_colleague_of_another_area_cannot_be_ticked(cast, place):
    report = draft(cast.officer, place, kind="routine", officers=[{"post": cast.neighbour.post_id}])
    refused(send(logged_in(cast.officer), report), 422, "officers", "请重新选择")


def test_a_kind_that_the_post_does_not_file(cast, place, phone):
    refused(send(phone, draft(cast.supervisor, place, kind="routine")), 403, "not_allowed")


def test_more_than_a_visit_needs_is_not_even_read(cast, place, phone):
    response = send(phone, draft(cast.supervisor, place), CONTENT_LENGTH=str(manners.LARGEST + 1))
    refused(response, 413, "too_large", "删去几张")


def test_a_visit_is_posted_as_a_form_and_nothing_else(phone):
    assert phone.get(VISITS).status_code == 405
    assert phone.post(VISITS, {"report": "{}"}, content_type="application/json").status_code == 415


# -- photos ----------------------------------------------------------------------------------------------------------
def stored() -> int:
    """How many files of photos lie on the disk."""
    return sum(path.is_file() for path in (Path(settings.MEDIA_ROOT) / intake.FOLDER).rglob("*"))


def test_photos_come_with_the_visit_once(cast, place, phone):
    """A photo stands for the place; time and coarse place are those that the phone says."""
    before = stored()
    report = draft(cast.supervisor, place, place=None, answers=all_yes() | {"B03": "no"}, outcome="follow_up")
    files = photographed(report, picture(60)) | photographed(report, picture(120), picture(180), code="B03")
    first = send(phone, report, files)
    for file in files.values():
        file.seek(0)
    again = send(phone, report, files)
    assert (first.status_code, again.status_code, first.json()["receipt"]) == (201, 200, again.json()["receipt"])
    rows = VisitPhoto.objects.order_by("pk").values_list("code", "photo__latitude", "photo__longitude")
    assert list(rows) == [("", 2448, 11809), ("B03", 2448, 11809), ("B03", 2448, 11809)]
    assert (Photo.objects.count(), stored() - before) == (3, 3)


def test_a_photo_that_did_not_arrive_is_asked_for_again(cast, place, phone):
    report = draft(cast.supervisor, place)
    photographed(report, picture())
    refused(send(phone, report), 422, "photos", "照片没有传完整")


def test_a_refused_visit_leaves_no_photo_behind(cast, place, phone):
    before = stored()
    report = draft(cast.supervisor, place, answers={"A01": "yes"})
    files = photographed(report, picture())
    refused(send(phone, report, files), 422, "report", "每一部分至少填写一项")
    assert (Photo.objects.count(), stored()) == (0, before)


def test_what_is_no_photo_is_refused_with_the_visit(cast, place, phone):
    report = draft(cast.supervisor, place)
    files = photographed(report, picture(), b"<svg onload=alert(1)>")
    response = send(phone, report, files)
    assert response.status_code == 422
    assert (Visit.objects.count(), Photo.objects.count()) == (0, 0)


def test_ten_times_at_once_is_one_row_and_one_receipt(committed_db):
    """Ten slow requests of one impatient phone, truly at the same time."""
    cast = build_cast()
    report = draft(cast.supervisor, institution(cast.officer), client_id=str(uuid4()))
    photo = picture()
    [name] = photographed(report, photo)
    before = stored()
    clients = [logged_in(cast.supervisor) for _ in range(10)]

    def one(client: Client) -> tuple[int, str]:
        try:
            response = send(client, report, {name: SimpleUploadedFile("p.jpg", photo, "image/jpeg")})
            return response.status_code, response.json()["receipt"]["number"]
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(one, clients))
    assert {number for _, number in answers} == {"JD-350203-202611-0001"}
    assert sorted(status for status, _ in answers).count(201) >= 1
    assert (Visit.objects.count(), VisitSeries.objects.get().last_no) == (1, 1)
    assert Event.objects.filter(kind="visit.filed").count() == 1
    assert (Photo.objects.count(), stored() - before) == (1, 1)
