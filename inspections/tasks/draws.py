"""After the commit: tell those who were drawn to check, those who judge a voiding, and who asked for it."""

from __future__ import annotations

from collections import Counter

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_who_can
from foundation.notifications.rules import SENDER
from inspections import notices
from inspections.models import Draw, DrawnObject


@outbox.handles(notices.DRAW_MOVED)
def tell(message) -> None:
    """One message to each person concerned; telling twice changes nothing."""
    draw = Draw.objects.select_related("jurisdiction").get(pk=message.payload["draw_id"])
    notice = notices.DRAW_NOTICES[message.payload["notice"]]
    if notice == notices.DRAW_TO_CHECK:
        _tell_drawn(draw)
        return
    to = {message.payload["to"]} if "to" in message.payload else _judges(draw)
    send(
        notice=notice,
        to=to,
        title=str(draw),
        body=draw.void_reason or draw.void_remark,
        url=reverse("admin:inspections_draw_change", args=[draw.pk]),
        about=draw,
        period=message.payload["asked"],
        by=SENDER,
        at=clock.now(),
    )


def _tell_drawn(draw: Draw) -> None:
    """Each officer hears how many institutions (家) were drawn for them."""
    pairs = DrawnObject.objects.filter(draw=draw, first_officer__isnull=False)
    counts = Counter(
        person
        for pair in pairs.values_list("first_officer__post__user", "second_officer__post__user")
        for person in pair
    )
    url = reverse("admin:inspections_drawnobject_changelist") + f"?draw__id__exact={draw.pk}"
    for person, number in sorted(counts.items()):
        send(
            notice=notices.DRAW_TO_CHECK,
            to=[person],
            title=f"{draw}：您被抽中检查 {number} 家",
            url=url,
            about=draw,
            period=draw.number,
            by=SENDER,
            at=clock.now(),
        )


def _judges(draw: Draw) -> set[int]:
    """Whoever may agree at the draw's own level, else above it; never who asked."""
    place = {"jurisdiction_id": draw.jurisdiction_id, "on": clock.today()}
    near = set(people_who_can(Can.AGREE_REDRAW, **place, own_level=True)) - {draw.void_asked_by_id}
    return near or set(people_who_can(Can.AGREE_REDRAW, **place)) - {draw.void_asked_by_id}
