"""Units are told that a campaign started."""

from __future__ import annotations

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_in
from foundation.notifications.rules import SENDER
from inspections import notices
from inspections.models import Campaign
from inspections.queries.campaigns import returning_units


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
