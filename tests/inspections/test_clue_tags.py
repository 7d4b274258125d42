"""Clues in campaigns: a tag of their own, once in each, seen by those who read clues; each number opens its rows."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from clues.enums import ClueState
from clues.models import Clue
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from inspections.models import CampaignClue
from inspections.operations.campaigns import close_campaign
from inspections.operations.tagging import tag_clue, tag_clue_with, tag_visit, untag_clue
from inspections.panels.campaigns import clues as clue_panel
from inspections.queries.campaigns import campaigns_of_clue, clues_of
from tests.cast import CITY
from tests.clues.factories import clue, in_state
from tests.inspections.campaigning import drafted, running
from tests.inspections.factories import AT, DAY, filed, officers_report
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
CLUES = "/admin/clues/clue/"


@pytest.fixture(autouse=True)
def now():
    with clock.set_to(AT):
        yield


def test_a_clue_counts_once_in_each_of_its_campaigns(cast):
    first, second, row = running(cast.officer), running(cast.officer), clue(cast.officer, at=AT)
    for _ in range(3):
        tag_clue_with(clue=row, campaigns=[first, second], by=cast.officer, at=AT)
    assert (clues_of(first, cast.officer).count(), clues_of(second, cast.officer).count()) == (1, 1)
    assert set(campaigns_of_clue(row)) == {first, second}
    assert (CampaignClue.objects.count(), Event.objects.filter(kind="campaign.clue_tagged").count()) == (2, 2)


def test_what_may_not_be_tagged(cast):
    row, found = running(cast.officer), clue(cast.officer, at=AT)
    before = in_state(cast, ClueState.CLOSED)
    Clue.objects.filter(pk=before.pk).update(state_at=AT - timedelta(days=60))
    refusals = [
        (found, drafted(cast.officer), "草案"),
        (found, running(cast.officer, ends_on=DAY - timedelta(days=1)), "结束后才收到"),
        (found, running(cast.other_city, county="350581"), "不在.*辖区内"),
        (before, row, "开始前已办结"),
    ]
    for subject, campaign, sentence in refusals:
        with pytest.raises((InvalidInput, IllegalTransition), match=sentence):
            tag_clue(clue=subject, campaign=campaign, by=cast.officer, at=AT)
    for who in ("neighbour", "province", "supervisor", "legal", "town", "culture", "grid"):
        with pytest.raises(NotAllowed):
            tag_clue(clue=found, campaign=row, by=getattr(cast, who), at=AT)
    close_campaign(campaign=row, report="总结", by=cast.officer, at=AT)
    with pytest.raises(IllegalTransition, match="已结束"):
        tag_clue(clue=found, campaign=row, by=cast.officer, at=AT)
    assert not CampaignClue.objects.exists()
    assert not Event.objects.filter(kind="campaign.clue_tagged").exists()


def test_an_older_clue_that_is_still_open_may_be_tagged(cast):
    early = clue(cast.officer, at=AT - timedelta(days=60))
    tag_clue(clue=early, campaign=running(cast.officer), by=cast.leader, at=AT)
    assert CampaignClue.objects.get().tagged_by_id == cast.leader.user_id


def test_a_wrong_tag_is_taken_off_and_may_come_back(cast):
    row, found = running(cast.officer), clue(cast.officer, at=AT)
    with pytest.raises(IllegalTransition, match="没有计入"):
        untag_clue(clue=found, campaign=row, reason="错", by=cast.officer, at=AT)
    tag_clue(clue=found, campaign=row, by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="移出理由"):
        untag_clue(clue=found, campaign=row, reason=" ", by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        untag_clue(clue=found, campaign=row, reason="错", by=cast.neighbour, at=AT)
    untag_clue(clue=found, campaign=row, reason="选错行动", by=cast.officer, at=AT)
    assert clues_of(row, cast.officer).count() == 0
    assert Event.objects.get(kind="campaign.clue_untagged").reason == "选错行动"
    tag_clue(clue=found, campaign=row, by=cast.officer, at=AT)
    assert (clues_of(row, cast.officer).count(), CampaignClue.objects.count()) == (1, 2)


def test_a_closed_campaign_keeps_its_clues(cast):
    row, found = running(cast.officer), clue(cast.officer, at=AT)
    tag_clue(clue=found, campaign=row, by=cast.officer, at=AT)
    close_campaign(campaign=row, report="总结", by=cast.officer, at=AT)
    with pytest.raises(IllegalTransition, match="不在进行中"):
        untag_clue(clue=found, campaign=row, reason="错", by=cast.officer, at=AT)


def test_who_sees_the_tags(cast):
    """Those who read clues, of their own area: a city's campaign shows each county its own."""
    row, found = running(cast.city, county=CITY), clue(cast.officer, at=AT)
    tag_clue(clue=found, campaign=row, by=cast.officer, at=AT)
    seen = {name for name, who in cast.everyone().items() if clues_of(row, who).exists()}
    tags = {name for name, who in cast.everyone().items() if CampaignClue.objects.visible_to(who).exists()}
    assert seen == tags == {"officer", "second_officer", "leader", "city"}
    assert {name for name, who in cast.everyone().items() if clue_panel(who, row) is not None} >= {"neighbour", "city"}
    assert [clue_panel(who, row) for who in (cast.town, cast.province)] == [None, None]


# -- pages -----------------------------------------------------------------------------------------------------------
def test_the_campaigns_page_counts_clues_and_opens_them(cast, enter):
    row = running(cast.officer, starts_on=DAY - timedelta(days=30))
    for state in (ClueState.RECEIVED, ClueState.CHECKING, ClueState.CLOSED):
        tag_clue(clue=in_state(cast, state, at=AT), campaign=row, by=cast.officer, at=AT)
    clue(cast.officer, at=AT)
    client = enter(cast.officer)
    lines = {str(label): str(cell) for label, cell in clue_panel(cast.officer, row).rows}
    assert "3 条" in lines["合计"]
    assert "1 条" in lines["待受理"]
    assert lines["已办结，不属实"] == "0 条"
    assert client.get(f"/admin/inspections/campaign/{row.pk}/").status_code == 200
    for query, number in (("", 3), ("&state__exact=received", 1), ("&state__exact=closed&verdict__exact=true", 1)):
        shown = client.get(f"{CLUES}?campaign={row.pk}{query}").context["cl"].queryset
        assert set(shown) <= set(clues_of(row, cast.officer))
        assert shown.count() == number
    sheet = client.post(f"/admin/inspections/campaign/{row.pk}/statistics/").content
    rows = set(load_workbook(BytesIO(sheet)).worksheets[0].iter_rows(values_only=True))
    assert [str(cell) for line in rows if line[0] == "线索" for cell in line] == ["线索", "计入本行动", "3", "条"]


def test_a_clue_is_tagged_and_taken_out_on_its_page_and_in_the_list(cast, enter):
    row, found = running(cast.officer), clue(cast.officer, at=AT)
    client, here = enter(cast.officer), f"{CLUES}{found.pk}/"
    assert client.post(f"{here}tag/", {"campaigns": [row.pk]}).status_code == 302
    assert row.name in client.get(here).content.decode()
    assert client.post(f"{here}untag/", {"campaign": row.pk, "reason": "选错"}).status_code == 302
    frozen = client.post(f"{CLUES}tag-many/", {"ids": [found.pk]}).context["frozen"]
    report = client.post(f"{CLUES}tag-many/", {"frozen": frozen, "campaigns": [row.pk]}).context["report"]
    assert (len(report.done), report.refused, clues_of(row, cast.officer).count()) == (1, [], 1)


def test_a_list_is_narrowed_only_to_campaigns_that_are_seen(cast, enter):
    row, found = running(cast.officer), clue(cast.officer, at=AT)
    tag_clue(clue=found, campaign=row, by=cast.officer, at=AT)
    visit = filed(officers_report(institution(cast.officer), cast.officer, cast.second_officer), cast.officer)
    tag_visit(visit=visit, campaign=row, by=cast.officer, at=AT)
    for register, own in ((CLUES, found), ("/admin/inspections/visit/", visit)):
        assert list(enter(cast.officer).get(f"{register}?campaign={row.pk}").context["cl"].queryset) == [own]
        assert not enter(cast.neighbour).get(f"{register}?campaign={row.pk}").context["cl"].queryset.exists()
        assert not enter(cast.officer).get(f"{register}?campaign=0").context["cl"].queryset.exists()
