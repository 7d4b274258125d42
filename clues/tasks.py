"""After the commit: those who follow clues up are told of a new one, its reporter of the end."""

from __future__ import annotations

from django.urls import reverse

from assignments.enums import Urgency
from foundation.accounts.enums import Can
from foundation.core import clock, outbox
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_who_can
from foundation.notifications.rules import SENDER

from . import notices
from .models import Clue


@outbox.handles(notices.CLUE_TAKEN_IN)
def tell_handlers(message) -> None:
    """Everybody who may check it at its own level, else above; urgent ones say so. Telling twice changes nothing."""
    clue = Clue.objects.select_related("division").get(pk=message.payload["clue_id"])
    place = {"jurisdiction_id": clue.jurisdiction_id, "division_id": clue.division_id, "on": clock.today()}
    people = people_who_can(Can.HANDLE_CLUE, own_level=True, **place) or people_who_can(Can.HANDLE_CLUE, **place)
    send(
        notice=notices.NEW if clue.urgency == Urgency.NORMAL else notices.URGENT,
        to=[person for person in people if person != clue.reported_by_id],
        title=f"{clue.number} {clue.get_subject_display()}（{clue.division}，{clue.get_channel_display()}）",
        url=reverse("admin:clues_clue_change", args=[clue.pk]),
        about=clue,
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.CLUE_CLOSED)
def tell_reporter(message) -> None:
    """Thanks, and that it is closed; what was found stays with those who read clues."""
    clue = Clue.objects.get(pk=message.payload["clue_id"])
    send(
        notice=notices.CLOSED,
        to=[clue.reported_by_id] if clue.reported_by_id else [],
        title=f"您上报的线索 {clue.number} 已办结，感谢您的反映。",
        about=clue,
        by=SENDER,
        at=clock.now(),
    )
