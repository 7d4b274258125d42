"""Sending one reminder that is due."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.deadlines.calendars import WorkingCalendar

from .. import rules
from ..models import Message
from ..registry import Reminder
from .messages import send


@operation
def remind(
    *, reminder: Reminder, row: models.Model | None, along: WorkingCalendar, by: Actor, at: datetime
) -> list[Message]:
    """Tell those concerned what is due about a row, once a stage. The row is read again under lock: who has done it
    meanwhile is not reminded. Raises NotAllowed."""
    row = lock(type(row), row.pk) if row is not None else None
    authorize(by, rules.can_deliver)
    on = local_date(at)
    stage = reminder.stage(row, on, along)
    words = reminder.words(row, on, along) if stage else None
    if words is None:
        return []
    if reminder.promise is not None:
        reminder.promise(row, at)
        return []
    return send(
        notice=reminder.notice,
        to=words.to(),
        about=row,
        title=words.title,
        body=words.body,
        url=words.url,
        period=stage,
        reminder=reminder.code,
        by=by,
        at=at,
    )
