"""Open data: the same as the pages, nothing ignored, nothing sent twice, nothing about anybody."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.core import clock, throttle
from institutions.enums import StandingKind
from institutions.models import Institution
from institutions.operations.status import set_standing
from listings.enums import ListKind
from listings.operations.removal import approve_delisting, propose_delisting
from publicity.api import parameters
from tests.institutions.factories import AT, institution
from tests.listings.factories import deliver, listed
from tests.publicity.factories import BUREAU, good, nobody_asked, world

pytestmark = pytest.mark.django_db
API = "/api/v1/public/"
ROW = {
    "public_id", "page", "name", "trade_name", "credit_code", "county", "county_code", "category", "stages",
    "legal_type", "address", "permit_until", "bank", "account_tail", "verdict",
}  # fmt: skip
LISTED = ROW | {"since", "until", "reason"}


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


def get(client, path: str, **query):
    response = client.get(f"{API}{path}", query)
    assert response.status_code == 200, (path, query, response.content.decode())
    assert response.json()["licence"].startswith("可免费使用")
    return response.json()


def turned(client, path: str, key: str = "results", **query) -> list[dict]:
    """All rows of all pages."""
    found, after = [], ""
    while True:
        nobody_asked()
        page = get(client, path, **query, **({"after": after} if after else {}))
        found += page[key]
        if not (after := page["next_after"]):
            return found


def file_rows(client, path: str, **query) -> list[dict[str, str]]:
    response = client.get(path, query)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


# -- what is answered ----------------------------------------------------------------------------------------------
def test_a_list_turns_its_pages_and_names_its_edition(cast, client):
    for number in range(52):
        listed(cast, good(cast, name=f"机构{number:02}"), at=AT - timedelta(days=1))
    deliver()
    first = get(client, "lists/white")
    second = get(client, "lists/white", after=first["next_after"])
    assert (first["count"], len(first["results"]), len(second["results"]), second["next_after"]) == (52, 50, 2, "")
    assert (first["edition"]["no"], first["edition"]["entries"], first["as_of"]) == (1, 52, "2026-11-02")
    assert set(first["results"][0]) == LISTED
    for sort in ("name", "since", "until"):
        assert len({row["public_id"] for row in turned(client, "lists/white", sort=sort)}) == 52


@pytest.mark.parametrize("kind", [ListKind.WHITE, ListKind.BLACK, ListKind.AFTERSCHOOL])
@pytest.mark.parametrize("query", [{}, {"q": "海浪"}, {"county": "350203"}, {"category": "arts"}, {"on": "2026-11-01"}])
def test_list_page_file_and_api_agree(cast, client, kind, query):
    world(cast)
    for number in range(3):
        listed(cast, good(cast, name=f"海浪{number}号", category="sport"), kind=kind)
    shown = client.get("/lists/", {"kind": kind, **query}).context
    rows = get(client, f"lists/{kind}", **query)
    assert [row["public_id"] for row in rows["results"]] == [row.public_id for row in shown["rows"]]
    assert rows["count"] == shown["count"]
    names = {
        "公开编号": "public_id",
        "机构名称": "name",
        "列入日期": "since",
        "列入事由": "reason",
        "办学地址": "address",
    }
    file = [{to: row[name] for name, to in names.items()} for row in file_rows(client, f"/lists/{kind}.csv", **query)]
    assert file == [{to: row[to] for to in names.values()} for row in rows["results"]]
    assert [row["verdict"]["word"] for row in rows["results"]] == [row.verdict.word for row in shown["rows"]]


@pytest.mark.parametrize(
    "query",
    [{}, {"q": "启航"}, {"state": "all"}, {"state": "white_list"}, {"state": "stopped"}, {"category": "subject"}],
)
def test_directory_page_file_and_api_agree(cast, client, query):
    world(cast)
    shown = client.get("/institutions/", query).context
    found = get(client, "institutions", **query)
    assert [row["public_id"] for row in found["results"]] == [row.public_id for row in shown["rows"]]
    assert (found["count"], found["changes"], found["next_changed_since"]) == (shown["count"], [], None)
    if "state" not in query:
        file = [row["公开编号"] for row in file_rows(client, "/institutions.csv", **query)]
        assert file == [row["public_id"] for row in found["results"]]


def test_one_institution_says_all_that_its_page_says(cast, client):
    white, *_ = world(cast)
    found = get(client, f"institutions/{white.public_id}")
    assert set(found["institution"]) == ROW
    assert found["institution"]["verdict"] == {
        "word": "正常·白名单", "sentence": "这家机构在教育部门公布的白名单中，目前正常办学。",
    }  # fmt: skip
    assert (found["legal_person"], found["institution"]["account_tail"], found["as_of"]) == (
        "陈**",
        "0921",
        "2026-11-02",
    )
    assert [(p["valid_from"], p["valid_to"], p["in_force"]) for p in found["permits"]] == [
        ("2024-04-24", "2027-04-23", True)
    ]
    assert [(c["name"], c["minutes"], c["fee"]) for c in found["courses"]] == [("中国舞三级", 60, "80.00")]
    assert found["decision"] == {
        "label": "白名单", "reason": "年检合格，未发现违规", "basis": "《校外培训机构黑白名单管理办法》第五条",
        "organ": cast.leader.organ_name, "since": "2026-11-02", "until": "2027-10-31",
    }  # fmt: skip
    assert (found["bureau"]["phone"], found["bureau"]["mailbox"]) == tuple(BUREAU.values())
    assert (found["status_since"], found["former_names"], found["campuses"]) == ("2024-04-24", [], [])
    html = client.get(f"/institutions/{white.public_id}/").content.decode()
    for value in (found["institution"]["address"], found["mode"], found["hours"], found["public_phone"]):
        assert value in html


def test_a_day_looked_back_at_is_answered_twice(cast, client):
    """Listed in November, entered as of October later: as known now it was listed, as known then it was not."""
    row = good(cast)
    set_standing(
        institution=row, kind=StandingKind.BLACK_LIST, value="yes", effective_on=AT.date() - timedelta(days=20),
        reason="补录", by=cast.leader, at=AT,
    )  # fmt: skip
    day = (AT.date() - timedelta(days=10)).isoformat()
    past = get(client, f"institutions/{row.public_id}", on=day)["past"]
    words = (past["now"]["verdict"]["word"], past["then"]["verdict"]["word"])
    assert (words, past["differ"], past["on"]) == (("列入黑名单", "当时未登记"), True, day)
    assert past["now"]["decision"]["reason"] == "补录"
    assert past["then"]["decision"] is None
    assert get(client, f"institutions/{row.public_id}", on=day, known=day)["past"]["differ"] is False
    assert [r["name"] for r in get(client, "lists/black", on=day)["results"]] == [row.name]
    known = get(client, "lists/black", on=day, known=day)
    assert (known["results"], known["known_on"], known["edition"], known["as_of"]) == ([], day, None, day)


def test_areas_name_the_bureau_to_report_to(cast, client):
    world(cast)
    [area] = [row for row in get(client, "areas")["results"] if row["code"] == "350203"]
    assert area["name"].endswith("思明区")
    assert area["bureau"]["phone"] == BUREAU["report_phone"]


def test_a_search_with_too_many_finds_is_not_counted(cast, client, monkeypatch):
    world(cast)
    monkeypatch.setattr("publicity.api.views.FEW", 1)
    assert get(client, "institutions", q="思明区")["count"] is None
    assert get(client, "institutions")["count"] == 3


@pytest.mark.parametrize("hidden", ["merged_into", "withdrawn_at"])
def test_hidden_institutions_are_nowhere(cast, client, hidden):
    white, _, plain = world(cast)
    Institution.objects.filter(pk=white.pk).update(**{hidden: plain if hidden == "merged_into" else AT})
    assert client.get(f"{API}institutions/{white.public_id}").json()["code"] == "not_found"
    for path in (
        "lists/white",
        "institutions",
        "institutions?state=all",
        "institutions?changed_since=2020-01-01T00:00Z",
    ):
        assert white.name not in client.get(f"{API}{path}").content.decode()


def test_removed_is_gone_at_once(cast, client):
    entry = listed(cast, good(cast))
    assert get(client, "lists/white")["count"] == 1
    entry = propose_delisting(entry=entry, reason="机构申请", by=cast.officer, at=clock.now())
    approve_delisting(entry=entry, by=cast.leader, at=clock.now())
    assert get(client, "lists/white")["results"] == []


# -- manners -------------------------------------------------------------------------------------------------------
ADDRESSES = ["institutions", "lists/white", "lists/black/editions", "lists/white/changes?since=0", "areas", "schema"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_unchanged_answer_is_not_sent_again(cast, client, path):
    first = client.get(f"{API}{path}")
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    assert first.headers["Cache-Control"] == "public, max-age=1, stale-while-revalidate=1"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert (first.headers.get("Vary"), first.cookies) == (None, {})
    with clock.set_to(clock.now() + timedelta(hours=1)):
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = client.get(f"{API}{path}", headers={"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
            assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(f"{API}{path}", headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.head(f"{API}{path}").headers["ETag"] == tag


def test_a_change_changes_the_tag(cast, client):
    listed(cast, good(cast))
    tags = {path: client.get(f"{API}{path}").headers["ETag"] for path in ("institutions", "lists/white")}
    listed(cast, good(cast, name="另一家"))
    for path, tag in tags.items():
        assert client.get(f"{API}{path}", headers={"If-None-Match": tag}).status_code == 200


def test_pages_of_other_sites_may_ask_first(db, client):
    response = client.options(f"{API}institutions", headers={"Origin": "https://other.example"})
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert response.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "Access-Control-Allow-Origin" not in client.get("/institutions/").headers


def test_a_person_who_is_logged_in_gets_the_same(cast, client):
    good(cast)
    stranger = client.get(f"{API}institutions").content
    client.force_login(get_user_model().objects.get(pk=cast.officer.user_id))
    assert client.get(f"{API}institutions").content == stranger


def test_the_sixty_first_question_in_a_minute_is_refused(db, client):
    assert [client.get(f"{API}areas").status_code for _ in range(60)] == [200] * 60
    refused = client.get(f"{API}lists/white")
    assert (refused.status_code, refused.headers["Retry-After"], refused.json()["code"]) == (429, "60", "throttled")
    assert refused.headers["Cache-Control"] == "no-store"
    assert "一分钟" in refused.json()["message"]
    assert client.get("/institutions/").status_code == 200
    assert client.get(f"{API}areas", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_answers_from_memory_count_too(db, client):
    with override_settings(PUBLIC_MEMORY=True), clock.set_to(clock.now() + timedelta(days=2)):
        assert [client.get(f"{API}areas").status_code for _ in range(61)] == [200] * 60 + [429]


def test_other_processes_count_too(db, client):
    """The count in the database: a second process has counted nothing itself."""
    for _ in range(60):
        client.get(f"{API}areas")
    throttle.counted_here.clear()
    refused = client.get(f"{API}areas")
    assert (refused.status_code, refused.json()["code"]) == (429, "throttled")
    assert refused.json()["message"] == "查询过于频繁，请一分钟后再试。"


def test_the_answers_of_a_second_are_made_once(cast, client, django_assert_num_queries):
    good(cast)
    with override_settings(PUBLIC_MEMORY=True), clock.set_to(clock.now() + timedelta(days=1)):
        first = client.get(f"{API}institutions")
        with django_assert_num_queries(0):
            again = client.get(f"{API}institutions", headers={"Cookie": "face=elder"})
            known = client.get(f"{API}institutions", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
        assert (known.status_code, first.headers["X-Accel-Expires"][0]) == (304, "@")
    with override_settings(PUBLIC_MEMORY=True), clock.set_to(clock.now() + timedelta(days=1, seconds=1)):
        Institution.objects.update(withdrawn_at=AT)
        assert client.get(f"{API}institutions").json()["results"] == []


@pytest.mark.parametrize("number", [1, 3])
def test_answers_cost_the_same_for_any_number_of_rows(cast, client, number):
    """Each count includes the throttle's."""
    for each in range(number):
        row = good(cast, name=f"机构{each}")
        listed(cast, row)
    deliver()
    costs = {
        "institutions": 7, "institutions?q=机构": 11, "institutions?changed_since=2020-01-01T00:00:00Z": 6,
        f"institutions/{row.public_id}": 16, f"institutions/{row.public_id}?on=2026-11-02": 33, "lists/white": 9,
        "lists/white?on=2026-11-02": 9, "lists/white/editions": 2, "lists/white/editions/1": 5,
        "lists/white/changes?since=0": 5, "areas": 3, "schema": 0,
    }  # fmt: skip
    for path in costs:
        client.get(f"{API}{path}")
    found = {}
    for path in costs:
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{API}{path}")
        found[path] = len(asked)
    assert found == costs


# -- the schema and the page for people ----------------------------------------------------------------------------
def test_the_schema_is_valid(tmp_path):
    target = tmp_path / "schema.yaml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(target))
    assert "/api/v1/public/lists/{kind}" in target.read_text(encoding="utf-8")


def test_the_schema_shows_public_addresses_with_all_their_answers(client):
    found = json.loads(client.get(f"{API}schema").content)
    assert set(found["paths"]) == {
        f"{API}{path}"
        for path in (
            "areas", "institutions", "institutions/{public_id}", "lists/{kind}", "lists/{kind}/changes",
            "lists/{kind}/editions", "lists/{kind}/editions/{no}", "penalties", "penalties/{public_id}",
            "afterschool-providers", "draws",
        )
    }  # fmt: skip
    for path, methods in found["paths"].items():
        assert set(methods) == {"get"}
        expected = {"200", "304", "422", "429"} | ({"404"} if "{" in path else set())
        assert set(methods["get"]["responses"]) == expected
    assert "security" not in found["paths"][f"{API}institutions"]["get"]


def test_every_offer_on_the_page_can_be_opened(cast, client):
    world(cast)
    html = client.get("/open-data/").content.decode()
    for path in ("areas", "institutions", "lists/white", "lists/black/changes?since=0", "schema"):
        assert f'href="{API}{path}"' in html
        assert client.get(f"{API}{path}").status_code == 200
    for name, args in (("directory_csv", []), ("list_csv", ["white"]), ("editions", ["black"])):
        assert f'href="{reverse(f"publicity:{name}", args=args)}"' in html
    assert "请注明来源" in html
    assert 'href="/open-data/"' in client.get("/").content.decode()


def test_ids_are_random_and_no_row_number_leaks(cast, client):
    row = institution(cast.officer, name="唯一的机构")
    Institution.objects.filter(pk=row.pk).update(remark="x")
    texts = [client.get(f"{API}{path}").content.decode() for path in ("institutions", f"institutions/{row.public_id}")]
    assert not any('"id"' in text or '"pk"' in text for text in texts)
    assert parameters.PUBLIC_ID == "[0123456789abcdefghjkmnpqrstvwxyz]{12}"
