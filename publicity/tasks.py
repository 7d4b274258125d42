"""The daily check of the public site, its slices, the message to the editors; schools are told of a letter."""

from datetime import time

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox, schedule
from foundation.core.errors import Conflict
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import holders
from foundation.notifications.rules import SENDER

from . import notices
from .checking.running import run_slice
from .enums import CheckState
from .models import ParentLetter, PublicCheck
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


@outbox.handles(notices.TELL_SCHOOLS)
def tell_schools(message) -> None:
    """The specialists of the schools that hand the letter out, each once."""
    letter = ParentLetter.objects.get(pk=message.payload["letter_id"])
    posts = holders(Can.HAND_OUT_LETTERS, on=clock.today()).filter(school__in=letter.schools.values("school"))
    send(
        notice=notices.TO_HAND_OUT,
        to=sorted(set(posts.values_list("user_id", flat=True))),
        title=f"请发放并登记：{letter.title}",
        url=reverse("school_letters"),
        about=letter,
        by=SENDER,
        at=clock.now(),
    )
