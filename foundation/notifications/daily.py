"""The day of a reminder: a slot a day, each row in a transaction of its own, one that fails stops no other."""

from __future__ import annotations

import logging
from functools import partial

from django.db import DatabaseError

from foundation.core import clock, outbox, schedule
from foundation.core.models import OutboxMessage
from foundation.deadlines.working_days import calendar

from . import registry
from .operations.reminding import remind
from .registry import Reminder
from .rules import SENDER

log = logging.getLogger(__name__)


def declare(reminder: Reminder) -> None:
    """Put a reminder into the registry and on the day's slots (in an app's ``reminders.py``)."""
    registry.add(reminder)
    kind = kind_of(reminder)
    schedule.periodic(kind, schedule.Daily(at=reminder.at))
    outbox.handles(kind)(partial(_of_slot, reminder))


def kind_of(reminder: Reminder) -> str:
    """Of its slots in the outbox."""
    return f"remind:{reminder.code}"


def _of_slot(reminder: Reminder, message: OutboxMessage) -> None:
    send_due(reminder)


def send_due(reminder: Reminder) -> None:
    """All that is due now, read from the present state: one run catches up with missed days, a second finds nothing.

    The first error is raised when all rows had their turn, so that the outbox tries again.
    """
    at, along = clock.now(), calendar()
    on = clock.local_date(at)
    if not reminder.works_on(on, along):
        return
    failed: Exception | None = None
    for row in [None] if reminder.rows is None else reminder.rows(on).order_by("pk").iterator():
        if not reminder.stage(row, on, along):
            continue
        try:
            remind(reminder=reminder, row=row, along=along, by=SENDER, at=at)
        except DatabaseError:
            raise
        except Exception as error:
            log.exception("reminder %s of %s", reminder.code, row and row.pk)
            failed = failed or error
    if failed is not None:
        raise failed
