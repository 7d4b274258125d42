"""Telling people about historical totals: those who may decide, and the one who entered it."""

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox
from foundation.core.models import OutboxMessage
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_who_can
from foundation.notifications.rules import SENDER
from inspections import notices
from inspections.models import HistoricalTotal


@outbox.handles(notices.TOTAL_MOVED)
def tell_of_total(message: OutboxMessage) -> None:
    """One message to each; telling twice changes nothing."""
    notice = notices.TOTAL_NOTICES[message.payload["notice"]]
    total = HistoricalTotal.objects.get(pk=message.payload["total_id"])
    send(
        notice=notice,
        to=_deciders(total) if notice is notices.TOTAL_TO_DECIDE else {total.entered_by_id},
        title=str(total),
        body=total.decision_remark,
        url=reverse("admin:inspections_historicaltotal_change", args=[total.pk]),
        about=total,
        period=message.payload["moved_at"],
        by=SENDER,
        at=clock.now(),
    )


def _deciders(total: HistoricalTotal) -> set[int]:
    """Of the bureau itself; where nobody may there, of the level above."""
    place = {"jurisdiction_id": total.jurisdiction_id, "division_id": None, "category": "", "on": clock.today()}
    own = set(people_who_can(Can.APPROVE_TOTALS, **place, own_level=True)) - {total.entered_by_id}
    return own or set(people_who_can(Can.APPROVE_TOTALS, **place)) - {total.entered_by_id}
