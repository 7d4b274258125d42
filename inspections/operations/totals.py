"""Historical totals: one person enters a number from a document, another confirms it."""

from __future__ import annotations

from datetime import date, datetime

from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import Transition, advance
from foundation.notifications.kinds import NoticeKind
from foundation.regions.models import Jurisdiction
from inspections import events, notices, workflow
from inspections.models import HistoricalTotal
from inspections.queries.totals import records_in_period
from inspections.rules import totals as rules

FACTS = ("measure", "period_from", "period_to", "value", "at_least", "source_title", "source_no", "source_on", "remark")


@operation
def enter_total(
    *,
    jurisdiction: Jurisdiction,
    measure: str,
    period_from: date,
    period_to: date,
    value: int,
    source_title: str,
    source_on: date,
    by: Actor,
    at: datetime,
    at_least: bool = False,
    source_no: str = "",
    remark: str = "",
) -> HistoricalTotal:
    """Enter what a document says of a period (both days included); it counts once another person confirmed it.

    Raises NotAllowed, InvalidInput (a period that has not ended, or overlaps one of the same measure and bureau).
    """
    authorize(by, rules.can_enter_total, jurisdiction)
    total = HistoricalTotal(
        jurisdiction=jurisdiction,
        measure=measure,
        period_from=period_from,
        period_to=period_to,
        value=value,
        at_least=at_least,
        source_title=source_title.strip(),
        source_no=source_no.strip(),
        source_on=source_on,
        remark=remark.strip(),
        state_at=at,
        entered_by_id=by.user_id,
        entered_at=at,
    )
    _refuse_future(total, at)
    insert(total)
    changes = {"measure": [None, measure], "value": [None, value], "period_from": [None, period_from]}
    record(events.TOTAL_ENTERED, subject=total, by=by, at=at, changes=changes | {"period_to": [None, period_to]})
    _tell(total, notices.TOTAL_TO_DECIDE, at)
    return total


@operation
def resubmit_total(*, total: HistoricalTotal, facts: dict[str, object], by: Actor, at: datetime) -> HistoricalTotal:
    """Correct a total that was sent back and submit it again; whoever corrects it becomes the one who entered it.

    Raises NotAllowed, IllegalTransition, InvalidInput as for entering.
    """
    row = lock(HistoricalTotal, total.pk)
    authorize(by, rules.can_change_total, row)
    fields = advance(row, workflow.RESUBMIT_TOTAL, at=at)
    for name in FACTS:
        if name in facts:
            setattr(row, name, facts[name])
    _refuse_future(row, at)
    row.entered_by_id, row.entered_at = by.user_id, at
    row.decided_by_id, row.decision_remark, row.records_then = None, "", None
    changes = update(row, *fields, *FACTS, "entered_by", "entered_at", "decided_by", "decision_remark", "records_then")
    record(events.TOTAL_CORRECTED, subject=row, by=by, at=at, changes=changes)
    _tell(row, notices.TOTAL_TO_DECIDE, at)
    return row


@operation
def confirm_total(*, total: HistoricalTotal, by: Actor, at: datetime, remark: str = "") -> HistoricalTotal:
    """Let a total count beside the records; how many records there were for its period is kept with it.

    Raises NotAllowed (the one who entered it, another area), IllegalTransition.
    """
    return _decide(total, workflow.CONFIRM_TOTAL, events.TOTAL_CONFIRMED, notices.TOTAL_CONFIRMED, remark, by, at)


@operation
def return_total(*, total: HistoricalTotal, remark: str, by: Actor, at: datetime) -> HistoricalTotal:
    """Send a total back to be corrected. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    return _decide(total, workflow.RETURN_TOTAL, events.TOTAL_RETURNED, notices.TOTAL_RETURNED, remark, by, at)


@operation
def withdraw_total(*, total: HistoricalTotal, reason: str, by: Actor, at: datetime) -> HistoricalTotal:
    """Give a total up that nobody confirmed. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(HistoricalTotal, total.pk)
    authorize(by, rules.can_change_total, row)
    fields = advance(row, workflow.WITHDRAW_TOTAL, at=at)
    return _void(row, fields, events.TOTAL_WITHDRAWN, reason, by, at)


@operation
def void_total(*, total: HistoricalTotal, reason: str, by: Actor, at: datetime) -> HistoricalTotal:
    """Let a confirmed total count no more; it stays to be read, and its period is free for a right one.

    Raises NotAllowed (the one who entered it, another area), IllegalTransition, InvalidInput (no reason).
    """
    row = lock(HistoricalTotal, total.pk)
    authorize(by, rules.can_decide_total, row)
    fields = advance(row, workflow.VOID_TOTAL, at=at)
    _void(row, fields, events.TOTAL_VOIDED, reason, by, at)
    _tell(row, notices.TOTAL_VOIDED, at)
    return row


def _decide(
    total: HistoricalTotal,
    step: Transition,
    event: EventKind,
    notice: NoticeKind,
    remark: str,
    by: Actor,
    at: datetime,
) -> HistoricalTotal:
    row = lock(HistoricalTotal, total.pk)
    authorize(by, rules.can_decide_total, row)
    fields = advance(row, step, at=at)
    found = records_in_period(row)
    row.decided_by_id, row.decision_remark = by.user_id, remark.strip()
    row.records_then = found.records if found else None
    changes = update(row, *fields, "decided_by", "decision_remark", "records_then")
    record(event, subject=row, by=by, at=at, changes=changes, reason=row.decision_remark)
    _tell(row, notice, at)
    return row


def _void(
    row: HistoricalTotal, fields: list[str], event: EventKind, reason: str, by: Actor, at: datetime
) -> HistoricalTotal:
    row.void_reason = reason.strip()
    if not row.void_reason:
        raise InvalidInput("请填写作废理由。", code="reason", fields={"reason": ["请填写作废理由。"]})
    changes = update(row, *fields, "void_reason")
    record(event, subject=row, by=by, at=at, changes=changes, reason=row.void_reason)
    return row


def _refuse_future(total: HistoricalTotal, at: datetime) -> None:
    if total.period_to >= local_date(at):
        text = "历史汇总的期间必须已经结束；今天及以后的请逐条登记。"
        raise InvalidInput(text, code="period", fields={"period_to": [text]})


def _tell(total: HistoricalTotal, notice: NoticeKind, at: datetime) -> None:
    outbox.put(notices.TOTAL_MOVED, at=at, total_id=total.pk, notice=notice.code, moved_at=at.isoformat())
