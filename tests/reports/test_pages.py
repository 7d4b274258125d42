"""The pages of KPIs: what a number says, its page lists and exports; who may not open the rows sees the number."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.exports.models import Export
from inspections.enums import Measure
from inspections.operations.totals import confirm_total
from reports.enums import Group, Rounding
from reports.kpis import Kpi, Ratio, kpi_of, kpis
from reports.models import RatioStyle
from reports.operations import set_style
from reports.styles import styled, styles_for
from tests.cast import CITY, NEIGHBOUR, OWN, jurisdiction
from tests.inspections.factories import AT, filed, officers_report
from tests.inspections.test_totals import entered
from tests.institutions.factories import institution
from tests.reports.asked import answer, ask

pytestmark = pytest.mark.django_db
BOARD, ROWS, TAKE = (f"admin:reports_ratiostyle_{slug}" for slug in ("board", "rows", "take"))


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def seen(cast, **given):
    subject = institution(cast.officer)
    return filed(officers_report(subject, cast.officer, cast.second_officer, **given), cast.officer)


def text(response) -> str:
    return response.content.decode()


def test_a_number_leads_to_as_many_rows(cast, enter):
    visits = [seen(cast) for _ in range(3)]
    client = enter(cast.officer)
    board = text(client.get(reverse(BOARD)))
    url = f"{reverse(ROWS)}?kpi=visits"
    assert f'href="{url}">3家次</a>' in board
    page = text(client.get(url))
    assert "共 3 条" in page
    for visit in visits:
        assert visit.number in page
        assert reverse("admin:inspections_visit_change", args=[visit.pk]) in page


def test_a_rate_opens_its_parts(cast, enter):
    seen(cast)
    page = text(enter(cast.officer).get(reverse(ROWS), {"kpi": "problem_rate"}))
    assert "0.00%" in page
    assert f"{reverse(ROWS)}?kpi=with_problem" in page
    assert f"{reverse(ROWS)}?kpi=sites" in page


def test_every_group_of_the_board_opens(cast, enter):
    client = enter(cast.city)
    for group in Group:
        if any(kpi.group == group for kpi in kpis()):
            assert client.get(reverse(BOARD), {"group": group}).status_code == 200


def test_who_may_not_open_the_rows_sees_the_number(cast, enter):
    """The province reads how many clues there are, and none of them."""
    client = enter(cast.province)
    board = text(client.get(reverse(BOARD), {"group": Group.CLUES}))
    assert "收到线索" in board
    assert f"{reverse(ROWS)}?kpi=clues" not in board
    page = text(client.get(reverse(ROWS), {"kpi": "clues"}))
    assert "不能打开它背后的记录" in page
    assert client.get(reverse(TAKE), {"kpi": "clues"}).status_code == 403


def test_another_bureau_is_not_asked_about(cast, enter):
    """A place outside the own area is an error of the form, and the answer is of the own area."""
    seen(cast)
    page = text(enter(cast.neighbour).get(reverse(ROWS), {"kpi": "visits", "place": jurisdiction(OWN).pk}))
    assert "0家次" in page
    assert "errorlist" in page or "选择一个有效的选项" in page


def test_an_unknown_kpi_is_not_there(cast, enter):
    client = enter(cast.officer)
    assert client.get(reverse(ROWS), {"kpi": "nope"}).status_code == 404
    assert client.get(reverse(TAKE), {"kpi": "reduction_rate"}).status_code == 404


@pytest.mark.parametrize("given", [{"first": "x"}, {"last": "2020-01-01", "first": "2021-01-01"}, {"days": "?"}])
def test_a_question_that_makes_no_sense_is_told(cast, enter, given):
    response = enter(cast.officer).get(reverse(BOARD), given)
    assert response.status_code == 200
    assert response.context["form"].errors


def test_the_board_asks_as_much_for_one_visit_as_for_many(cast, enter):
    client = enter(cast.officer)
    seen(cast)
    client.get(reverse(BOARD))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse(BOARD))
    for _ in range(3):
        seen(cast)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(BOARD))
    assert len(many) == len(one)


def test_the_export_holds_the_rows_of_the_list(cast, enter):
    seen(cast)
    seen(cast, visited_on=AT.date() - timedelta(days=30))
    client = enter(cast.officer)
    query = f"?kpi=visits&first={AT.date() - timedelta(days=1)}"
    page = client.get(reverse(TAKE) + query)
    assert "1" in page.context["page"].effect
    sent = client.post(reverse(TAKE) + query, {"columns": ["number"], "format": "xlsx", "purpose": ""})
    assert sent.status_code == 302
    export = Export.objects.get()
    assert (export.register, export.register_label, export.rows) == ("reports.kpi.visits", "检查家次(家次)", 1)


def test_historical_totals_stand_beside_and_are_never_added(cast, enter):
    seen(cast)
    total = entered(cast, measure=Measure.VISITS)
    confirm_total(total=total, remark="核对无误", by=cast.leader, at=AT)
    page = text(enter(cast.officer).get(reverse(BOARD), {"first": "2023-01-01"}))
    assert "1家次" in page
    assert "另有历史汇总 7364家次" in page


# -- style -----------------------------------------------------------------------------------------------------------
def style(cast, *, by=None, home: str = OWN, **given) -> RatioStyle:
    facts = {"code": "reduction_rate", "places": 2, "rounding": Rounding.HALF_UP, "reason": "按省里口径"}
    return set_style(jurisdiction=jurisdiction(home), **{**facts, **given}, by=by or cast.leader, at=clock.now())


def test_a_bureau_sets_how_a_rate_is_printed_for_itself_and_those_below(cast):
    style(cast, home=CITY, by=cast.city)
    assert {event.kind for event in Event.objects.filter(kind="reports.style_set")} == {"reports.style_set"}
    of_county = styled(kpi_of("reduction_rate"), styles_for(jurisdiction(OWN).pk))
    assert of_county.rounding == Rounding.HALF_UP
    clock.advance(timedelta(minutes=1))
    style(cast, rounding=Rounding.TRUNCATE, places=1)
    assert styled(kpi_of("reduction_rate"), styles_for(jurisdiction(OWN).pk)).places == 1
    assert styled(kpi_of("reduction_rate"), styles_for(jurisdiction(NEIGHBOUR).pk)).rounding == Rounding.HALF_UP


@pytest.mark.parametrize("who", ["officer", "province", "neighbour"])
def test_only_the_second_person_of_the_bureau_sets_it(cast, who):
    with pytest.raises(NotAllowed):
        style(cast, by=getattr(cast, who))
    assert not RatioStyle.objects.exists()


@pytest.mark.parametrize("given", [{"code": "visits"}, {"code": "?"}, {"reason": " "}, {"places": 9}])
def test_what_makes_no_style(cast, given):
    with pytest.raises(InvalidInput):
        style(cast, **given)
    assert not RatioStyle.objects.exists()


# -- the command ------------------------------------------------------------------------------------------------------
def told(*words: str) -> dict:
    out = StringIO()
    call_command("kpi", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_says_what_the_page_says(cast):
    seen(cast)
    found = told("visits", "--division", OWN, "--from", "2026-01-01", "--to", "2026-11-30")
    assert (found["text"], found["rows"], found["unit"]) == ("1家次", 1, "家次")
    rate = told("problem_rate", "--division", OWN)
    assert (rate["text"], rate["numerator"], rate["denominator"]) == ("0.00%", "0", "1")
    assert told("visits", "--division", OWN, "--known-at", "2026-11-01")["value"] == "0"
    assert told("visits", "--division", NEIGHBOUR)["value"] == "0"
    assert told("visits")["value"] == "1"
    assert answer("visits", OWN).value == kpi_of("visits").list(ask()).count() == 1


@pytest.mark.parametrize("words", [["nope"], ["visits", "--division", "999999"], ["visits", "--campaign", "x"]])
def test_the_command_refuses_in_words(cast, words):
    with pytest.raises(CommandError):
        told(*words)


def test_the_command_lists_them_all():
    out = StringIO()
    call_command("kpi", stdout=out)
    assert all(kpi.label in out.getvalue() for kpi in kpis())


def test_every_kpi_says_what_it_means_in_chinese():
    for kpi in kpis():
        assert kpi.means.endswith("。"), kpi.code
        assert isinstance(kpi, (Kpi, Ratio))


@pytest.mark.parametrize("page", ["board", "dashboard"])
@pytest.mark.parametrize("asked", ["first=0001-01-01&last=0001-01-02", "first=2026-01-01&last=9999-12-31"])
def test_days_out_of_all_reason_are_refused_in_words(cast, enter, page, asked):
    answer = enter(cast.officer).get(f"/admin/reports/ratiostyle/{page}/?{asked}")
    assert (answer.status_code, "年份应在1900年至2199年之间" in answer.content.decode()) == (200, True)
