"""In the worker: count what was asked for; each morning, ask for the monthly reports that are due."""

from __future__ import annotations

from datetime import datetime, time

from django.urls import reverse

from foundation.accounts.actors import actor_of
from foundation.accounts.enums import Can
from foundation.core import clock, outbox, schedule
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_in
from foundation.notifications.rules import SENDER

from . import notices, plans
from .models import Report
from .operations import prepare_report
from .running import count_report

schedule.periodic(notices.PLANS, schedule.Daily(at=time(6, 0)))


@outbox.handles(notices.COUNT, long=True)
def count_what_was_asked(message) -> None:
    """Idempotent: only a report that waits for its numbers gets them, and its preparer is told once a counting."""
    report = Report.objects.get(pk=message.payload["report_id"])
    counting = count_report(report) or report.counting
    if counting is None:
        return
    send(
        notice=notices.COUNTED,
        to=[report.prepared_by_id],
        title=f"{report.title}已统计，请核对后请人审核",
        url=reverse("admin:reports_report_change", args=[report.pk]),
        about=report,
        period=str(counting.number),
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.PLANS)
def ask_for_what_is_due(message) -> None:
    """Each plan is a job of its own: one that fails holds no other bureau's report up."""
    at = clock.now()
    owing = dict.fromkeys(due.plan.pk for due in plans.due(on=clock.local_date(at)))
    outbox.put_all(notices.ASK, [{"plan_id": pk} for pk in owing], at=at)


@outbox.handles(notices.ASK)
def ask_for_the_report(message) -> None:
    """A report of the month that is there, however it came, is not asked for again."""
    at = clock.now()
    for due in plans.due(on=clock.local_date(at), pk=message.payload["plan_id"]):
        _ask(due, at=at)


def _ask(due: plans.Due, *, at: datetime) -> None:
    plan, today = due.plan, clock.local_date(at)
    keeper = plans.keeper_on(plan, today)
    if keeper is None:
        send(
            notice=notices.NO_KEEPER,
            to=people_in(plan.organ_id, Can.APPROVE_TOTALS, on=today),
            title=f"{plan}：编制人已离岗，请重新设定",
            url=reverse("admin:reports_reportplan_change", args=[plan.pk]),
            about=plan,
            period=due.first.isoformat(),
            by=SENDER,
            at=at,
        )
        return
    by = actor_of(keeper, user=keeper.user)
    title = plans.title_of(due.first)
    prepare_report(title=title, period_from=due.first, period_to=due.last, by=by, at=at)


@outbox.handles(notices.TELL)
def tell_that_it_is_final(message) -> None:
    """Both persons, once."""
    report = Report.objects.select_related("document").get(pk=message.payload["report_id"])
    send(
        notice=notices.FINAL,
        to=[report.prepared_by_id, report.reviewed_by_id],
        title=f"{report.title}已定稿（{report.document.number}），可下载 PDF、Word 和 Excel",
        url=reverse("admin:reports_report_change", args=[report.pk]),
        about=report,
        by=SENDER,
        at=clock.now(),
    )
