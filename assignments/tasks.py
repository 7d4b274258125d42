"""After the commit: tell the people of the organ concerned."""

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_in
from foundation.notifications.rules import SENDER

from . import notices
from .models import Part


@outbox.handles(notices.PART_MOVED)
def tell(message) -> None:
    """Put one message into the inboxes of those who act for the organ; telling twice changes nothing."""
    notice = notices.BY_CODE[message.payload["notice"]]
    part = Part.objects.select_related("assignment", "organ").get(pk=message.payload["part_id"])
    to_giver = notice.code in notices.TO_GIVER
    organ_id, capability = (
        (part.assignment.organ_id, Can.ASSIGN) if to_giver else (part.organ_id, Can.ANSWER_ASSIGNMENT)
    )
    send(
        notice=notice,
        to=people_in(organ_id, capability, on=clock.today()),
        title=f"{part.assignment.title}（{part.organ}，期限 {part.due_on}）",
        url=reverse("admin:assignments_part_change", args=[part.pk]),
        about=part,
        period=str(message.payload["round"]),
        by=SENDER,
        at=clock.now(),
    )
