"""What is reminded of with supervisors: this month's duty, last month's shortfall, terms and publicity that end.

Each looks at the present state: who has filed meanwhile gets nothing.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.deadlines.calendars import WorkingCalendar
from foundation.notifications.daily import declare
from foundation.notifications.recipients import people_in
from foundation.notifications.registry import Reminder, Words
from inspections.checking import DAYS_OF_GRACE

from . import duties, notices, queries, rules
from .enums import RecruitmentState, SupervisorState
from .models import Candidate, Recruitment, Supervisor
from .months import DAYS_BEFORE, Month, stage_on

TERM_DAYS = 60
HOUR = time(8, 30)
MANAGERS = "聘任单位的监督员管理人员"


def _in_office(until: date) -> QuerySet[Supervisor]:
    return Supervisor.objects.filter(state=SupervisorState.IN_OFFICE, term_from_on__lte=until)


# -- this month's duty --
def _duty_stage(row: Supervisor, on: date, along: WorkingCalendar) -> str:
    month = Month.of(on)
    if not rules.in_office(row, on) or not duties.owes(row, month):
        return ""
    return stage_on(month, month.days_left(on)) or ""


def _duty_words(row: Supervisor, on: date, along: WorkingCalendar) -> Words | None:
    """Nothing for who has done this month's minimum."""
    month = Month.of(on)
    required, done = duties.requirement_for(row, month), duties.done_in(row, month)
    if done >= required.minimum:
        return None
    return Words(
        title=f"本月还差{required.minimum - done}次走访，{month.last:%m月%d日}前完成",
        body=f"{month.label}您已走访{done}家次，每月最少{required.minimum}家次、目标{required.target}家次。",
        url=reverse("phone:duty"),
        to=lambda: [row.user_id],
    )


# -- last month's shortfall --
def _with_supervisors(until: date) -> QuerySet[Recruitment]:
    return Recruitment.objects.filter(pk__in=Supervisor.objects.values("recruitment"))


def _shortfall_stage(row: Recruitment, on: date, along: WorkingCalendar) -> str:
    """After the days of late entry, once a month."""
    month = Month.of(on).back()
    return month.key if on > month.closes_on(DAYS_OF_GRACE) else ""


def _shortfall_words(row: Recruitment, on: date, along: WorkingCalendar) -> Words | None:
    month = Month.of(on).back()
    short = duties.below_minimum(row.supervisors.order_by("number"), month)
    if not short:
        return None
    names = "、".join(supervisor.name for supervisor in short)
    return Words(
        title=f"{month.label}{len(short)}名监督员未达标",
        body=f"{row}：{names}。",
        url=f"{reverse('admin:supervisors_supervisor_overview')}?until={month.key}",
        to=lambda: people_in(row.organ_id, Can.MANAGE_SUPERVISORS, on=on),
    )


# -- terms that end --
def _ending(until: date) -> QuerySet[Supervisor]:
    return _in_office(until).filter(term_until_on__lte=until + timedelta(days=TERM_DAYS))


def _term_stage(row: Supervisor, on: date, along: WorkingCalendar) -> str:
    """60 days before a term ends, once a term."""
    near = (row.term_until_on - on).days <= TERM_DAYS
    return str(row.term_until_on) if near and rules.in_office(row, on) else ""


def _term_words(row: Supervisor, on: date, along: WorkingCalendar) -> Words:
    return Words(
        title=f"{row.name}聘期{row.term_until_on}届满，还有{(row.term_until_on - on).days}天",
        body=f"{row}的聘书和监督员证有效期至{row.term_until_on}。请办理年度考核和续聘，或准备补选。",
        url=reverse("admin:supervisors_supervisor_change", args=[row.pk]),
        to=lambda: people_in(row.organ_id, Can.MANAGE_SUPERVISORS, on=on),
    )


# -- publicity that is over --
def _in_publicity(until: date) -> QuerySet[Recruitment]:
    return Recruitment.objects.filter(state=RecruitmentState.PUBLICITY)


def _publicity_stage(row: Recruitment, on: date, along: WorkingCalendar) -> str:
    """The day after the list was shown to all for the last time, once."""
    if row.state != RecruitmentState.PUBLICITY or row.publicity_until_on >= on:
        return ""
    return str(row.publicity_until_on)


def _publicity_words(row: Recruitment, on: date, along: WorkingCalendar) -> Words | None:
    waiting = Candidate.objects.filter(recruitment=row, pk__in=queries.free_of_objections(on=on).values("pk")).count()
    if not waiting:
        return None
    return Words(
        title=f"{row}公示期满，{waiting}人可以聘任",
        url=f"{reverse('admin:supervisors_candidate_changelist')}?waiting=appoint",
        to=lambda: people_in(row.organ_id, Can.MANAGE_SUPERVISORS, on=on),
    )


declare(
    Reminder(
        code="supervisors.duty",
        label="监督员本月履职",
        notice=notices.DUTY_REMINDER,
        when=f"月末前{'、'.join(str(days) for days in DAYS_BEFORE)}日",
        who="未达到当月最低次数的监督员本人",
        at=HOUR,
        rows=_in_office,
        stage=_duty_stage,
        words=_duty_words,
        seen_by=rules.can_view,
        unless="届时仍未达到最低次数的",
    )
)
declare(
    Reminder(
        code="supervisors.shortfall",
        label="监督员上月未达标",
        notice=notices.SHORTFALL,
        when=f"次月补录期({DAYS_OF_GRACE}日)过后，每月一次",
        who=MANAGERS,
        at=HOUR,
        rows=_with_supervisors,
        stage=_shortfall_stage,
        words=_shortfall_words,
        seen_by=rules.can_view,
        unless="届时仍有人未达标的",
    )
)
declare(
    Reminder(
        code="supervisors.term",
        label="监督员聘期将满",
        notice=notices.TERM_ENDING,
        when=f"聘期届满前{TERM_DAYS}日，每个聘期一次",
        who=MANAGERS,
        at=HOUR,
        rows=_ending,
        stage=_term_stage,
        words=_term_words,
        seen_by=rules.can_view,
    )
)
declare(
    Reminder(
        code="supervisors.publicity_over",
        label="监督员公示期满",
        notice=notices.PUBLICITY_OVER,
        when="公示期满次日，一次",
        who=MANAGERS,
        at=HOUR,
        rows=_in_publicity,
        stage=_publicity_stage,
        words=_publicity_words,
        seen_by=rules.can_view,
    )
)
