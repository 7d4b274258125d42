"""检查分析: shares, hours of the week and findings; each number opens exactly its rows, in a county and in its city."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from foundation.core import clock
from inspections.enums import Outcome, Slot, VisitKind
from inspections.operations.findings import confirm_finding
from inspections.operations.visits import void_visit
from inspections.reports import OnSite
from tests.cast import NEIGHBOUR
from tests.inspections.factories import AT, DAY, all_yes, filed, first_version, me, officers_report, supervisors_report
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
HERE = "/admin/inspections/visit/analysis/"
MONTH = {"since": "2026-11-01", "until": "2026-11-18"}
PAIR = re.compile(r'href="(/admin/inspections/(?:visit|finding)/\?[^"]*counted[^"]*)">(\d+)')


@pytest.fixture(autouse=True)
def now():
    with clock.set_to(AT):
        yield


def pairs(page) -> list[tuple[str, int]]:
    return [(link.replace("&amp;", "&"), int(number)) for link, number in PAIR.findall(page.content.decode())]


@pytest.fixture
def looked(cast):
    """In the county one visit by day, one in the evening, a covert one on a Saturday with a problem; one next door."""
    place, faults = institution(cast.officer), {"A01": "no", "B03": "no"}
    two = (cast.officer, cast.second_officer)
    filed(officers_report(place, *two), cast.officer)
    filed(officers_report(place, *two, slot=Slot.EVENING), cast.officer)
    facts = {"kind": VisitKind.COVERT, "covert": True, "visited_on": DAY - timedelta(days=4)}
    facts |= {"checklist": first_version(), "answers": all_yes() | faults, "outcome": Outcome.FOLLOW_UP}
    facts |= {"notes": dict.fromkeys(faults, "三楼教室未见公示，安全出口上锁")}
    filed(officers_report(place, *two, **facts), cast.officer)
    wrong = filed(officers_report(place, *two, visited_on=DAY - timedelta(days=1)), cast.officer)
    void_visit(visit=wrong, reason="录错", by=cast.leader, at=AT)
    next_door = (me(cast.neighbour), OnSite("张三", "集美区市场监管局"))
    other = institution(cast.neighbour, county=NEIGHBOUR)
    filed(officers_report(other, cast.neighbour, cast.neighbour, slot=Slot.EVENING, officers=next_door), cast.neighbour)
    return place


def test_each_number_opens_its_rows(cast, enter, looked):
    client = enter(cast.officer)
    page = client.get(HERE, MONTH)
    found = pairs(page)
    assert len(found) >= 12
    for link, number in found:
        assert client.get(link).context["cl"].result_count == number, link
    html = page.content.decode()
    assert "3 家次" in html
    assert html.count("33.33%") == 4  # evening and covert, of the county and of its town
    assert html.count("66.66%") == 2  # off hours


def test_a_city_sees_its_counties_side_by_side(cast, enter, looked):
    client = enter(cast.city)
    page = client.get(HERE, MONTH)
    context = page.context
    assert context["place_label"] == "区县"
    assert [(place["name"], place["visits"].number) for place in context["places"]] == [("思明区", 3), ("集美区", 1)]
    for link, number in pairs(page):
        assert client.get(link).context["cl"].result_count == number, link
    one = client.get(HERE, {**MONTH, "county": looked.jurisdiction_id})
    assert one.context["place_label"] == "镇街"
    assert one.context["visits"].number == 3
    for link, number in pairs(one):
        assert client.get(link).context["cl"].result_count == number, link


def test_only_ones_own_county_may_be_asked_for(cast, enter, looked):
    page = enter(cast.officer).get(HERE, {**MONTH, "county": "999999"})
    assert page.context["visits"].number == 3  # a county officer is not asked which
    page = enter(cast.city).get(HERE, {**MONTH, "county": "999999"})
    assert page.context["form"].errors["county"]
    assert page.context["span"] is None
    assert enter(cast.neighbour).get(HERE, MONTH).context["visits"].number == 1


def test_the_week_is_seven_days_of_three_slots(cast, enter, looked):
    rows = enter(cast.officer).get(HERE, MONTH).context["heat"]
    numbers = {(slot, day): cell.number for slot, line in rows for day, cell in enumerate(line, start=1) if cell.number}
    assert [len(line) for _, line in rows] == [7, 7, 7]
    assert numbers == {("下午", 3): 1, ("晚上", 3): 1, ("下午", 6): 1}


def test_findings_by_aspect_and_section(cast, enter, looked):
    page = enter(cast.officer).get(HERE, MONTH)
    assert {label: cell.number for label, cell in page.context["aspects"] if cell.number} == {
        "日常管理": 1,
        "安全隐患": 1,
    }
    assert [(label[:1], cell.number) for label, cell in page.context["sections"]] == [("A", 1), ("B", 1)]


def test_a_supervisors_finding_counts_once_it_is_verified(cast, enter):
    facts = {"answers": all_yes() | {"B03": "no"}, "notes": {"B03": "出口上锁堆放桌椅"}, "outcome": Outcome.FOLLOW_UP}
    visit = filed(supervisors_report(institution(cast.officer), cast.supervisor, **facts), cast.supervisor)
    asked = {**MONTH, "who": "supervisors"}
    client = enter(cast.officer)
    assert client.get(HERE, asked).context["sections"] == []
    confirm_finding(finding=visit.findings.get(), remark="属实", by=cast.officer, at=AT)
    page = client.get(HERE, asked)
    assert [cell.number for _, cell in page.context["sections"]] == [1]
    assert client.get(HERE, MONTH).context["visits"].number == 0
    for link, number in pairs(page):
        assert client.get(link).context["cl"].result_count == number, link


def test_nothing_and_a_wrong_period(cast, enter):
    client = enter(cast.officer)
    assert "这一期间没有检查记录" in client.get(HERE, MONTH).content.decode()
    page = client.get(HERE, {"since": "2026-11-18", "until": "2026-11-01"}).content.decode()
    assert "结束日期不能早于开始日期" in page


@pytest.mark.parametrize("number", [1, 3])
def test_its_price_does_not_grow(cast, enter, django_assert_max_num_queries, number):
    for _ in range(number):
        filed(officers_report(institution(cast.officer), cast.officer, cast.second_officer), cast.officer)
    client = enter(cast.officer)
    client.get(HERE, MONTH)
    with django_assert_max_num_queries(24):
        client.get(HERE, MONTH)
