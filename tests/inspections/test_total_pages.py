"""The staff's pages of historical totals: entering, deciding, the warning, the tile and its rows."""

from __future__ import annotations

from datetime import date

import pytest

from foundation.core import clock
from foundation.core.panels import panels_for
from inspections.enums import TotalState
from inspections.models import HistoricalTotal
from inspections.panels.totals import totals_to_decide
from tests.inspections.factories import AT, filed, officers_report
from tests.inspections.test_totals import confirmed, entered, returned
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
LIST = "/admin/inspections/historicaltotal/"
QUERIES = 7
FACTS = {
    "measure": "visits",
    "period_from": "2023-01-01",
    "period_to": "2023-12-31",
    "value": "7364",
    "source_title": "2023年冬季巡查总结",
    "source_on": "2024-01-20",
}


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def test_entered_at_the_desk_and_confirmed_by_another(cast, enter):
    client = enter(cast.officer)
    bureau = next(iter(cast.officer.scope))
    assert client.post(f"{LIST}enter/", {**FACTS, "jurisdiction": bureau}).status_code == 302
    total = HistoricalTotal.objects.get()
    assert client.post(f"{LIST}{total.pk}/confirm/", {}).status_code == 403
    client = enter(cast.leader)
    assert client.post(f"{LIST}{total.pk}/confirm/", {"remark": "与文件一致"}).status_code == 302
    total.refresh_from_db()
    assert (total.state, total.decision_remark) == (TotalState.CONFIRMED, "与文件一致")


def test_a_refusal_stands_beside_its_field(cast, enter):
    client = enter(cast.officer)
    facts = {**FACTS, "jurisdiction": next(iter(cast.officer.scope)), "period_to": "2026-12-31"}
    page = client.post(f"{LIST}enter/", facts)
    assert page.context["form"].errors == {"period_to": ["历史汇总的期间必须已经结束；今天及以后的请逐条登记。"]}
    entered(cast)
    facts["period_to"] = "2023-06-30"
    assert "期间不能重叠" in client.post(f"{LIST}enter/", facts).content.decode()


def test_the_approver_reads_of_records_of_the_same_days(cast, enter):
    total = entered(cast)
    client = enter(cast.leader)
    assert "注意" not in client.get(f"{LIST}{total.pk}/confirm/").content.decode()
    row = institution(cast.officer)
    filed(officers_report(row, cast.officer, cast.leader, visited_on=date(2023, 5, 5)), cast.officer)
    page = client.get(f"{LIST}{total.pk}/confirm/").content.decode()
    assert "注意：同一期间系统中已有明细记录，共1家次" in page
    assert "同一期间已有明细记录，请核对" in client.get(f"{LIST}{total.pk}/").content.decode()


def test_a_returned_total_is_offered_for_correction_with_what_it_said(cast, enter):
    total = returned(cast)
    client = enter(cast.officer)
    assert 'value="7364"' in client.get(f"{LIST}{total.pk}/resubmit/").content.decode()
    assert client.post(f"{LIST}{total.pk}/resubmit/", {**FACTS, "value": "7365"}).status_code == 302
    total.refresh_from_db()
    assert (total.state, total.value) == (TotalState.PENDING, 7365)


def test_the_tile_counts_its_rows(cast, enter):
    entered(cast)
    confirmed(cast, period_from=date(2022, 1, 1), period_to=date(2022, 12, 31))
    for actor, number in ((cast.leader, 1), (cast.city, 1)):
        tile = totals_to_decide(actor)
        rows = enter(actor).get(tile.url).context["cl"].queryset
        assert (tile.count, rows.count()) == (number, number)
    assert [totals_to_decide(actor) for actor in (cast.officer, cast.province, cast.town, cast.public)] == [None] * 4


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(cast, enter, django_assert_num_queries, number):
    for at in range(number):
        entered(cast, period_from=date(2020 + at, 1, 1), period_to=date(2020 + at, 12, 31))
    client = enter(cast.officer)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        assert client.get(LIST).status_code == 200


def test_the_panel_costs_two_queries(cast, django_assert_max_num_queries):
    total = entered(cast, measure="with_problem")
    with django_assert_max_num_queries(2):
        panels_for(cast.leader, total)
