"""What is reminded of in inspections: results of draws to be published, daily returns, campaigns that end."""

from __future__ import annotations

from datetime import date, time

from django.db.models import QuerySet
from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.deadlines.calendars import WorkingCalendar
from foundation.notifications.clocks import remind_of_clocks
from foundation.notifications.daily import declare
from foundation.notifications.recipients import people_in
from foundation.notifications.registry import Reminder, Words
from foundation.notifications.validity import Ending, remind_of_end

from . import notices
from .enums import CampaignState
from .models import Campaign
from .queries.campaigns import missing_returns
from .queries.draws import PUBLICATION
from .rules.campaigns import can_view_campaigns


def _running() -> QuerySet[Campaign]:
    return Campaign.objects.filter(state=CampaignState.RUNNING).select_related("organ")


def _returning(until: date) -> QuerySet[Campaign]:
    return _running().filter(daily_returns=True, starts_on__lte=until)


def _return_stage(row: Campaign, on: date, along: WorkingCalendar) -> str:
    """Once on each day of the campaign."""
    return on.isoformat() if row.state == CampaignState.RUNNING and row.starts_on <= on <= row.ends_on else ""


def _return_words(row: Campaign, on: date, along: WorkingCalendar) -> Words | None:
    """Nothing when every unit has returned its figures."""
    owing = [due.organ.pk for due in missing_returns(row, on=on) if due.day == on]
    if not owing:
        return None
    return Words(
        title=f"{row.name}：{on}日报尚未报送",
        url=reverse("admin:inspections_campaign_return", args=[row.pk]),
        to=lambda: {person for organ in owing for person in people_in(organ, Can.RETURN_CAMPAIGN, on=on)},
    )


def _leaders(row: Campaign, on: date) -> list[int]:
    return people_in(row.organ_id, Can.RUN_CAMPAIGN, on=on)


remind_of_clocks("inspections.draw_publication", "双随机结果公示", codes=(PUBLICATION,), who="抽查单位", legal=True)
remind_of_end(
    "inspections.campaign_ending",
    "专项行动将结束",
    Ending("结束日期", "ends_on", _running, (7, 1), "admin:inspections_campaign_change", _leaders),
    notice=notices.CAMPAIGN_ENDING,
    who="牵头单位组织行动的人",
    seen_by=can_view_campaigns,
)
declare(
    Reminder(
        code="inspections.return_due",
        label="专项行动日报未报",
        notice=notices.RETURN_DUE,
        when="行动期间每天17:00",
        who="当天尚未报送的成员单位",
        at=time(17, 0),
        rows=_returning,
        stage=_return_stage,
        words=_return_words,
        seen_by=can_view_campaigns,
        unless="届时仍未报送的",
        gathered=False,
    )
)
