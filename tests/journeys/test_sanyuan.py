"""Sanyuan's evening: 42 人, 120 家, 19 家 (15.83%) from the records, by town, and each number opening its rows."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from demo import sanyuan
from demo.sanyuan import EVENING
from foundation.accounts.actors import actor_of
from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import Post
from foundation.core import clock
from inspections.counters import COUNTERS, figures
from inspections.models import Campaign, Shift, Visit
from inspections.queries.campaigns import done_and_open, visits_of
from inspections.queries.patrols import coverage, evening_share, seen_on, turnout, unmanned_towns, visits_on
from inspections.queries.visits import tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(settings):
    settings.DEMO_MODE = True  # else its accounts could not log in
    sanyuan.load()
    post = Post.objects.select_related("user", "organ").get(user__username="sanyuan.jingban")
    return actor_of(post, user=post.user)


def test_the_evening(planner, client):
    shift, campaign = Shift.objects.get(), Campaign.objects.get()
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

    assert all(row.visited == row.expected == 10 for row in coverage(shift, planner))
    assert [town.name for town in unmanned_towns(shift, planner)] == ["福建三元经济开发区"]
    assert done_and_open(campaign, planner) == (120, 0)
    found = figures(visits_of(campaign, planner))
    assert (found["sites"], found["persons"], found["with_problem"]) == ("120", "42", "19")
    _each_number_opens_its_rows(planner, client, campaign, found)
    _the_ledger(planner, client, shift)


def _enter(planner, client) -> None:
    post = Post.objects.select_related("user").get(pk=planner.post_id)
    client.force_login(post.user)
    session = client.session
    session[POST_KEY] = post.pk
    session.save()


def _each_number_opens_its_rows(planner, client, campaign, found) -> None:
    with clock.set_to(EVENING + timedelta(hours=4)):
        _enter(planner, client)
        for key in COUNTERS:
            page = client.get(f"/admin/inspections/campaign/{campaign.pk}/rows/?counter={key}")
            assert page.context["number"] == found[key]
            if not COUNTERS[key].total:
                assert page.context["shown"].paginator.count == int(found[key])


def _the_ledger(planner, client, shift) -> None:
    with clock.set_to(EVENING + timedelta(hours=4)):
        response = client.post(f"/admin/inspections/shift/{shift.pk}/ledger/")
        sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 1 + 120
    assert [row[0] for row in rows[1:]] == list(range(1, 121))
    assert sum(bool(row[8]) for row in rows[1:]) == 19
    assert Visit.objects.filter(voided_at__isnull=True).count() == 120
