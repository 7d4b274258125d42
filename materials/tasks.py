"""After the commit: officers are told of an alarm; each night approvals that ran out are looked for."""

from __future__ import annotations

from dataclasses import asdict
from datetime import time

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox, schedule
from foundation.core.actor import job
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_near
from foundation.notifications.rules import SENDER

from . import notices, queries
from .models import UseAlarm
from .operations.uses import note_run_out

schedule.periodic(notices.EXPIRE, schedule.Daily(at=time(0, 40)))


@outbox.handles(notices.ALARM)
def tell_of_alarm(message) -> None:
    """One message to the officers who keep the institution; telling twice changes nothing."""
    row = UseAlarm.objects.select_related("training_class__course__institution", "material").get(
        pk=message.payload["alarm_id"]
    )
    institution = row.training_class.course.institution
    send(
        notice=notices.USED_UNAPPROVED,
        to=people_near(None, Can.EDIT_REGISTER, on=clock.today(), **asdict(row.SCOPE.place_of(row))),
        title=f"{institution.name}：{row.training_class.name}使用{row.material}，{row.get_cause_display()}",
        url=reverse("admin:materials_usealarm_change", args=[row.pk]),
        about=row,
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.EXPIRE)
def look_for_run_out(message) -> None:
    """An alarm for each class whose set's approval ran out; run again, it finds none of them."""
    uses = queries.run_out(on=clock.today()).select_related("training_class__course__institution").order_by("pk")
    for use in uses:
        place = use.SCOPE.place_of(use).jurisdiction_id
        by = job("材料有效期核对", Can.EDIT_REGISTER, scope=frozenset({place}))
        note_run_out(use=use, by=by, at=clock.now())
