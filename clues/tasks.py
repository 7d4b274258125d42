"""After the commit: those who follow clues up are told of a new one, its reporter of the end."""

from __future__ import annotations

import logging
from datetime import time

from django.urls import reverse
from django.utils import timezone

from assignments.enums import Urgency
from foundation.accounts.enums import Can
from foundation.core import clock, outbox, schedule
from foundation.core.actor import job
from foundation.notifications.kinds import NoticeKind
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_in, people_who_can
from foundation.notifications.rules import SENDER

from . import evidence, notices
from .comparing import MANY, MANY_DAYS, tips_about
from .enums import OWN_PEOPLE, ClueState, WhistleState
from .models import Clue, SenderOpening, Whistle
from .operations.senders import destroy_sender
from .queries import senders_to_destroy

log = logging.getLogger(__name__)
schedule.periodic(notices.SWEEP, schedule.Daily(at=time(3, 50)))
schedule.periodic(notices.DESTROY, schedule.Daily(at=time(4, 0)))


@outbox.handles(notices.CLUE_TAKEN_IN)
def tell_handlers(message) -> None:
    """Everybody who may check it at its own level, else above; urgent ones say so. Telling twice changes nothing."""
    clue = Clue.objects.select_related("division", "institution").get(pk=message.payload["clue_id"])
    send(
        notice=notices.NEW if clue.urgency == Urgency.NORMAL else notices.URGENT,
        to=[person for person in _handlers(clue) if person != clue.reported_by_id],
        period="" if clue.state == ClueState.RECEIVED else f"{clue.state}:{clue.jurisdiction_id}",
        title=f"{clue.number} {clue.get_subject_display()}（{clue.division}，{clue.get_channel_display()}）",
        url=reverse("admin:clues_clue_change", args=[clue.pk]),
        about=clue,
        by=SENDER,
        at=clock.now(),
    )
    if clue.institution_id and clue.channel not in OWN_PEOPLE:
        _tell_of_many(clue)


def _tell_of_many(clue: Clue) -> None:
    """Several tips about one institution: for a person to look at. Nothing else ever follows from a number."""
    number = tips_about(clue.institution, at=clue.received_at)
    if number < MANY:
        return
    send(
        notice=notices.MANY,
        to=_handlers(clue),
        title=f"{clue.institution.name}{MANY_DAYS}日内收到{number}条外来反映，请研判。",
        url=reverse("admin:clues_clue_changelist") + f"?q={clue.institution.name}",
        about=clue.institution,
        period=f"{clock.local_date(clue.received_at):%Y-%m}",
        by=SENDER,
        at=clock.now(),
    )


def _handlers(clue: Clue) -> list[int]:
    """Those who may handle it at its own level, else those above."""
    place = {"jurisdiction_id": clue.jurisdiction_id, "division_id": clue.division_id, "on": clock.today()}
    return people_who_can(Can.HANDLE_CLUE, own_level=True, **place) or people_who_can(Can.HANDLE_CLUE, **place)


@outbox.handles(notices.TIP_WRITTEN)
def tell_of_message(message) -> None:
    """Whoever checks it, or if nobody does all who may: the sender wrote. Never what was written."""
    clue = Clue.objects.select_related("merged_into").get(pk=message.payload["clue_id"])
    checker = (clue.merged_into or clue).checked_by_id
    send(
        notice=notices.WRITTEN,
        to=[checker] if checker else _handlers(clue),
        title=f"{clue.number} 的反映人有补充，请查看。",
        url=reverse("admin:clues_clue_change", args=[clue.pk]),
        about=clue,
        period=str(message.payload["message_id"]),
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


@outbox.handles(notices.UNSATISFIED)
def tell_of_complaint(message) -> None:
    """Whoever checked it, else all who may handle it: look at it once more."""
    clue = Clue.objects.select_related("merged_into").get(pk=message.payload["clue_id"])
    main = clue.merged_into or clue
    send(
        notice=notices.COMPLAINED,
        to=[main.checked_by_id] if main.checked_by_id else _handlers(main),
        title=f"{clue.number} 的反映人不满意，请看一看。",
        url=reverse("admin:clues_clue_change", args=[clue.pk]),
        about=clue,
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.SWEEP)
def sweep(message) -> None:
    """Remove evidence files that no row names."""
    if removed := evidence.sweep(at=clock.now()):
        log.warning("%s evidence files belonged to no row and were removed", removed)


@outbox.handles(notices.DESTROY)
def destroy_senders(message) -> None:
    """Destroy the senders whose retention time is over; each is a transaction and an event of its own."""
    at = clock.now()
    for clue in senders_to_destroy(at=at):
        destroyer = job("反映人信息到期销毁", notices.DESTROY, scope=frozenset({clue.jurisdiction_id}))
        destroy_sender(clue=clue, by=destroyer, at=at)


@outbox.handles(notices.OPENING_ASKED)
def tell_deciders(message) -> None:
    """Everybody who may decide it at its own level, else above; never the one who asks."""
    opening = SenderOpening.objects.select_related("clue").get(pk=message.payload["opening_id"])
    clue = opening.clue
    place = {"jurisdiction_id": clue.jurisdiction_id, "division_id": clue.division_id, "on": clock.today()}
    people = people_who_can(Can.UNSEAL_SENDER, own_level=True, **place) or people_who_can(Can.UNSEAL_SENDER, **place)
    send(
        notice=notices.ASKED,
        to=[person for person in people if person != opening.asked_by_id],
        title=f"{clue.number} 申请拆封反映人，请审批。",
        url=reverse("admin:clues_senderopening_change", args=[opening.pk]),
        about=opening,
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.OPENING_DECIDED)
def tell_asker(message) -> None:
    """Allowed or not, to the one who asked."""
    opening = SenderOpening.objects.select_related("clue").get(pk=message.payload["opening_id"])
    send(
        notice=notices.DECIDED,
        to=[opening.asked_by_id],
        title=f"{opening.clue.number} 的拆封申请{opening.get_state_display()}。",
        url=reverse("admin:clues_senderopening_change", args=[opening.pk]),
        about=opening,
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.WHISTLE)
def tell_called(message) -> None:
    """Each called organ's people, at once. The words stay on the page."""
    whistle = Whistle.objects.select_related("division", "organ").get(pk=message.payload["whistle_id"])
    for call in whistle.calls.order_by("pk"):
        _tell_of_whistle(whistle, notices.WHISTLED, call.organ_id, Can.ANSWER_ASSIGNMENT, "请")


@outbox.handles(notices.WHISTLE_LATE)
def tell_of_lateness(message) -> None:
    """When the time is over: those who have not reported in, and the town that waits for them."""
    whistle = Whistle.objects.select_related("division", "organ").get(pk=message.payload["whistle_id"])
    late = list(whistle.calls.filter(reported_at__isnull=True).order_by("pk"))
    if whistle.state != WhistleState.RAISED or not late:
        return
    for call in late:
        _tell_of_whistle(whistle, notices.LATE, call.organ_id, Can.ANSWER_ASSIGNMENT, "应")
    _tell_of_whistle(whistle, notices.LATE, whistle.organ_id, Can.WHISTLE, "部门应")


def _tell_of_whistle(whistle: Whistle, notice: NoticeKind, organ_id: int, capability: str, who: str) -> None:
    due = f"{timezone.localtime(whistle.due_at):%m月%d日 %H:%M}"
    send(
        notice=notice,
        to=people_in(organ_id, capability, on=clock.today()),
        title=f"{whistle.organ}吹哨 {whistle.number}（{whistle.division}）：{who}在{due}前报到",
        url=reverse("admin:clues_whistle_change", args=[whistle.pk]),
        about=whistle,
        by=SENDER,
        at=clock.now(),
    )
