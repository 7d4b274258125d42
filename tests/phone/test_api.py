"""The phone's API: who is let in, what the form gets to know, and each answer to a visit that arrives."""

from __future__ import annotations

import json
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
from inspections.enums import FindingState
from inspections.models import Finding, Visit, VisitPhoto, VisitSeries
from institutions.models import Institution
from phone.api import manners
from tests.cast import OWN, acting, build_cast, organ, person
from tests.inspections.factories import AT, DAY, all_yes, filed, first_version, supervisors_report
from tests.institutions.factories import institution, unlicensed
from tests.phone.sending import START, SUBJECTS, VISITS, draft, logged_in, photographed, picture, send

START_QUERIES, SUBJECTS_QUERIES = 16, 10


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


def refused(response, status: int, code: str, *words: str) -> None:
    """This answer, in words, and nothing was written."""
    body = response.json()
    assert (response.status_code, body["code"]) == (status, code)
    assert [word for word in words if word not in json.dumps(body, ensure_ascii=False)] == []
    assert (Visit.objects.count(), Event.objects.filter(kind="visit.filed").count()) == (0, 0)


# -- who is let in ---------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("path", [START, SUBJECTS])
def test_nobody_is_asked_to_log_in(client, path):
    response = client.get(path)
    assert (response.status_code, response.json()) == (401, {"code": "login", "message": "请重新登录。"})


def test_a_visit_without_a_session_is_asked_to_log_in(cast, place):
    refused(send(Client(), draft(cast.supervisor, place)), 401, "login")


def test_posts_without_the_phone_are_told_why_not(cast):
    response = logged_in(cast.auditor).get(START)
    assert response.status_code == 403
    assert "您的岗位不使用移动端" in response.json()["message"]


def test_a_visit_without_the_sessions_token_is_refused(cast, place):
    client = logged_in(cast.supervisor, Client(enforce_csrf_checks=True))
    refused(send(client, draft(cast.supervisor, place)), 403, "csrf")


def test_start_gives_the_token(cast, place):
    client = logged_in(cast.supervisor, Client(enforce_csrf_checks=True))
    token = client.get(START).headers["X-CSRFToken"]
    assert send(client, draft(cast.supervisor, place), headers={"X-CSRFToken": token}).status_code == 201


def test_one_person_asks_so_often_and_no_oftener(cast, phone, monkeypatch):
    monkeypatch.setattr(manners, "ASKED", manners.Throttle("phone-test", limit=2, seconds=60))
    assert [phone.get(SUBJECTS).status_code for _ in range(3)] == [200, 200, 429]
    assert logged_in(cast.officer).get(SUBJECTS).status_code == 200


# -- start -----------------------------------------------------------------------------------------------------------
def test_a_supervisor_gets_what_the_form_needs(cast, place, phone):
    filed(supervisors_report(place, cast.supervisor), cast.supervisor)
    found = phone.get(START).json()
    assert found["user"] == {
        "id": cast.supervisor.user_id, "name": cast.supervisor.name, "role": "supervisor", "role_label": "社会监督员",
    }  # fmt: skip
    version = first_version()
    kind = {"value": "supervisor", "label": "社会监督员走访", "covert": False, "officers": 0, "checklist": version.pk}
    assert found["kinds"] == [kind]
    assert found["month"] == {"label": "2026-11", "done": 1, "target": 2, "minimum": 1}
    [checklist] = found["checklists"]
    assert [section["code"] for section in checklist["sections"]] == list("ABCDEFGHI")
    items = [item for section in checklist["sections"] for item in section["items"]]
    assert (len(items), sum(item["officer_only"] for item in items)) == (43, 7)
    assert items[0]["text"] == "办学许可在有效期内并亮证"
    assert [visit["subject"] for visit in found["mine"]] == [place.name]
    assert (found["colleagues"], found["campaigns"]) == ([], [])


def test_an_officer_chooses_among_kinds_and_colleagues(cast):
    found = logged_in(cast.officer).get(START).json()
    kinds = {kind["value"]: (kind["officers"], kind["covert"]) for kind in found["kinds"]}
    assert kinds == {
        "routine": (2, False), "random": (2, False), "campaign": (2, False), "joint": (2, False),
        "covert": (0, True), "recheck": (2, False),
    }  # fmt: skip
    posts = {each["post"] for each in found["colleagues"]}
    along = [actor.post_id in posts for actor in (cast.second_officer, cast.culture, cast.officer, cast.neighbour)]
    assert along == [True, True, False, False]
    assert found["month"] is None


def test_a_grid_worker_has_no_kind_of_visit(cast):
    found = logged_in(cast.grid).get(START).json()
    assert (found["kinds"], found["checklists"]) == ([], [])


def test_what_did_not_change_is_not_sent_again(cast, place, phone):
    tag = phone.get(START).headers["ETag"]
    with clock.set_to(AT.replace(hour=16)):
        again = phone.get(START, headers={"If-None-Match": tag})
        assert (again.status_code, again.content, bool(again.headers["X-CSRFToken"])) == (304, b"", True)
    send(phone, draft(cast.supervisor, place))
    assert phone.get(START, headers={"If-None-Match": tag}).status_code == 200


def test_what_became_of_findings_is_shown(cast, place, phone):
    answers = all_yes() | {"B03": "no", "B04": "no"}
    report = supervisors_report(
        place, cast.supervisor, answers=answers, notes={"B03": "上锁", "B04": "过期"}, outcome="follow_up"
    )
    visit = filed(report, cast.supervisor)
    Finding.objects.filter(visit=visit, code="B03").update(state=FindingState.CONFIRMED)
    [mine] = phone.get(START).json()["mine"]
    assert mine["findings"] == "待核实1项，属实1项"


def test_the_month_counts_what_counts(cast, place, phone):
    """Not the month before, not what was voided, not what came too late."""
    filed(supervisors_report(place, cast.supervisor, visited_on=DAY.replace(month=10)), cast.supervisor)
    assert phone.get(START).json()["month"]["done"] == 0
    filed(supervisors_report(place, cast.supervisor), cast.supervisor)
    assert phone.get(START).json()["month"]["done"] == 1


@pytest.mark.parametrize("number", [1, 3])
def test_start_costs_the_same_for_any_number_of_visits(cast, phone, django_assert_num_queries, number):
    for _ in range(number):
        filed(supervisors_report(institution(cast.officer), cast.supervisor), cast.supervisor)
    with django_assert_num_queries(START_QUERIES):
        phone.get(START)


# -- places ----------------------------------------------------------------------------------------------------------
def test_all_places_of_a_small_area(cast, place, phone):
    site = unlicensed(cast.officer, sign="小红琴行")
    institution(cast.other_city, county="350581", name="石狮市远方培训中心")
    found = phone.get(SUBJECTS).json()
    assert found["whole"] is True
    assert [(each["kind"], each["id"]) for each in found["results"]] == [
        ("institution", place.pk), ("unlicensed", site.pk),
    ]  # fmt: skip
    first = found["results"][0]
    assert (first["initials"], first["public_id"], first["category"]) == ("smqqmyspxzx", place.public_id, "文化艺术类")
    assert {"phone", "legal_person", "account_tail", "bank"} & first.keys() == set()


@pytest.mark.parametrize("words", ["启明", "qmys", "湖滨", "id"])
def test_places_are_found_by_words_and_by_the_code_on_the_door(cast, place, phone, words):
    institution(cast.officer, name="思明区星河体育培训中心", address="厦禾路9号")
    found = phone.get(SUBJECTS, {"q": place.public_id if words == "id" else words}).json()
    assert (found["whole"], [each["id"] for each in found["results"]]) == (False, [place.pk])


def test_more_places_than_fit_are_searched_for(cast, phone, monkeypatch):
    monkeypatch.setattr("phone.visiting.MOST_PLACES", 2)
    monkeypatch.setattr("phone.visiting.FOUND", 1)
    for _ in range(3):
        institution(cast.officer)
    found = phone.get(SUBJECTS).json()
    assert (found["whole"], len(found["results"])) == (False, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_places_cost_the_same_for_any_number(cast, phone, django_assert_num_queries, number):
    for _ in range(number):
        institution(cast.officer)
        unlicensed(cast.officer)
    with django_assert_num_queries(SUBJECTS_QUERIES):
        phone.get(SUBJECTS)


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
