"""Sanyuan's evening: 42 人, 120 家, 19 家 (15.83%) from the records, by town, and each number opening its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from clues.enums import Channel, Medium
from clues.models import Clue, Sighting
from demo import sanyuan
from demo.case_diary import instant
from demo.sanyuan import CAMPAIGN, EVENING, SANYUAN
from enforcement.enums import AdOutcome, OrderKind, OrderState
from enforcement.models import StudyVisit
from foundation.core import clock
from foundation.core.clock import local_date
from inspections.counters import COUNTERS, figures
from inspections.models import Campaign, Shift, Visit
from inspections.operations.visits import void_visit
from inspections.queries.campaigns import done_and_open, visits_of
from inspections.queries.patrols import coverage, evening_share, seen_on, turnout, unmanned_towns, visits_on
from inspections.queries.visits import tally
from institutions.enums import Discovery, SiteType
from institutions.models import UnlicensedSite
from tests.journeys.figures import Figure, Reader, told_in_prose

pytestmark = [pytest.mark.slow, pytest.mark.prove]
CASE = sanyuan
NOW = instant(2022, 9, 30, 19)
YEAR = {"place": SANYUAN, "first": date(2022, 1, 1), "last": date(2022, 8, 31)}
EVENINGS = {**YEAR, "campaign": CAMPAIGN}
BULLETIN = {
    "went": Figure(says="42人", kpi="persons", **EVENINGS),
    "seen": Figure(says="120家", kpi="sites", **EVENINGS),
    "troubled": Figure(says="19家", kpi="with_problem", **EVENINGS),
    "rate": Figure(says="15.83%", kpi="problem_rate", **EVENINGS),
    "stopped": Figure(says="1份", kpi="stop_notices", **YEAR),
    "rectified": Figure(says="2份", kpi="rectification_notices", **YEAR),
    "noticed": Figure(says="1件", kpi="clues_noticed", **YEAR | {"first": date(2022, 8, 1)}),
    "interviews": Figure(says="4次", kpi="interviews", **YEAR),
    "studied": Figure(says="1次", kpi="study_visits", **YEAR),
}


@pytest.fixture
def officer(case):
    return Reader("sanyuan.jingban", NOW)


@pytest.fixture
def planner(officer):
    return officer.actor


def test_every_figure_of_the_bulletin(officer):
    for figure in BULLETIN.values():
        officer.finds(figure)


def test_one_visit_voided_is_gone_everywhere(officer):
    leader = Reader("sanyuan.shenhe", NOW)
    visit = Visit.objects.filter(campaign_tags__campaign__name=CAMPAIGN, findings__isnull=False).order_by("pk")[0]
    void_visit(visit=visit, reason="与另一组重复登记", by=leader.actor, at=NOW)
    for name, says in (("seen", "119家"), ("troubled", "18家"), ("rate", "15.12%")):
        officer.finds(replace(BULLETIN[name], says=says))


def test_from_the_call_to_the_notice_within_the_afternoon(officer):
    clue = Clue.objects.get(channel=Channel.HOTLINE)
    [check] = clue.check_visits.all()
    order = check.visit.orders.get()
    assert order.issued_on == local_date(clue.received_at) == date(2022, 8, 15)
    assert order.issued_at - clue.received_at < timedelta(hours=2)
    assert {one.organ_name for one in check.visit.officers.all()} >= {"三元区教育局", "三元区市场监督管理局"}
    site = check.visit.unlicensed
    assert (site.site_type, site.pupils, site.pupils_at_least) == (SiteType.CARE, 10, True)
    assert order.state == OrderState.CLOSED


def test_each_of_the_five_steps_left_its_records(officer):
    ways = dict(
        UnlicensedSite.objects.filter(discovery__in=["patrol", "online", "hotline"]).values_list(
            "discovery", "teachers"
        )
    )
    assert set(ways) == {Discovery.PATROL, Discovery.ONLINE, Discovery.HOTLINE}
    assert "英语" in ways[Discovery.PATROL]
    hidden = Visit.objects.get(covert=True)
    formal = hidden.unlicensed.visits.filter(orders__kind=OrderKind.STOP).get()
    assert formal.started_at is None or formal.visited_on == hidden.visited_on
    [done] = Sighting.objects.get(medium=Medium.MOMENTS).removals.all()
    assert done.outcome == AdOutcome.DELETED
    study = StudyVisit.objects.get()
    assert "培根" in study.institution.name
    assert study.guests.count() > 5


def test_the_evening(officer, planner):
    shift, campaign = Shift.objects.get(), Campaign.objects.get(name=CAMPAIGN)
    this = Shift.objects.filter(pk=shift.pk)
    went, seen = turnout(this), seen_on(this, planner)
    assert (went.groups, went.persons, went.person_times) == (12, 42, 42)
    assert went.organs == 12 + 5
    assert (seen.visits, seen.sites, seen.with_problem, seen.rate) == (120, 120, 19, "15.83%")

    visits = visits_on(this, planner)
    counted = tally(visits)
    assert (counted.visits, counted.sites, counted.persons, counted.with_problem) == (120, 120, 42, 19)
    assert evening_share(visits).percent == "100.00%"
    assert {visit.recorded_at < EVENING.replace(hour=22) for visit in visits} == {True}

    assert all(row.visited == 10 <= row.expected <= 12 for row in coverage(shift, planner))
    assert [town.name for town in unmanned_towns(shift, planner)] == ["福建三元经济开发区"]
    assert done_and_open(campaign, planner) == (120, 0)
    found = figures(visits_of(campaign, planner))
    assert (found["sites"], found["persons"], found["with_problem"]) == ("120", "42", "19")
    _each_number_opens_its_rows(officer.client, campaign, found)
    _the_ledger(officer.client, shift)


def _each_number_opens_its_rows(client, campaign, found) -> None:
    with clock.set_to(EVENING + timedelta(hours=4)):
        for key in COUNTERS:
            page = client.get(f"/admin/inspections/campaign/{campaign.pk}/rows/?counter={key}")
            assert page.context["number"] == found[key]
            if not COUNTERS[key].total:
                assert page.context["shown"].paginator.count == int(found[key])


def _the_ledger(client, shift) -> None:
    with clock.set_to(EVENING + timedelta(hours=4)):
        response = client.post(f"/admin/inspections/shift/{shift.pk}/ledger/")
        sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 1 + 120
    assert [row[0] for row in rows[1:]] == list(range(1, 121))
    assert sum(bool(row[8]) for row in rows[1:]) == 19


def test_the_paragraph_is_written_anew_from_records(case):
    text = told_in_prose("five-steps", place=SANYUAN, first=YEAR["first"], last=YEAR["last"], now=NOW)
    for words in ("出动42人", "检查培训和托管机构120家", "未按要求的19家", "占15.83%", "停止培训通知书1份"):
        assert words in text
