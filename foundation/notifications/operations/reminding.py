"""Sending the reminders that are due."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.deadlines.calendars import WorkingCalendar
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.models import Deadline
from foundation.deadlines.queries import chip, unannounced_year

from .. import rules
from ..kinds import CALENDAR_MISSING
from ..models import Message
from ..recipients import holders, people_for
from ..reminders import rule_for
from .messages import send


@operation
def remind_of_deadline(*, deadline: Deadline, along: WorkingCalendar, by: Actor, at: datetime) -> list[Message]:
    """Tell those concerned how a running deadline stands, once a stage. Its state is read under lock."""
    deadline = lock(Deadline, deadline.pk)
    authorize(by, rules.can_deliver)
    on = local_date(at)
    reminder = rule_for(deadline.code)
    stage = reminder.stage(deadline, on=on, along=along)
    if deadline.state != DeadlineState.RUNNING or stage is None:
        return []
    words, _ = chip(deadline, on=on, along=along)
    body = f"“{deadline.subject_label}”的“{deadline.title}”期限为 {deadline.due_on}，{words}。"
    return send(
        notice=reminder.notice,
        to=people_for(deadline, on=on),
        about=deadline,
        title=f"{words}：{deadline.title} · {deadline.subject_label}",
        body=f"{body}{deadline.warning}",
        url=deadline.url or reverse("admin:deadlines_deadline_change", args=[deadline.pk]),
        period=stage,
        by=by,
        at=at,
    )


@operation
def ask_for_calendar(*, by: Actor, at: datetime) -> list[Message]:
    """From October on, once a month, ask parameter posts for the notice of a year that has none yet."""
    authorize(by, rules.can_deliver)
    on = local_date(at)
    year = unannounced_year(on)
    if year is None:
        return []
    return send(
        notice=CALENDAR_MISSING,
        to=holders(Can.MANAGE_PARAMETERS, on=on).values_list("user_id", flat=True),
        title=f"请录入{year}年放假安排",
        body=f"{year}年的工作日历尚未按国务院办公厅通知确认，跨入该年的期限均为暂算。通知公布后请在“工作日历”中录入并确认。",
        url=reverse("admin:deadlines_calendaryear_changelist"),
        period=f"{year}:{on:%Y-%m}",
        by=by,
        at=at,
    )
