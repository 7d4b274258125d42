"""The board of the public site and the registers of checks and findings, as editors see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache

from foundation.accounts.models import Organ
from foundation.core import clock, outbox
from institutions.models import Institution
from publicity.board import board_for, bureaus_without_contact, parts
from publicity.models import Finding, PublicCheck
from publicity.panels import open_findings
from tests.institutions.factories import AT, institution
from tests.publicity.checks import checked
from tests.publicity.factories import reachable, world

pytestmark = pytest.mark.django_db
BOARD, FINDINGS = "/admin/publicity/publiccheck/", "/admin/publicity/finding/"
BOARD_QUERIES, LIST_QUERIES = 23, 6
BET = "365防伪查询系统_bet3365标准版_365bet大陆网站"


@pytest.fixture(autouse=True)
def today():
    cache.clear()
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


def plant(*rows: Institution) -> None:
    for row in rows:
        Institution.objects.filter(pk=row.pk).update(hours=f"周末{BET}")


# -- the board -----------------------------------------------------------------------------------------------------
def test_each_part_with_its_rows_age_and_what_to_do(cast):
    world(cast)
    board = board_for(cast.officer, at=AT + timedelta(days=20))
    told = {part.label: (part.rows, part.age_days, part.word) for part in board.parts}
    assert told == {
        "首页": (3, 20, "超过期限"),
        "机构名录": (3, 20, "正常"),
        "白名单": (1, 20, "正常"),
        "黑名单": (1, 20, "正常"),
        "举报渠道": (1, None, "无更新记录"),
    }
    assert "已超过14天没有更新" in board.parts[0].advice


def test_an_empty_portal_has_too_many_empty_parts(cast):
    board = board_for(cast.officer, at=AT)
    assert [part.word for part in board.parts] == ["空栏目"] * 5
    assert board.too_many_empty
    assert "请登记或导入" in board.parts[1].advice


@pytest.mark.parametrize(("days", "word"), [(14, "正常"), (15, "超过期限")])
def test_the_first_page_is_late_after_two_weeks(cast, days, word):
    world(cast)
    assert parts(at=AT + timedelta(days=days))[0].word == word


def test_bureaus_are_named_by_what_they_lack_and_by_area(cast):
    reachable(cast)
    Organ.objects.filter(pk=cast.neighbour.organ_id).update(report_phone="0592-1")
    assert cast.officer.organ_id not in bureaus_without_contact(cast.city).values_list("pk", flat=True)
    named = dict(board_for(cast.city, at=AT).bureaus)
    assert named[cast.neighbour.organ_name] == "没有举报邮箱"
    assert named[cast.city.organ_name] == "没有举报电话和举报邮箱"
    assert board_for(cast.officer, at=AT).bureaus == []


def test_a_gap_and_its_list_are_the_same_rows(cast, enter):
    world(cast)
    institution(cast.officer, name="缺这缺那的机构")
    client = enter(cast.officer)
    board = board_for(cast.officer, at=AT)
    counts = {gap.label: gap.count for gap in board.gaps}
    assert counts == {"没有登记许可": 1, "没有登记监管账户": 2, "没有登记培训时间": 1}
    for gap in board.gaps:
        assert client.get(gap.url).context["cl"].result_count == gap.count
    assert {gap.count for gap in board_for(cast.neighbour, at=AT).gaps} == {0}


def test_the_board_shows_the_last_check_and_a_running_one(cast, enter):
    white, *_ = world(cast)
    plant(white)
    client = enter(cast.officer)
    assert "还没有完成过检查" in client.get(BOARD).content.decode()
    checked()
    html = client.get(BOARD).content.decode()
    assert "最近一次完成于 2026-11-02 09:30：" in html
    assert f'href="{FINDINGS}?standing=open"' in html
    assert "正在检查" not in html
    assert client.post(f"{BOARD}start/").status_code == 302
    html = client.get(BOARD).content.decode()
    assert "<strong>正在检查</strong>" in html
    assert "进行到“核对名录文字”" in html
    refused = client.post(f"{BOARD}start/")
    assert refused.status_code == 409
    assert "公众网站正在检查，请等它结束" in refused.content.decode()
    outbox.deliver_all(at=clock.now() + timedelta(seconds=1))
    html = client.get(BOARD).content.decode()
    assert "正在检查" not in html
    assert PublicCheck.objects.filter(state="done").count() == 2


def test_the_board_costs_the_same_for_one_and_three_checks(cast, enter, django_assert_num_queries):
    world(cast)
    client = enter(cast.officer)
    for _ in range(2):
        checked()
        client.get(BOARD)
        with django_assert_num_queries(BOARD_QUERIES):
            assert client.get(BOARD).status_code == 200
        checked()


# -- findings ------------------------------------------------------------------------------------------------------
def test_a_finding_says_where_what_and_what_to_do(cast, enter):
    white, *_ = world(cast)
    plant(white)
    checked()
    finding = Finding.objects.get()
    html = enter(cast.officer).get(f"{FINDINGS}{finding.pk}/").content.decode()
    for fact in (
        "疑似植入文字", "培训时间", "【违规词】", f'href="/institutions/{white.public_id}/"',
        f'href="/admin/institutions/institution/{white.pk}/"', "打开登记记录，把该栏改回真实内容",
    ):  # fmt: skip
        assert fact in html, fact
    assert "bet" not in html.replace("alphabet", "")


def test_a_planted_name_is_not_repeated_to_editors(cast, enter):
    white, *_ = world(cast)
    Institution.objects.filter(pk=white.pk).update(name=f"海浪{BET}")
    checked()
    client = enter(cast.officer)
    for path in (FINDINGS, f"{FINDINGS}{Finding.objects.get().pk}/", f"{BOARD}{PublicCheck.objects.get().pk}/"):
        assert "365bet" not in client.get(path).content.decode(), path


def test_editors_see_their_own_areas_findings_and_those_of_the_site(cast, enter):
    white, *_ = world(cast)
    plant(white)
    check = checked()
    at = clock.now()
    Finding.objects.create(
        kind="header",
        key="0" * 64,
        place="/",
        excerpt="x",
        first_check=check,
        last_check=check,
        found_at=at,
        seen_at=at,
    )
    seen = {
        name: enter(actor).get(FINDINGS).context["cl"].result_count
        for name, actor in (("own", cast.officer), ("city", cast.city), ("neighbour", cast.neighbour))
    }
    assert seen == {"own": 2, "city": 2, "neighbour": 1}
    hidden = Finding.objects.get(institution_id=white.pk)
    assert enter(cast.neighbour).get(f"{FINDINGS}{hidden.pk}/").status_code == 404


def test_the_tile_opens_what_it_counts(cast, enter):
    white, black, _ = world(cast)
    plant(white, black)
    checked()
    plant(white)
    tile = open_findings(cast.officer)
    assert (tile.count, tile.tone) == (2, "bad")
    assert enter(cast.officer).get(tile.url).context["cl"].result_count == 2
    assert (open_findings(cast.neighbour).count, open_findings(cast.legal)) == (0, None)
    Institution.objects.update(hours="周末")
    checked()
    assert open_findings(cast.officer).count == 0
    assert enter(cast.officer).get(f"{FINDINGS}?standing=closed").context["cl"].result_count == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(cast, enter, django_assert_num_queries, number):
    rows = world(cast)
    plant(*rows[:number])
    checked()
    client = enter(cast.officer)
    client.get(FINDINGS)
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(FINDINGS).context["cl"].result_count == number
