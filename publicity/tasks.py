"""The daily check of the public site, its slices, and the message to the editors."""

from datetime import time

from foundation.core import clock, outbox, schedule
from foundation.core.errors import Conflict

from . import notices
from .checking.running import run_slice
from .enums import CheckState
from .models import PublicCheck
from .operations.checks import start_check
from .operations.telling import alarm_editors
from .promising import promise_slice
from .rules import CHECKER

schedule.periodic(notices.DAILY_CHECK, schedule.Daily(at=time(3, 30)))


@outbox.handles(notices.DAILY_CHECK)
def check_daily(message) -> None:
    """Begin a check; one that somebody asked for and that still runs is as good."""
    try:
        start_check(by=CHECKER, at=clock.now())
    except Conflict:
        return


@outbox.handles(notices.CARRY_ON, long=True)
def carry_on(message) -> None:
    """One slice, and the promise of the next."""
    check = run_slice(PublicCheck.objects.get(pk=message.payload["check_id"]))
    if check.state == CheckState.RUNNING:
        promise_slice(check, at=clock.now())


@outbox.handles(notices.TELL_EDITORS)
def tell(message) -> None:
    alarm_editors(check=PublicCheck.objects.get(pk=message.payload["check_id"]), by=CHECKER, at=clock.now())
