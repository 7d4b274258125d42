"""The phone's API: who is let in, and what the form gets to know."""

from __future__ import annotations

import pytest
from django.test import Client

from foundation.core import clock
from inspections.enums import FindingState
from inspections.models import Finding
from phone.api import manners
from tests.inspections.factories import AT, DAY, all_yes, filed, first_version, supervisors_report
from tests.institutions.factories import institution, unlicensed
from tests.phone.sending import START, SUBJECTS, draft, logged_in, refused, send
from tests.supervisors.in_office import in_office

START_QUERIES, SUBJECTS_QUERIES = 20, 10


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


@pytest.fixture
def place(cast):
    return institution(cast.officer, name="思明区启明艺术培训中心")


@pytest.fixture
def phone(cast) -> Client:
    in_office(cast.supervisor)
    return logged_in(cast.supervisor)


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
    assert (found["kinds"], found["not_yet"]) == ([kind], "")
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
    assert found["not_yet"] == ""
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
