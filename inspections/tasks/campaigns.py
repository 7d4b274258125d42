"""Units are told that a campaign started, and in the evening that the day's return is missing."""

from __future__ import annotations

from datetime import time

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox, schedule
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_in
from foundation.notifications.rules import SENDER
from inspections import notices
from inspections.enums import CampaignState
from inspections.models import Campaign
from inspections.queries.campaigns import missing_returns, returning_units

REMIND_OF_RETURNS = "inspections.remind_of_returns"
schedule.periodic(REMIND_OF_RETURNS, schedule.Daily(at=time(17, 0)))


@outbox.handles(notices.CAMPAIGN_BEGUN)
def tell_units(message) -> None:
    """One message to those who return figures for each unit; telling twice changes nothing."""
    campaign = Campaign.objects.select_related("organ").get(pk=message.payload["campaign_id"])
    today = clock.today()
    people = {
        person
        for organ, _first, last in returning_units(campaign)
        if last >= today
        for person in people_in(organ.pk, Can.RETURN_CAMPAIGN, on=today)
    }
    send(
        notice=notices.CAMPAIGN_STARTED,
        to=people,
        title=f"{campaign.name}（{campaign.starts_on}至{campaign.ends_on}）",
        body=campaign.aim,
        url=reverse("admin:inspections_campaign_change", args=[campaign.pk]),
        about=campaign,
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(REMIND_OF_RETURNS)
def remind_of_returns(message) -> None:
    """Whoever has not returned today's figures, once a day; who did meanwhile is not reminded."""
    today = clock.today()
    running = Campaign.objects.filter(
        state=CampaignState.RUNNING, daily_returns=True, starts_on__lte=today, ends_on__gte=today
    )
    for campaign in running.select_related("organ").order_by("pk"):
        owing = [due.organ.pk for due in missing_returns(campaign, on=today) if due.day == today]
        send(
            notice=notices.RETURN_DUE,
            to={person for organ in owing for person in people_in(organ, Can.RETURN_CAMPAIGN, on=today)},
            title=f"{campaign.name}：{today}日报尚未报送",
            url=reverse("admin:inspections_campaign_return", args=[campaign.pk]),
            about=campaign,
            period=today.isoformat(),
            by=SENDER,
            at=clock.now(),
        )
