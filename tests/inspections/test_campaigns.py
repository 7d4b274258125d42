"""Campaigns: drafted, started, closed; who takes part; which visit counts, once, and until it is taken out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from foundation.audit.models import Event
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from foundation.core.models import OutboxMessage
from inspections import notices
from inspections.enums import CampaignState, PaperKind
from inspections.models import Campaign, CampaignVisit
from inspections.operations.campaigns import (
    add_unit,
    change_campaign,
    close_campaign,
    end_unit,
    start_campaign,
)
from inspections.operations.papers import add_paper
from inspections.operations.tagging import tag_visit, tag_visit_with, untag_visit
from inspections.operations.visits import void_visit
from inspections.queries.campaigns import campaigns_of, tagged, visits_of
from inspections.queries.visits import tally
from tests.cast import CITY, OWN, organ
from tests.inspections.campaigning import drafted, organ_of, running, town
from tests.inspections.factories import AT, DAY, filed, officers_report, supervisors_report
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db


def visit_of(cast, place=None, **given):
    return filed(
        officers_report(place or institution(cast.officer), cast.officer, cast.second_officer, **given), cast.officer
    )


# -- its life --------------------------------------------------------------------------------------------------------
def test_a_campaigns_life(cast):
    row = drafted(cast.officer, areas=[town()])
    assert (row.number, row.state, row.organ_id) == ("ZX-350203-2026-001", CampaignState.DRAFT, cast.officer.organ_id)
    assert [area.division for area in row.areas.all()] == [town()]
    row = start_campaign(campaign=row, by=cast.leader, at=AT)
    assert OutboxMessage.objects.get(kind=notices.CAMPAIGN_BEGUN).payload == {"campaign_id": row.pk}
    row = close_campaign(campaign=row, report=" 共检查三家。 ", by=cast.officer, at=AT)
    assert (row.state, row.report) == (CampaignState.CLOSED, "共检查三家。")
    kinds = ["campaign.drafted", "campaign.started", "campaign.closed"]
    assert (
        list(Event.objects.filter(subject_type="inspections.campaign").order_by("pk").values_list("kind", flat=True))
        == kinds
    )


STEPS = {
    "start": lambda row, by: start_campaign(campaign=row, by=by, at=AT),
    "close": lambda row, by: close_campaign(campaign=row, report="总结", by=by, at=AT),
}
ALLOWED = {("start", CampaignState.DRAFT), ("close", CampaignState.RUNNING)}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", CampaignState.values)
def test_every_step_from_every_state(cast, step, state):
    row = drafted(cast.officer)
    for way in {"draft": [], "running": ["start"], "closed": ["start", "close"]}[state]:
        row = STEPS[way](row, cast.officer)
    events = Event.objects.count()
    if (step, state) in ALLOWED:
        assert STEPS[step](row, cast.officer).state != state
        return
    with pytest.raises(IllegalTransition):
        STEPS[step](row, cast.officer)
    row.refresh_from_db()
    assert (row.state, Event.objects.count()) == (state, events)


@pytest.mark.parametrize("who", ["neighbour", "other_city", "province", "town", "culture", "legal", "discipline"])
def test_who_may_not_run_a_campaign(cast, who):
    with pytest.raises(NotAllowed):
        drafted(getattr(cast, who))
    row = drafted(cast.officer)
    with pytest.raises(NotAllowed):
        start_campaign(campaign=row, by=getattr(cast, who), at=AT)


def test_what_is_refused(cast):
    with pytest.raises(InvalidInput, match="结束日期不能早于开始日期"):
        drafted(cast.officer, ends_on=DAY - timedelta(days=30))
    with pytest.raises(InvalidInput, match="不在思明区辖区内"):
        drafted(cast.officer, areas=[town_of("350211")])
    row = running(cast.officer)
    with pytest.raises(InvalidInput, match="总结报告"):
        close_campaign(campaign=row, report=" ", by=cast.officer, at=AT)
    assert Campaign.objects.count() == 1


def town_of(county: str):
    return type(town()).objects.filter(parent__code=county, level="town").order_by("code").first()


def test_it_is_changed_until_it_is_closed(cast):
    row = running(cast.officer, areas=[town()])
    change_campaign(campaign=row, facts={"aim": "清零"}, areas=[], by=cast.officer, at=AT)
    row.refresh_from_db()
    assert (row.aim, row.areas.count()) == ("清零", 0)
    assert Event.objects.get(kind="campaign.changed").changes == {"aim": ["", "清零"], "areas": [["厦港街道"], []]}
    change_campaign(campaign=row, facts={"aim": "清零"}, areas=[], by=cast.officer, at=AT)
    assert Event.objects.filter(kind="campaign.changed").count() == 1  # nothing changed, nothing is recorded
    close_campaign(campaign=row, report="总结", by=cast.officer, at=AT)
    with pytest.raises(NotAllowed, match="已结束"):
        change_campaign(campaign=row, facts={"aim": "x"}, areas=[], by=cast.officer, at=AT)


def test_who_sees_it(cast):
    """A county's campaign is read in the county and above; a city's also in the counties below, once it runs."""
    own, of_city = drafted(cast.officer), drafted(cast.city, county=CITY)

    def readers(row):
        return {name for name, who in cast.everyone().items() if Campaign.objects.visible_to(who).filter(pk=row.pk)}

    above = {"city", "province", "supervisor", "discipline", "system", "security", "auditor"}
    county = {"officer", "leader", "second_officer", "legal", "town", "culture", "grid"}
    assert readers(own) == county | above
    assert readers(of_city) == above
    start_campaign(campaign=of_city, by=cast.city, at=AT)
    assert readers(of_city) == above | county | {"neighbour"}


# -- units and papers ------------------------------------------------------------------------------------------------
def test_units_join_and_leave(cast):
    row = running(cast.officer)
    unit = add_unit(campaign=row, organ=organ_of(cast.culture), by=cast.officer, at=AT)
    assert unit.joined_on == DAY
    with pytest.raises(InvalidInput, match="已是成员单位"):
        add_unit(campaign=row, organ=organ_of(cast.culture), by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="牵头单位"):
        add_unit(campaign=row, organ=organ(OWN), by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="本辖区"):
        add_unit(campaign=row, organ=organ("350581"), by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="退出原因"):
        end_unit(unit=unit, reason="", by=cast.officer, at=AT)
    assert end_unit(unit=unit, reason="职能调整", by=cast.officer, at=AT).left_on == DAY
    add_unit(campaign=row, organ=organ_of(cast.culture), by=cast.officer, at=AT)
    assert Event.objects.filter(kind="campaign.unit_joined").count() == 2


def test_papers_stay(cast):
    row = drafted(cast.officer)
    paper = add_paper(
        campaign=row, kind=PaperKind.LEADING_GROUP, title="成立领导小组", dated_on=DAY, organ_name="区政府",
        by=cast.officer, at=AT,
    )  # fmt: skip
    assert Event.objects.get(kind="campaign.paper_added").changes == {"paper": [None, "成立领导小组"]}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM inspections_campaignpaper WHERE id = %s", [paper.pk])
    with pytest.raises(NotAllowed):
        add_paper(campaign=row, kind=PaperKind.PLAN, title="x", dated_on=DAY, organ_name="x", by=cast.town, at=AT)


# -- tags ------------------------------------------------------------------------------------------------------------
def test_a_visit_counts_once_in_each_of_its_campaigns(cast):
    first, second, visit = running(cast.officer), running(cast.officer), visit_of(cast)
    for _ in range(3):
        tag_visit_with(visit=visit, campaigns=[first, second], by=cast.officer, at=AT)
    assert (tagged(first).count(), tagged(second).count(), CampaignVisit.objects.count()) == (1, 1, 2)
    assert tally(visits_of(first, cast.officer)).visits == 1
    assert set(campaigns_of(visit)) == {first, second}
    assert Event.objects.filter(kind="campaign.visit_tagged").count() == 2


def test_a_voided_visit_does_not_count(cast):
    row, visit = running(cast.officer), visit_of(cast)
    tag_visit(visit=visit, campaign=row, by=cast.officer, at=AT)
    void_visit(visit=visit, reason="录错", by=cast.leader, at=AT)
    assert tagged(row).count() == 0


def test_what_may_not_be_tagged(cast):
    row, place = running(cast.officer), institution(cast.officer)
    visit = visit_of(cast, place)
    refusals = [
        (visit, drafted(cast.officer), "草案"),
        (visit, running(cast.officer, starts_on=DAY + timedelta(days=1)), "不在.*行动期间内"),
        (visit, running(cast.other_city, county="350581"), "不在.*辖区内"),
        (filed(supervisors_report(place, cast.supervisor), cast.supervisor), row, "社会监督员"),
    ]
    for subject, campaign, sentence in refusals:
        with pytest.raises((InvalidInput, IllegalTransition), match=sentence):
            tag_visit(visit=subject, campaign=campaign, by=cast.officer, at=AT)
    for who in ("neighbour", "province", "supervisor", "legal", "bank"):
        with pytest.raises(NotAllowed):
            tag_visit(visit=visit, campaign=row, by=getattr(cast, who), at=AT)
    void_visit(visit=visit, reason="录错", by=cast.leader, at=AT)
    with pytest.raises(IllegalTransition, match="作废"):
        tag_visit(visit=visit, campaign=row, by=cast.officer, at=AT)
    close_campaign(campaign=row, report="总结", by=cast.officer, at=AT)
    with pytest.raises(IllegalTransition, match="已结束"):
        tag_visit(visit=visit_of(cast), campaign=row, by=cast.officer, at=AT)
    assert not CampaignVisit.objects.exists()
    assert not Event.objects.filter(kind="campaign.visit_tagged").exists()


def test_a_citys_campaign_takes_a_countys_visit(cast):
    row, visit = running(cast.city, county=CITY), visit_of(cast)
    tag_visit(visit=visit, campaign=row, by=cast.officer, at=AT)
    assert visits_of(row, cast.city).count() == visits_of(row, cast.officer).count() == 1
    assert visits_of(row, cast.neighbour).count() == 0


def test_a_wrong_tag_is_taken_off_and_may_come_back(cast):
    row, visit = running(cast.officer), visit_of(cast)
    with pytest.raises(IllegalTransition, match="没有计入"):
        untag_visit(visit=visit, campaign=row, reason="错", by=cast.officer, at=AT)
    tag_visit(visit=visit, campaign=row, by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="移出理由"):
        untag_visit(visit=visit, campaign=row, reason="", by=cast.officer, at=AT)
    untag_visit(visit=visit, campaign=row, reason="选错行动", by=cast.officer, at=AT)
    assert tagged(row).count() == 0
    assert Event.objects.get(kind="campaign.visit_untagged").reason == "选错行动"
    tag_visit(visit=visit, campaign=row, by=cast.officer, at=AT)
    assert (tagged(row).count(), CampaignVisit.objects.count()) == (1, 2)
