"""Lessons taken are told to the guardian; confirmed, or not disputed in time, they are earned in the books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from contracts.models import Contract
from foundation.accounts.links import can_answer
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import Conflict, invalid
from foundation.core.locking import lock, lock_all
from foundation.core.operation import authorize, operation
from foundation.core.workflow import Transition, advance
from ledger.enums import Kind
from payouts import events, notices, rules, workflow
from payouts.doors import contract_opened_by
from payouts.enums import ConfirmedBy, ConsumptionState
from payouts.models import ConsumedLesson, Consumption
from payouts.moving import Move, hold_accounts, money_of, moved, need_reason
from payouts.pricing import worth
from payouts.queries import lessons_to_tell, silent_until, taken_before


@operation
def propose_lessons(*, contract: Contract, up_to: date, by: Actor, at: datetime) -> Consumption:
    """Tell the guardian of all lessons taken until a day that were not told yet; the days of silence begin.

    Raises NotAllowed, InvalidInput (a day to come, no such lessons), Conflict (no money was deposited).
    """
    row = lock(Contract, contract.pk)
    authorize(by, rules.can_keep, row)
    if up_to > local_date(at):
        raise invalid("up_to", "截止日期不能晚于今天。")
    money_of(row)
    lessons = list(lessons_to_tell(row, up_to=up_to))
    if not lessons:
        raise invalid("up_to", "到这一天为止没有新的上课记录。", code="no_lessons")
    taken = sum(lesson.lessons for lesson in lessons)
    told = insert(
        Consumption(
            contract=row,
            lessons=taken,
            amount_fen=worth(row.total_fen, row.lessons, taken_before=taken_before(row), taken=taken),
            first_on=lessons[0].held_on,
            last_on=lessons[-1].held_on,
            state_at=at,
            proposed_by_id=by.user_id,
            told_on=local_date(at),
        )
    )
    insert_all(ConsumedLesson(lesson=lesson, consumption=told) for lesson in lessons)
    changes = {"lessons": [None, taken], "amount_fen": [None, told.amount_fen]}
    record(events.LESSONS_PROPOSED, subject=told, by=by, at=at, changes=changes)
    outbox.put(notices.LESSONS_TOLD, at=at, consumption_id=told.pk, last=False)
    return told


@operation
def note_reached(*, consumption: Consumption, by: Actor, at: datetime, remark: str = "") -> Consumption:
    """The guardian has the notice: its text went out, or it was handed over. From here on silence counts.

    What was noted or answered before stays as it is. Raises NotAllowed.
    """
    row = lock(Consumption, consumption.pk)
    authorize(by, rules.can_note_reached, row)
    if row.reached_on is not None or row.state != ConsumptionState.PROPOSED:
        return row
    row.reached_on = max(local_date(at), row.told_on)
    changes = update(row, "reached_on")
    record(events.LESSONS_REACHED, subject=row, by=by, at=at, changes=changes, reason=remark.strip())
    return row


@operation
def confirm_lessons(*, consumption: Consumption, by: Actor, at: datetime, remark: str = "") -> Consumption:
    """The guardian said yes to an officer. Raises NotAllowed, IllegalTransition, InvalidInput (more than was paid)."""
    hold_accounts([consumption.contract.institution_id])
    row = lock(Consumption, consumption.pk)
    authorize(by, rules.can_keep_lessons, row)
    return _earn([row], workflow.CONFIRM, ConfirmedBy.GUARDIAN, remark.strip(), by, at)[0]


@operation
def uphold_lessons(*, consumption: Consumption, reason: str, by: Actor, at: datetime) -> Consumption:
    """What was disputed was looked into, and stands. Raises as ``confirm_lessons`` does, InvalidInput (no reason)."""
    hold_accounts([consumption.contract.institution_id])
    row = lock(Consumption, consumption.pk)
    authorize(by, rules.can_keep_lessons, row)
    words = need_reason(reason, "请写明怎样核实的。")
    return _earn([row], workflow.UPHOLD, ConfirmedBy.BUREAU, words, by, at)[0]


@operation
def confirm_silent(*, consumptions: Sequence[Consumption], by: Actor, at: datetime) -> list[Consumption]:
    """Nobody objected within the days of silence: confirmed, all or none.

    Raises NotAllowed, Conflict (too early; the guardian was not reached).
    """
    hold_accounts({one.contract.institution_id for one in consumptions})
    rows = lock_all(Consumption, [one.pk for one in consumptions])
    for row in rows:
        authorize(by, rules.can_confirm, row)
        if (last := silent_until(row)) is None:
            raise Conflict("告知还没有送达家长，不能视为确认。", code="not_reached")
        if local_date(at) <= last:
            raise Conflict(f"家长可在{last}（含当日）前提出异议，还不能视为确认。", code="too_early")
    return _earn(rows, workflow.CONFIRM, ConfirmedBy.SILENCE, "", by, at)


@operation
def answer_by_link(*, code: str, replies: Mapping[int, bool], text: str, by: Actor, at: datetime) -> list[Consumption]:
    """The guardian itself says of each consumption whether it was so, with the code of its slip or
    phone (``code``: its hash).

    What no longer waits stays as it is, so the same answer again changes nothing. Raises NotAllowed (somebody who is
    logged in), Conflict (no such code, or no more), InvalidInput (an objection without words).
    """
    authorize(by, can_answer)
    contract = contract_opened_by(code, at=at)
    known = contract.consumptions.filter(pk__in=replies, state=ConsumptionState.PROPOSED).values_list("pk", flat=True)
    rows = lock_all(Consumption, known)
    for row in rows:
        row.by_link = True
        if not replies[row.pk]:
            _say(row, workflow.DISPUTE, events.LESSONS_DISPUTED, text, by, at)
            outbox.put(notices.DISPUTED_BY_GUARDIAN, at=at, consumption_id=row.pk)
    _earn([row for row in rows if replies[row.pk]], workflow.CONFIRM, ConfirmedBy.GUARDIAN, "", by, at)
    return rows


def _earn(
    rows: Sequence[Consumption], step: Transition, how: ConfirmedBy, remark: str, by: Actor, at: datetime
) -> list[Consumption]:
    """Advance and post, all or none; lessons that are worth nothing (gifts) leave no entry."""
    moves = [
        Move(Kind.CONSUME, money_of(row.contract).purse, row.amount_fen, f"lessons:{row.pk}", "payouts.consumption")
        for row in rows
        if row.amount_fen
    ]
    for row in rows:
        fields = advance(row, step, at=at)
        row.confirmed_by, row.remark = how, remark
        changes = update(row, *fields, "confirmed_by", "by_link", "remark")
        record(events.LESSONS_CONFIRMED, subject=row, by=by, at=at, changes=changes, reason=remark)
    if moves:
        moved(moves, on=local_date(at), by=by, at=at)
    return list(rows)


@operation
def dispute_lessons(*, consumption: Consumption, reason: str, by: Actor, at: datetime) -> Consumption:
    """The guardian says that it was otherwise. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = _kept(consumption, by)
    return _say(row, workflow.DISPUTE, events.LESSONS_DISPUTED, reason, by, at)


@operation
def cancel_lessons(*, consumption: Consumption, reason: str, by: Actor, at: datetime) -> Consumption:
    """It was wrong: its lessons may be told anew. Raises as ``dispute_lessons`` does."""
    row = _kept(consumption, by)
    _say(row, workflow.CANCEL, events.LESSONS_CANCELLED, reason, by, at)
    ConsumedLesson.objects.filter(consumption=row).delete()
    return row


def _kept(consumption: Consumption, by: Actor) -> Consumption:
    row = lock(Consumption, consumption.pk)
    authorize(by, rules.can_keep_lessons, row)
    return row


def _say(row: Consumption, step: Transition, kind, reason: str, by: Actor, at: datetime) -> Consumption:
    fields = advance(row, step, at=at)
    row.remark = need_reason(reason)
    record(kind, subject=row, by=by, at=at, changes=update(row, *fields, "by_link", "remark"), reason=row.remark)
    return row
