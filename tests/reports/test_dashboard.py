"""数据总览: every number on it is its KPI's, on the tile, on the map and place by place."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.core import clock
from foundation.regions.models import Division
from reports.kpis import kpi_of
from reports.pages.dashboard import TABLE, TILES
from tests.cast import CITY, NEIGHBOUR, OWN, jurisdiction
from tests.enforcement.factories import inspected, issued
from tests.inspections.factories import AT, filed, officers_report
from tests.institutions.factories import institution, town, unlicensed
from tests.reports.asked import ask

pytestmark = pytest.mark.django_db
PAGE = "admin:reports_ratiostyle_dashboard"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def seen(cast, by, *, county: str = OWN) -> None:
    subject = institution(by, county=county)
    filed(officers_report(subject, by, cast.second_officer), by)


def test_tiles_map_and_table_say_what_the_kpis_say(cast, enter):
    seen(cast, cast.officer)
    seen(cast, cast.officer)
    seen(cast, cast.neighbour, county=NEIGHBOUR)
    page = enter(cast.city).get(reverse(PAGE)).context
    told = {kpi_of(code).label: kpi_of(code).answer(ask(CITY)).text for code in TILES}
    assert {tile.label: tile.text for tile in page["tiles"]} == told
    assert {tile.label: tile.value for tile in page["county_maps"][0].tiles if tile.value} == {"思明区": 2, "集美区": 1}
    column = TABLE.index("visits")
    assert {name: cells[column][1] for name, cells in page["places"]} == {"思明区": "2", "集美区": "1"}


def test_a_county_is_told_by_town(cast, enter):
    seen(cast, cast.officer)
    page = enter(cast.officer).get(reverse(PAGE)).context
    assert (page["word"], page["county_maps"]) == ("镇街", [])
    [(name, cells)] = page["places"]
    url = cells[TABLE.index("visits")][2]
    assert (name, f"town={town().pk}" in url) == (town().name, True)
    assert enter(cast.officer).get(url).context["answer"].value == 1


def test_a_place_narrows_all_of_it(cast, enter):
    seen(cast, cast.officer)
    page = enter(cast.city).get(reverse(PAGE), {"place": jurisdiction(NEIGHBOUR).pk, "map": "sites"}).context
    assert next(tile.text for tile in page["tiles"] if tile.label == "检查家次") == "0家次"


def test_it_asks_as_much_for_one_visit_as_for_many(cast, enter):
    client = enter(cast.city)
    seen(cast, cast.officer)
    client.get(reverse(PAGE))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(PAGE))
    for _ in range(3):
        seen(cast, cast.officer)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(PAGE))
    assert len(many) == len(one)


def test_a_period_without_a_visit_says_where_the_last_ones_are(cast, enter):
    client, url = enter(cast.officer), reverse(PAGE)
    assert client.get(url).context["before"] is None
    seen(cast, cast.officer)
    assert client.get(url).context["before"] is None
    later = {"first": "2027-01-01", "last": "2027-12-31", "on": "2027-12-31", "map": "sites"}
    page = client.get(url, later)
    assert f"最近的在{AT:%Y}年{AT.month}月" in page.content.decode()
    there = page.context["before"].url
    assert "map=sites" in there
    found = client.get(url + there).context
    assert (found["before"], found["question"].first) == (None, date(AT.year, 1, 1))
    assert client.get(url, {"first": "2020-01-01", "last": "2020-12-31", "on": "2020-12-31"}).context["before"] is None


def test_where_nobody_looked_stands_first(cast, enter):
    """Two visits of this month in one town, none in the other; each cell opens as many rows."""
    for _ in range(2):
        seen(cast, cast.officer)
    other = Division.objects.filter(parent__code=OWN, level="town").exclude(pk=town().pk).order_by("code").first()
    institution(cast.officer, division=other)
    client = enter(cast.officer)
    heat = client.get(reverse(PAGE)).context["heat"]
    assert heat.months == [f"{month}月" for month in range(6, 12)]
    told = [(name, [cell.text for cell in cells], cells[-1].shade) for name, cells in heat.rows]
    assert told == [(other.name, ["0"] * 6, 0), (town().name, ["0"] * 5 + ["2"], 5)]
    for _, cells in heat.rows:
        for cell in cells:
            assert client.get(cell.url).context["answer"].value == int(cell.text)


def test_of_many_places_the_least_visited_are_shown(cast, enter, monkeypatch):
    monkeypatch.setattr("reports.pages.heat.LEAST", 1)
    seen(cast, cast.officer)
    institution(cast.neighbour, county=NEIGHBOUR)
    page = enter(cast.city).get(reverse(PAGE))
    assert ([name for name, _ in page.context["heat"].rows], page.context["heat"].left_out) == (["集美区"], 1)
    assert "只列最少的 1 个，另有 1 个" in page.content.decode()


def test_what_waits_to_be_put_right_is_told_and_opens(cast, enter):
    client = enter(cast.officer)
    assert "没有无证存量、超期和未处置的事项" in client.get(reverse(PAGE)).content.decode()
    unlicensed(cast.officer, at=AT)
    issued(cast, visit=inspected(cast, institution(cast.officer)))
    later = {"first": "2026-01-01", "last": "2026-12-31", "on": "2026-12-31"}
    told = client.get(reverse(PAGE), later).context["worries"]
    assert [(kpi.label, answer.value) for kpi, answer, _ in told] == [("无证存量", 1), ("逾期未整改的通知书", 1)]
    for _, answer, url in told:
        assert client.get(url).context["answer"].value == answer.value


def test_a_narrowed_post_is_told_of_what_it_may_open(cast, enter):
    seen(cast, cast.officer)
    unlicensed(cast.officer, at=AT)
    page = enter(cast.town).get(reverse(PAGE)).context
    assert [kpi.code for kpi, _, _ in page["worries"]] == ["unlicensed_open"]
    assert [name for name, _ in page["heat"].rows] == [town().name]
