"""Reminders of duties. Each looks at the present state under lock: who has filed meanwhile gets nothing."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.notifications.models import Message
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_in
from inspections.checking import DAYS_OF_GRACE
from supervisors import duties, notices, queries, rules
from supervisors.enums import RecruitmentState
from supervisors.models import Candidate, Recruitment, Supervisor
from supervisors.months import Month, stage_on

TERM_DAYS = 60


@operation
def remind_of_duty(*, supervisor: Supervisor, by: Actor, at: datetime) -> list[Message]:
    """Tell a supervisor who is below this month's minimum, once a stage; nobody who has done it. Raises NotAllowed."""
    row = lock(Supervisor, supervisor.pk)
    authorize(by, rules.can_remind)
    on = local_date(at)
    month = Month.of(on)
    stage = stage_on(month, month.days_left(on))
    if stage is None or not rules.in_office(row, on) or not duties.owes(row, month):
        return []
    required, done = duties.requirement_for(row, month), duties.done_in(row, month)
    if done >= required.minimum:
        return []
    return send(
        notice=notices.DUTY_REMINDER,
        to=[row.user_id],
        about=row,
        title=f"本月还差{required.minimum - done}次走访，{month.last:%m月%d日}前完成",
        body=f"{month.label}您已走访{done}家次，每月最少{required.minimum}家次、目标{required.target}家次。",
        url=reverse("phone:duty"),
        period=stage,
        by=by,
        at=at,
    )


@operation
def report_shortfalls(*, recruitment: Recruitment, by: Actor, at: datetime) -> list[Message]:
    """After the days of late entry: tell the appointing bureau who stayed below the last month's minimum, once."""
    row = lock(Recruitment, recruitment.pk)
    authorize(by, rules.can_remind)
    on = local_date(at)
    month = Month.of(on).back()
    if on <= month.closes_on(DAYS_OF_GRACE):
        return []
    short = duties.below_minimum(row.supervisors.order_by("number"), month)
    if not short:
        return []
    names = "、".join(supervisor.name for supervisor in short)
    return send(
        notice=notices.SHORTFALL,
        to=people_in(row.organ_id, Can.MANAGE_SUPERVISORS, on=on),
        about=row,
        title=f"{month.label}{len(short)}名监督员未达标",
        body=f"{row}：{names}。",
        url=f"{reverse('admin:supervisors_supervisor_overview')}?until={month.key}",
        period=month.key,
        by=by,
        at=at,
    )


@operation
def remind_of_term(*, supervisor: Supervisor, by: Actor, at: datetime) -> list[Message]:
    """60 days before a term ends: tell the appointing bureau, once a term. Raises NotAllowed."""
    row = lock(Supervisor, supervisor.pk)
    authorize(by, rules.can_remind)
    on = local_date(at)
    left = (row.term_until_on - on).days
    if not rules.in_office(row, on) or left > TERM_DAYS:
        return []
    return send(
        notice=notices.TERM_ENDING,
        to=people_in(row.organ_id, Can.MANAGE_SUPERVISORS, on=on),
        about=row,
        title=f"{row.name}聘期{row.term_until_on}届满，还有{left}天",
        body=f"{row}的聘书和监督员证有效期至{row.term_until_on}。请办理年度考核和续聘，或准备补选。",
        url=reverse("admin:supervisors_supervisor_change", args=[row.pk]),
        period=str(row.term_until_on),
        by=by,
        at=at,
    )


@operation
def announce_publicity_end(*, recruitment: Recruitment, by: Actor, at: datetime) -> list[Message]:
    """The day after the list was shown to all for the last time: tell the bureau whom it may appoint, once."""
    row = lock(Recruitment, recruitment.pk)
    authorize(by, rules.can_remind)
    on = local_date(at)
    if row.state != RecruitmentState.PUBLICITY or row.publicity_until_on >= on:
        return []
    waiting = Candidate.objects.filter(recruitment=row, pk__in=queries.free_of_objections(on=on).values("pk")).count()
    if not waiting:
        return []
    return send(
        notice=notices.PUBLICITY_OVER,
        to=people_in(row.organ_id, Can.MANAGE_SUPERVISORS, on=on),
        about=row,
        title=f"{row}公示期满，{waiting}人可以聘任",
        url=f"{reverse('admin:supervisors_candidate_changelist')}?waiting=appoint",
        period=str(row.publicity_until_on),
        by=by,
        at=at,
    )
