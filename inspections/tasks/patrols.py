"""Who goes out is told when and where, and told again when the day or the slot moves or the shift is called off."""

from __future__ import annotations

from django.urls import reverse

from foundation.core import clock, outbox
from foundation.notifications.operations.messages import send
from foundation.notifications.rules import SENDER
from inspections import notices
from inspections.enums import ShiftState
from inspections.models import GroupMember, Shift


@outbox.handles(notices.SHIFT_TOLD)
def tell_members(message) -> None:
    """The shift as it is now, to everybody with an account on its roster; once for a day and slot."""
    shift = Shift.objects.get(pk=message.payload["shift_id"])
    off = shift.state == ShiftState.CANCELLED
    members = GroupMember.objects.filter(group__shift=shift, user__isnull=False)
    send(
        notice=notices.SHIFT_OFF if off else notices.ON_DUTY,
        to=set(members.values_list("user", flat=True)),
        title=str(shift),
        url=reverse("admin:inspections_shift_change", args=[shift.pk]),
        about=shift,
        period=f"{shift.held_on}:{shift.slot}",
        by=SENDER,
        at=clock.now(),
    )
