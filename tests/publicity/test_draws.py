"""Public pages of draws: before and after, files, the replay in words; no person, no login, no JavaScript needed."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest

from foundation.core import clock
from inspections.enums import DrawState
from inspections.operations.draw_results import publish_results
from inspections.operations.random_draw import exclude_object
from inspections.operations.voiding import agree_void, ask_void
from tests.inspections.drawing import (
    CHECKED_AT,
    DRAWN_AT,
    FROZEN_AT,
    SOURCE,
    frozen,
    graded,
    in_state,
    inspectors,
    planned,
    run,
)
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(DRAWN_AT):
        yield


def html(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_draft_is_not_public(client, cast):
    draw = in_state(cast, DrawState.DRAFT)
    assert draw.title not in html(client, "/draws/")
    assert "还没有公布过双随机抽查" in html(client, "/draws/")
    for address in ("/draws/SJ-350203-2026-0001/", "/draws/SJ-350203-2026-0001.json", "/draws/0/"):
        assert client.get(address).status_code == 404


def test_before_the_draw_hash_rule_and_number_to_come_are_shown(client, cast):
    draw = in_state(cast, DrawState.FROZEN)
    assert draw.title in html(client, "/draws/")
    page = html(client, f"/draws/{draw.number}/")
    for shown in (draw.commitment.pool_sha256, draw.commitment.rule, SOURCE, "2026-11-19", "闽D0001", "还没有抽取"):
        assert shown in page
    assert "抽取结果" not in page
    assert "名册与公布的校验值一致，尚未抽取" in html(client, f"/draws/{draw.number}/replay/")


def test_the_pool_file_has_the_published_hash(client, cast):
    draw = in_state(cast, DrawState.FROZEN)
    response = client.get(f"/draws/{draw.number}/pool.txt")
    assert hashlib.sha256(response.content).hexdigest() == draw.commitment.pool_sha256
    assert response.headers["Content-Disposition"] == f'attachment; filename="{draw.number}-pool.txt"'


def test_after_the_draw_objects_and_numbers_of_officers_are_shown_and_no_name(client, cast):
    draw = in_state(cast, DrawState.DRAWN)
    drawn = draw.drawn.select_related("first_officer").get()
    page = html(client, f"/draws/{draw.number}/")
    for shown in (draw.public_number, draw.seed, drawn.code, drawn.institution.name, drawn.first_officer.number):
        assert shown in page
    assert "检查完成后20个工作日内公示" in page
    data = json.loads(client.get(f"/draws/{draw.number}.json").content)
    assert [row["code"] for row in data["drawn"]] == [drawn.code]
    for text in (page, json.dumps(data, ensure_ascii=False)):
        assert "执法员" not in text
        assert "经办人" not in text


def test_results_are_shown_from_their_publication_on(client, cast):
    draw = in_state(cast, DrawState.CHECKED)
    assert "未发现问题" not in html(client, f"/draws/{draw.number}/")
    publish_results(draw=draw, by=cast.officer, at=CHECKED_AT)
    page = html(client, f"/draws/{draw.number}/")
    assert "未发现问题" in page
    assert "2026-11-24 检查" in page


def test_the_server_replays_and_says_so(client, cast):
    draw = in_state(cast, DrawState.DRAWN)
    page = html(client, f"/draws/{draw.number}/replay/")
    assert "一致（名册 9 行，抽中 1 家）" in page
    assert f'data-source="/draws/{draw.number}.json"' in page
    draw.drawn.update(rank=7)
    page = html(client, f"/draws/{draw.number}/replay/")
    assert "不一致，1 处" in page
    assert "位次：" in page


def test_a_voided_draw_stays_with_its_reason_and_names_the_redraw(client, cast):
    draw = in_state(cast, DrawState.DRAWN)
    ask_void(draw=draw, reason="号码录入有误", by=cast.officer, at=DRAWN_AT)
    agree_void(draw=draw, by=cast.leader, at=DRAWN_AT)
    page = html(client, f"/draws/{draw.number}/")
    assert "这次抽查已作废" in page
    assert "号码录入有误" in page
    assert "尚未重新抽取" in page
    assert "已作废" in html(client, "/draws/")


def test_exclusions_are_shown_with_their_reasons(client, cast):
    kept, out = institution(cast.officer, at=FROZEN_AT), institution(cast.officer, at=FROZEN_AT)
    draw = planned(cast)
    exclude_object(draw=draw, institution=out, reason="停业整改中", by=cast.officer, at=FROZEN_AT)
    page = html(client, f"/draws/{frozen(cast, draw).number}/")
    assert out.credit_code in page
    assert "停业整改中" in page
    assert kept.credit_code not in page


def test_the_script_can_be_taken_from_the_site(client):
    response = client.get("/draws/verify_draw.py")
    assert response.status_code == 200
    assert b"def draw_objects(" in response.content


@pytest.mark.parametrize("objects", [1, 12])
def test_pages_ask_as_much_for_few_objects_as_for_many(client, cast, django_assert_num_queries, objects):
    for _ in range(objects):
        graded(cast.officer, "D")
    draw = run(cast, officers=inspectors(6))
    with django_assert_num_queries(2):
        client.get("/draws/")
    with django_assert_num_queries(6):
        client.get(f"/draws/{draw.number}/")


def test_a_page_number_out_of_range_shows_the_nearest(client, cast):
    in_state(cast, DrawState.FROZEN)
    for page in ("0", "-1", "x", "99999"):
        assert client.get(f"/draws/?p={page}").status_code == 200


# -- open data ---------------------------------------------------------------------------------------------------------
def test_page_file_and_data_name_the_same_draws(client, cast):
    draw = in_state(cast, DrawState.DRAWN)
    told = client.get("/api/v1/public/draws").json()
    (row,) = told["results"]
    assert (told["count"], told["next_after"], row["number"]) == (1, "", draw.number)
    assert told["licence"].startswith("可免费使用")
    assert (row["pool_sha256"], row["public_number"]) == (draw.commitment.pool_sha256, draw.public_number)
    assert client.get(row["file"]).json()["number"] == draw.number
    assert draw.number in html(client, row["page"])
    head, line = client.get("/draws.csv").content.decode("utf-8-sig").splitlines()
    assert head.startswith("抽查编号,页面,文件")
    assert line.split(",")[0] == draw.number


def test_a_copy_learns_which_draws_moved(client, cast):
    draw = in_state(cast, DrawState.DRAWN)
    day = clock.local_date(draw.state_at)

    def numbers(since: str) -> list[str]:
        return [row["number"] for row in client.get("/api/v1/public/draws", {"changed_since": since}).json()["results"]]

    assert numbers(day.isoformat()) == [draw.number]
    assert numbers((day + timedelta(days=1)).isoformat()) == []
    for query in ("changed_since=soon", "after=none", "county=1", "changed_since=2026-01-01&county=350203"):
        assert client.get(f"/api/v1/public/draws?{query}").status_code == 422
