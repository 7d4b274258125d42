"""Outbox entries and daily jobs. Jobs look at the present state, so that one run catches up with missed days."""

from datetime import time

from foundation.core import clock, outbox, schedule
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.models import Deadline
from foundation.deadlines.working_days import calendar

from .delivering import carry_out
from .models import Delivery
from .operations.messages import DELIVER
from .operations.reminding import ask_for_calendar, remind_of_deadline
from .rules import SENDER

REMIND = "notifications.remind"
ASK_FOR_CALENDAR = "notifications.ask_for_calendar"

schedule.periodic(REMIND, schedule.Daily(at=time(8, 0)))
schedule.periodic(ASK_FOR_CALENDAR, schedule.Daily(at=time(8, 10)))


@outbox.handles(DELIVER)
def deliver(message) -> None:
    carry_out(Delivery.objects.get(pk=message.payload["delivery_id"]))


@outbox.handles(REMIND)
def remind(message) -> None:
    """Nobody is reminded on a day off; the next working day catches up."""
    at, along = clock.now(), calendar()
    if not along.works(clock.local_date(at)):
        return
    for deadline in Deadline.objects.filter(state=DeadlineState.RUNNING).order_by("due_on", "pk").iterator():
        remind_of_deadline(deadline=deadline, along=along, by=SENDER, at=at)


@outbox.handles(ASK_FOR_CALENDAR)
def ask(message) -> None:
    ask_for_calendar(by=SENDER, at=clock.now())
