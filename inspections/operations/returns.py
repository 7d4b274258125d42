"""日报 of a campaign's units, and its table taken out as a spreadsheet."""

from __future__ import annotations

from datetime import date, datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from inspections import events
from inspections.counters import Cut, figures
from inspections.models import Campaign, CampaignReturn
from inspections.queries.campaigns import returning_units, tagged
from inspections.rules import campaigns as rules


@operation
def file_return(
    *, campaign: Campaign, day_on: date, by: Actor, at: datetime, led_by_leaders: int = 0, remark: str = ""
) -> CampaignReturn:
    """Freeze what the records of the actor's organ say of a day; filed again, it is a new revision.

    Late when filed after the day. Raises NotAllowed, InvalidInput (a day outside the unit's time, or in the future).
    """
    row = lock(Campaign, campaign.pk)
    authorize(by, rules.can_return, row)
    organ = Organ.objects.get(pk=by.organ_id)
    if day_on > local_date(at):
        raise InvalidInput("日报日期不能晚于今天。", code="day", fields={"day_on": ["不能晚于今天。"]})
    if not any(unit == organ and first <= day_on <= last for unit, first, last in returning_units(row)):
        raise InvalidInput("这一天不在本单位的行动期间内。", code="day", fields={"day_on": ["不在行动期间内。"]})
    earlier = CampaignReturn.objects.filter(campaign=row, organ=organ, day_on=day_on).count()
    made = insert(
        CampaignReturn(
            campaign=row,
            organ=organ,
            day_on=day_on,
            revision=earlier + 1,
            figures=figures(Cut(unit=organ, on=day_on).of(tagged(row))),
            led_by_leaders=led_by_leaders,
            remark=remark.strip(),
            late=local_date(at) > day_on,
            filed_by_id=by.user_id,
            filed_at=at,
        )
    )
    changes = {"day_on": [None, day_on], "figures": [None, made.figures], "revision": [None, made.revision]}
    record(events.RETURN_FILED, subject=made, by=by, at=at, changes=changes)
    return made


@operation
def take_statistics(*, campaign: Campaign, by: Actor, at: datetime) -> Campaign:
    """Note that the campaign's table was taken out as a file. Raises NotAllowed."""
    authorize(by, rules.can_take_statistics, campaign)
    record(events.STATISTICS_TAKEN, subject=campaign, by=by, at=at)
    return campaign
