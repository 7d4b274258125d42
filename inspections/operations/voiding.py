"""A draw is undone only in the open: one asks with a reason, another agrees, both draws stay public."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import update
from foundation.core.errors import Conflict, IllegalTransition, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from inspections import events, notices, workflow
from inspections.models import Draw
from inspections.rules import draws as rules


@operation
def ask_void(*, draw: Draw, reason: str, by: Actor, at: datetime) -> Draw:
    """Ask for a frozen or drawn draw to be voided; until somebody else has decided nothing else happens to it.

    Raises NotAllowed (also when it is asked for already), IllegalTransition, InvalidInput (no reason).
    """
    row = lock(Draw, draw.pk)
    authorize(by, rules.can_run_draw, row)
    if not workflow.VOID_DRAW.starts_from(row.state):
        raise IllegalTransition(f"当前状态为“{row.get_state_display()}”，不能申请作废。请刷新页面查看最新进展。")
    authorize(by, rules.can_ask_void, row)
    need_words(reason, "reason", "请写明作废理由。")
    row.void_reason, row.void_asked_by_id, row.void_remark = reason.strip(), by.user_id, ""
    changes = update(row, "void_reason", "void_asked_by", "void_remark")
    record(events.DRAW_VOID_ASKED, subject=row, by=by, at=at, changes=changes, reason=row.void_reason)
    outbox.put(notices.DRAW_MOVED, at=at, draw_id=row.pk, notice=notices.DRAW_VOID_TO_AGREE.code, asked=str(at))
    return row


@operation
def agree_void(*, draw: Draw, by: Actor, at: datetime, remark: str = "") -> Draw:
    """Void the draw: it stays public with its reason, and may be drawn anew once.

    Raises NotAllowed (who asked, another area), IllegalTransition, Conflict (nobody asks any more).
    """
    row = lock(Draw, draw.pk)
    _refuse_unasked(row)
    authorize(by, rules.can_judge_void, row)
    fields = advance(row, workflow.VOID_DRAW, at=at)
    row.void_agreed_by_id, row.void_remark = by.user_id, remark
    changes = update(row, *fields, "void_agreed_by", "void_remark")
    record(events.DRAW_VOIDED, subject=row, by=by, at=at, changes=changes, reason=row.void_reason)
    outbox.put(
        notices.DRAW_MOVED,
        at=at,
        draw_id=row.pk,
        notice=notices.DRAW_VOID_AGREED.code,
        asked=str(at),
        to=row.void_asked_by_id,
    )
    return row


@operation
def refuse_void(*, draw: Draw, remark: str, by: Actor, at: datetime) -> Draw:
    """The draw stands. Raises NotAllowed, InvalidInput (no reason), Conflict (nobody asks any more)."""
    row = lock(Draw, draw.pk)
    _refuse_unasked(row)
    authorize(by, rules.can_judge_void, row)
    need_words(remark, "remark", "请写明不同意的理由。")
    asker = row.void_asked_by_id
    row.void_reason, row.void_asked_by_id, row.void_remark = "", None, remark.strip()
    changes = update(row, "void_reason", "void_asked_by", "void_remark")
    record(events.DRAW_VOID_REFUSED, subject=row, by=by, at=at, changes=changes, reason=row.void_remark)
    outbox.put(
        notices.DRAW_MOVED,
        at=at,
        draw_id=row.pk,
        notice=notices.DRAW_VOID_NOT_AGREED.code,
        asked=str(at),
        to=asker,
    )
    return row


def _refuse_unasked(row: Draw) -> None:
    if row.void_asked_by_id is None or row.void_agreed_by_id is not None:
        raise Conflict("没有待审核的作废申请，请刷新页面。", code="void_not_asked")
