"""未审先用 alarms, raised and closed inside the operations that found out or put an end to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.locking import lock_all

from . import events, notices
from .enums import Cause, Closing, SetState, UseSource
from .models import MaterialSet, MaterialUse, UseAlarm


def cause_on(material: MaterialSet, day: date) -> Cause | None:
    """Why a use of the set on a day is an alarm; None where its approval holds."""
    if material.holds_on(day):
        return None
    if material.state == SetState.WITHDRAWN:
        return Cause.WITHDRAWN
    return Cause.EXPIRED if material.state == SetState.APPROVED else Cause.UNAPPROVED


def raise_alarm(use: MaterialUse, cause: Cause, source: str, *, by: Actor, at: datetime) -> UseAlarm | None:
    """Open one for the class and the set; None where one is open. The caller holds the set's lock."""
    about = {"training_class": use.training_class, "material": use.material}
    if UseAlarm.objects.filter(**about, closed_on__isnull=True).exists():
        return None
    alarm = insert(UseAlarm(**about, cause=cause, source=UseSource(source), opened_on=local_date(at)))
    record(events.ALARMED, subject=alarm, by=by, at=at, changes={"cause": [None, Cause(cause).label]})
    outbox.put(notices.ALARM, at=at, alarm_id=alarm.pk)
    return alarm


def close_alarms(
    open_ones: Iterable[UseAlarm], closing: Closing, reason: str, *, by: Actor, at: datetime
) -> list[UseAlarm]:
    """End these with the reason of the operation that ended them. The caller holds the set's lock."""
    closed = lock_all(UseAlarm, [alarm.pk for alarm in open_ones])
    for alarm in closed:
        alarm.closed_on, alarm.closing, alarm.reason = local_date(at), closing, reason
        changes = update(alarm, "closed_on", "closing", "reason")
        record(events.ALARM_CLOSED, subject=alarm, by=by, at=at, changes=changes, reason=reason)
    return closed
