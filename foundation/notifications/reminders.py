"""What this app reminds of itself: clocks that nobody declared, and the holiday notice of a year that has none yet."""

from __future__ import annotations

from datetime import date, time

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.deadlines.calendars import WorkingCalendar
from foundation.deadlines.queries import unannounced_year

from .clocks import remind_of_the_rest
from .daily import declare
from .kinds import CALENDAR_MISSING
from .recipients import holders
from .registry import Reminder, Words


def _sets_parameters(actor: Actor) -> bool:
    return actor.can(Can.MANAGE_PARAMETERS)


def _stage(row: None, on: date, along: WorkingCalendar) -> str:
    """From October on, once a month, as long as the year has no notice."""
    year = unannounced_year(on)
    return f"{year}:{on:%Y-%m}" if year is not None else ""


def _words(row: None, on: date, along: WorkingCalendar) -> Words | None:
    year = unannounced_year(on)
    if year is None:
        return None
    return Words(
        title=f"请录入{year}年放假安排",
        body=f"{year}年的工作日历尚未按国务院办公厅通知确认，跨入该年的期限均为暂算。通知公布后请在“工作日历”中录入并确认。",
        url=reverse("admin:deadlines_calendaryear_changelist"),
        to=lambda: holders(Can.MANAGE_PARAMETERS, on=on).values_list("user_id", flat=True),
    )


remind_of_the_rest()
declare(
    Reminder(
        code="deadlines.calendar_missing",
        label="次年放假安排未录入",
        notice=CALENDAR_MISSING,
        when="当年或（10月起）次年的工作日历未确认，每月一次",
        who="参数管理岗位",
        at=time(8, 10),
        rows=None,
        stage=_stage,
        words=_words,
        seen_by=_sets_parameters,
        unless="届时仍未录入的",
    )
)
