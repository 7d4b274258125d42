"""课后服务 before the public: who was selected until when; figures from which no small group can be told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from afterschool.operations.providers import end_selection
from foundation.core import clock
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
    with django_assert_num_queries(2):  # one of them counts the address's questions
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
