"""What is reminded of in payouts: the clocks of refunds, and texts to those whose silence is about to count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from foundation.core import outbox
from foundation.core.models import OutboxMessage
from foundation.core.money import yuan
from foundation.deadlines.calendars import WorkingCalendar
from foundation.notifications.clocks import remind_of_clocks
from foundation.notifications.daily import declare
from foundation.notifications.registry import Reminder, Words

from . import clocks, notices, queries, rules
from .enums import ConsumptionState, RefundState
from .models import Consumption, Refund

HOUR = time(9, 10)
LAST_DAYS = "payouts.last_days"
ANSWER_DUE = "payouts.answer_due"


def _nobody() -> tuple[int, ...]:
    """Nobody with an account: the number is read when the text goes out."""
    return ()


def _promised(prefix: str, ids: Iterable[int]) -> set[tuple[int, str]]:
    """(row, stage) of those that were texted already: the stage is the key of its promise."""
    keys = {f"{prefix}:{pk}": pk for pk in ids}
    there = OutboxMessage.objects.filter(key__in=list(keys)).values_list("key", flat=True)
    return {(keys[key], key) for key in there}


# -- lessons that a guardian has not confirmed --
def _waiting(until: date) -> QuerySet[Consumption]:
    rows = Consumption.objects.filter(state=ConsumptionState.PROPOSED, reached_on__lte=until - timedelta(days=1))
    return rows.select_related("contract__jurisdiction")


def _lessons_stage(row: Consumption, on: date, along: WorkingCalendar) -> str:
    return f"{LAST_DAYS}:{row.pk}" if queries.is_nearly_silent(row, on=on, along=along) else ""


def _lessons_words(row: Consumption, on: date, along: WorkingCalendar) -> Words | None:
    if row.state != ConsumptionState.PROPOSED:
        return None
    return Words(title=f"{row.contract} {row.lessons}课时{yuan(row.amount_fen)}元待家长确认", to=_nobody)


def _promise_lessons(row: Consumption, at: datetime) -> None:
    key = f"{LAST_DAYS}:{row.pk}"
    outbox.put(notices.LESSONS_TOLD, at=at, key=key, consumption_id=row.pk, last=True)


# -- refunds that an institution has not answered --
def _asked(until: date) -> QuerySet[Refund]:
    return Refund.objects.filter(state=RefundState.ASKED).select_related("contract__institution")


def _answer_stage(row: Refund, on: date, along: WorkingCalendar) -> str:
    return f"{ANSWER_DUE}:{row.pk}" if queries.is_nearly_unanswered(row, on=on, along=along) else ""


def _answer_words(row: Refund, on: date, along: WorkingCalendar) -> Words | None:
    if row.state != RefundState.ASKED:
        return None
    return Words(title=f"{row.contract} 退费申请{yuan(row.asked_fen)}元待机构答复", to=_nobody)


def _promise_answer(row: Refund, at: datetime) -> None:
    outbox.put(notices.ANSWER_DUE, at=at, key=f"{ANSWER_DUE}:{row.pk}", refund_id=row.pk)


remind_of_clocks(
    "payouts.refunds",
    "退费答复和退回",
    codes=(clocks.ANSWER, clocks.PAYMENT),
    who="机构所在地的资金监管人员，无人则上级",
    legal=True,
)
declare(
    Reminder(
        code=LAST_DAYS,
        label="消课待家长确认（短信）",
        notice=notices.SILENCE_ENDS,
        when=f"默认确认前{queries.WARNED_BEFORE}个工作日，一次",
        who="家长（按合同登记的手机号）",
        at=HOUR,
        rows=_waiting,
        stage=_lessons_stage,
        words=_lessons_words,
        seen_by=rules.can_view,
        unless="届时仍未确认的",
        promise=_promise_lessons,
        told=lambda ids: _promised(LAST_DAYS, ids),
    )
)
declare(
    Reminder(
        code=ANSWER_DUE,
        label="退费申请待机构答复（短信）",
        notice=notices.ANSWER_ENDS,
        when="答复期满前1个工作日，一次",
        who="机构联系人和申请退费的家长",
        at=HOUR,
        rows=_asked,
        stage=_answer_stage,
        words=_answer_words,
        seen_by=rules.can_view,
        unless="届时仍未答复的",
        promise=_promise_answer,
        told=lambda ids: _promised(ANSWER_DUE, ids),
    )
)
