"""日报: figures frozen from the records, late ones flagged, missing ones listed, corrections as new revisions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.notifications import registry
from foundation.notifications.daily import send_due
from foundation.notifications.models import Message
from inspections.enums import Outcome
from inspections.models import CampaignReturn
from inspections.operations.campaigns import add_unit, close_campaign, end_unit, start_campaign
from inspections.operations.returns import file_return, take_statistics
from inspections.operations.tagging import tag_visit
from inspections.queries.campaigns import last_returns, missing_returns, owed_by
from inspections.reports import Problem
from inspections.sheets import statistics
from tests.inspections.campaigning import drafted, organ_of, running
from tests.inspections.factories import AT, DAY, filed, officers_report
from tests.institutions.factories import institution
from tests.listings.factories import deliver

pytestmark = pytest.mark.django_db
SINCE = DAY - timedelta(days=1)


@pytest.fixture
def campaign(cast):
    """Two days old; led by the county, with its culture department."""
    row = drafted(cast.officer, starts_on=SINCE)
    add_unit(campaign=row, organ=organ_of(cast.culture), by=cast.officer, at=AT)
    return start_campaign(campaign=row, by=cast.officer, at=AT)


def visited(cast, campaign, **given):
    report = officers_report(institution(cast.officer), cast.officer, cast.culture, **given)
    tag_visit(visit=filed(report, cast.officer), campaign=campaign, by=cast.officer, at=AT)


def test_a_return_freezes_what_the_records_say(cast, campaign):
    problem = Problem("未公示收费", "fees", "light")
    visited(cast, campaign, problems=(problem,), outcome=Outcome.CORRECTED)
    row = file_return(campaign=campaign, day_on=DAY, led_by_leaders=2, remark=" 局长带队 ", by=cast.culture, at=AT)
    assert row.figures == {
        "visits": "1", "sites": "1", "person_times": "2", "persons": "2", "with_problem": "1", "corrected": "1",
        "dispersed": "0",
    }  # fmt: skip
    assert (row.organ_id, row.led_by_leaders, row.remark, row.late) == (cast.culture.organ_id, 2, "局长带队", False)
    visited(cast, campaign)
    row.refresh_from_db()
    assert row.figures["visits"] == "1"  # frozen
    again = file_return(campaign=campaign, day_on=DAY, by=cast.culture, at=AT)
    assert (again.revision, again.figures["visits"]) == (2, "2")
    assert list(last_returns(campaign)) == [again]
    assert Event.objects.filter(kind="campaign.return_filed").count() == 2


def test_a_department_without_visits_returns_noughts_and_the_county_its_area(cast, campaign):
    filed_visit = filed(officers_report(institution(cast.officer), cast.officer, cast.second_officer), cast.officer)
    tag_visit(visit=filed_visit, campaign=campaign, by=cast.officer, at=AT)
    assert file_return(campaign=campaign, day_on=DAY, by=cast.culture, at=AT).figures["visits"] == "0"
    assert file_return(campaign=campaign, day_on=DAY, by=cast.officer, at=AT).figures["visits"] == "1"


def test_late_and_missing(cast, campaign):
    names = {(due.organ.pk, due.day) for due in missing_returns(campaign, on=DAY)}
    both = {cast.officer.organ_id, cast.culture.organ_id}
    assert names == {(organ, day) for organ in both for day in (SINCE, DAY)}
    late = file_return(campaign=campaign, day_on=SINCE, by=cast.culture, at=AT)
    assert late.late is True
    file_return(campaign=campaign, day_on=DAY, by=cast.officer, at=AT)
    left = {(due.organ.pk, due.day) for due in missing_returns(campaign, on=DAY)}
    assert left == {(cast.officer.organ_id, SINCE), (cast.culture.organ_id, DAY)}
    assert owed_by(cast.culture, on=DAY) == [campaign]
    assert owed_by(cast.officer, on=DAY) == []


def test_a_unit_owes_for_its_own_days_only(cast, campaign):
    [unit] = campaign.units.all()
    end_unit(unit=unit, reason="退出", by=cast.officer, at=AT)
    tomorrow = DAY + timedelta(days=1)
    owing = {due.organ.pk for due in missing_returns(campaign, on=tomorrow) if due.day == tomorrow}
    assert owing == {cast.officer.organ_id}
    with pytest.raises(NotAllowed):
        file_return(campaign=campaign, day_on=DAY, by=cast.culture, at=AT)


def test_what_is_refused(cast, campaign):
    for day in (DAY + timedelta(days=1), SINCE - timedelta(days=1)):
        with pytest.raises(InvalidInput):
            file_return(campaign=campaign, day_on=day, by=cast.officer, at=AT)
    for who in ("neighbour", "town", "city", "leader", "legal"):  # no units, or no right to return
        with pytest.raises(NotAllowed):
            file_return(campaign=campaign, day_on=DAY, by=getattr(cast, who), at=AT)
    for other in (drafted(cast.officer), running(cast.officer, daily_returns=False)):
        with pytest.raises(NotAllowed):
            file_return(campaign=other, day_on=DAY, by=cast.officer, at=AT)
    close_campaign(campaign=campaign, report="总结", by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        file_return(campaign=campaign, day_on=DAY, by=cast.officer, at=AT)
    assert not CampaignReturn.objects.exists()
    assert not Event.objects.filter(kind="campaign.return_filed").exists()


def test_units_are_told_that_it_started_and_reminded_in_the_evening_once(cast, campaign):
    with clock.set_to(AT):
        deliver(AT)
        told = set(Message.objects.filter(kind="inspections.campaign_started").values_list("recipient", flat=True))
        assert cast.culture.user_id in told
        file_return(campaign=campaign, day_on=DAY, by=cast.officer, at=AT)
    evening = AT.replace(hour=17, minute=30)
    with clock.set_to(evening):
        for _ in range(2):
            send_due(registry.find("inspections.return_due"))
    reminded = Message.objects.filter(kind="inspections.return_due")
    assert list(reminded.values_list("recipient", flat=True)) == [cast.culture.user_id]


def test_the_table(cast, campaign):
    visited(cast, campaign)
    file_return(campaign=campaign, day_on=DAY, led_by_leaders=3, by=cast.officer, at=AT)
    lines = {(line[0], line[1]): line[2:] for line in statistics(campaign, cast.officer)}
    assert lines["合计", "检查家次"] == ("1", "家次")
    assert lines["非学科类", "检查"] == (1, "家")
    assert lines["合计", "领导带队"] == (3, "次")
    take_statistics(campaign=campaign, by=cast.officer, at=AT)
    assert Event.objects.filter(kind="campaign.statistics_taken").count() == 1
    with pytest.raises(NotAllowed):
        take_statistics(campaign=campaign, by=cast.town, at=AT)
