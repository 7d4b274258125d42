"""课后服务 before the public: who was selected until when; figures from which no small group can be told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from afterschool.operations.providers import end_selection
from foundation.core import clock
from publicity.api import afterschool as api
from tests.afterschool.factories import NOW, STARTS, of_register, proposed, reported, school, selected, social, term
from tests.cast import NEIGHBOUR

pytestmark = pytest.mark.django_db
DAY = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(DAY):
        yield


def page(client, path: str, **asked) -> str:
    answer = client.get(path, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def cells(text: str, place: str) -> list[str]:
    row = re.search(rf'<tr><th scope="row">{place}</th>(.*?)</tr>', text, re.DOTALL)[1]
    return re.findall(r">([^<>]+)</td>", row)


def test_selected_providers_with_round_validity_and_exit(cast, client, django_assert_num_queries):
    valid, gone, waiting = selected(cast, of_register(cast.officer)), selected(cast), proposed(cast.officer)
    later = selected(cast, starts_on=DAY.date() + timedelta(days=3))
    end_selection(selection=gone, exited_on=STARTS + timedelta(days=9), reason="考核不合格", by=cast.leader, at=NOW)
    with django_assert_num_queries(3):  # one of them counts the address's questions, one the areas, kept for a second
        text = page(client, "/afterschool/")
    assert "有效入选 1 家" in text
    assert f"/institutions/{valid.provider.institution.public_id}/" in text
    for words in (valid.provider.name, valid.round.name, "2026-09-01 至 2027-08-31", "已退出", "2026-09-10"):
        assert words in text
    for words in (waiting.provider.name, later.provider.name, "考核不合格", "评审得分在前", cast.officer.name):
        assert words not in text


def test_an_institution_stands_under_its_name_of_today(cast, client):
    home = selected(cast, of_register(cast.officer)).provider.institution
    type(home).objects.filter(pk=home.pk).update(name="改名后的培训中心")
    assert "改名后的培训中心" in page(client, "/afterschool/")


def test_providers_of_one_county(cast, client):
    far = social(cast.neighbour, county=NEIGHBOUR)
    near = selected(cast).provider
    assert far.name not in page(client, "/afterschool/")
    assert near.name in page(client, "/afterschool/", county="350203")
    assert near.name not in page(client, "/afterschool/", county=NEIGHBOUR)
    assert "目前没有公布" in page(client, "/afterschool/", county="';--")


def test_a_planted_small_cell_is_hidden_and_cannot_be_subtracted(cast, client):
    """Seen to fail with LEAST = 1, and without the second hidden cell."""
    term()
    reported(cast.officer, school(), enrolled=50, joined=40, exempt_hardship=3)
    reported(cast.neighbour, school(NEIGHBOUR), enrolled=90, joined=60, exempt_hardship=8)
    text = page(client, "/afterschool/figures/")
    assert cells(text, "思明区") == ["50", "40", "80.0%", "不公布"]
    assert cells(text, "集美区") == ["90", "60", "66.6%", "不公布"]
    assert cells(text, "合计") == ["140", "100", "71.4%", "11"]
    assert "少于 5 人的数字不公布" in text
    assert "防止用合计相减" in text


def test_where_all_but_a_few_joined_the_joined_are_not_told(cast, client):
    reported(cast.officer, school(), enrolled=50, joined=48)
    assert cells(page(client, "/afterschool/figures/"), "思明区") == ["50", "不公布", "不公布", "0"]


def test_without_a_term_the_pages_say_so(client):
    assert "目前没有公布的参加情况" in page(client, "/afterschool/figures/")
    assert "目前没有公布的课后服务机构" in page(client, "/afterschool/")


# -- open data ---------------------------------------------------------------------------------------------------------
DATA = "/api/v1/public/afterschool-providers"


def data(client, **query) -> dict:
    answer = client.get(DATA, query)
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["licence"].startswith("可免费使用")
    return answer.json()


def test_page_file_and_data_say_the_same(cast, client):
    selected(cast, of_register(cast.officer))
    gone = selected(cast)
    end_selection(selection=gone, exited_on=STARTS + timedelta(days=9), reason="考核不合格", by=cast.leader, at=NOW)
    told = data(client)
    assert (told["count"], told["changes"]) == (2, [])
    assert {row["state"]: row["exited_on"] for row in told["results"]} == {"有效": None, "已退出": "2026-09-10"}
    lines = client.get("/afterschool.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("公开编号,机构名称,统一社会信用代码")
    assert {line.split(",")[0] for line in lines[1:]} == {row["public_id"] for row in told["results"]}
    text = page(client, "/afterschool/")
    assert all(row["name"] in text and row["credit_code"] in text for row in told["results"])
    assert "考核不合格" not in str(told) + "".join(lines)
    assert data(client, county=NEIGHBOUR)["count"] == 0


def test_pages_of_the_data_follow_each_other(cast, client, monkeypatch):
    monkeypatch.setattr(api, "PAGE", 2)
    ids = {selected(cast).public_id for _ in range(5)}
    found, after, pages = [], "", 0
    while pages == 0 or after:
        answer = data(client, **({"after": after} if after else {}))
        found += [row["public_id"] for row in answer["results"]]
        after, pages = answer["next_after"], pages + 1
    assert (found, pages) == (sorted(ids), 3)


def test_a_copy_learns_who_came_who_left_and_who_is_not_to_be_shown_any_more(cast, client):
    home = selected(cast, of_register(cast.officer))
    left = selected(cast)
    assert data(client, changed_since=(DAY + timedelta(days=1)).date().isoformat())["changes"] == []
    both = data(client, changed_since=NOW.date().isoformat())
    assert {row["public_id"] for row in both["changes"]} == {home.public_id, left.public_id}
    later = DAY + timedelta(days=20)
    with clock.set_to(later):
        end_selection(selection=left, exited_on=later.date(), reason="停办", by=cast.leader, at=later)
        type(home.provider.institution).objects.filter(pk=home.provider.institution_id).update(withdrawn_at=later)
        told = data(client, changed_since=later.date().isoformat())
    day = later.date().isoformat()
    assert {(row["public_id"], row["changed_on"], row["gone"]) for row in told["changes"]} == {
        (left.public_id, day, False),
        (home.public_id, day, True),
    }
    assert [row["state"] for row in told["results"]] == ["已退出"]
    again = later + timedelta(days=9)
    with clock.set_to(again):
        entered = {"withdrawn_at": None, "registered_at": again}
        type(home.provider.institution).objects.filter(pk=home.provider.institution_id).update(**entered)
        told = data(client, changed_since=again.date().isoformat())
    assert [(row["public_id"], row["changed_on"], row["gone"]) for row in told["changes"]] == [
        (home.public_id, again.date().isoformat(), False)
    ]


def test_what_ends_by_itself_is_a_change_of_the_day_after(cast, client):
    row = selected(cast)
    over = NOW + (row.ends_on - NOW.date()) + timedelta(days=1)
    with clock.set_to(over):
        told = data(client, changed_since=over.date().isoformat())
    assert [(each["public_id"], each["changed_on"]) for each in told["changes"]] == [
        (row.public_id, over.date().isoformat())
    ]
    assert told["results"][0]["state"] == "已到期"


@pytest.mark.parametrize("query", ["after=nothing", "changed_since=soon", "county=999999", "q=a", "after=" + "0" * 12])
def test_what_is_not_understood_is_refused_in_words(cast, client, query):
    answer = client.get(f"{DATA}?{query}")
    assert answer.status_code == 422
    assert answer.json()["message"]
