"""Who sent it: asked for by one person, allowed by another for some hours, read on the record, destroyed in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from clues import events, notices, rules, sealing, workflow
from clues.enums import OpeningState, SenderKind
from clues.models import Clue, SenderOpening
from clues.sealing import Sender
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance

LONGEST_HOURS = 8
SHORTEST_PURPOSE = 6


@operation
def ask_for_sender(*, clue: Clue, purpose: str, by: Actor, at: datetime) -> SenderOpening:
    """Ask to read who sent a clue, and say what for. Raises NotAllowed, Conflict (nobody sealed), InvalidInput."""
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_ask_for_sender, row)
    if row.sender != SenderKind.SEALED:
        raise Conflict("这条线索没有可以拆封的反映人信息。", code="no_sender")
    if len(purpose.strip()) < SHORTEST_PURPOSE:
        message = f"请写明为什么必须知道反映人是谁，至少{SHORTEST_PURPOSE}个字。"
        raise InvalidInput(message, code="purpose", fields={"purpose": [message]})
    opening = insert(SenderOpening(clue=row, purpose=purpose.strip(), asked_by_id=by.user_id, asked_at=at, state_at=at))
    record(events.SENDER_ASKED, subject=row, by=by, at=at, reason=opening.purpose)
    outbox.put(notices.OPENING_ASKED, at=at, opening_id=opening.pk)
    return opening


@operation
def allow_opening(*, opening: SenderOpening, hours: int, remark: str = "", by: Actor, at: datetime) -> SenderOpening:
    """Another person allows it for some hours. Raises NotAllowed, IllegalTransition, InvalidInput (too many hours)."""
    row = lock(SenderOpening, opening.pk)
    authorize(by, rules.can_decide_opening, row)
    fields = advance(row, workflow.ALLOW, at=at)
    if not 1 <= hours <= LONGEST_HOURS:
        message = f"有效时间为1至{LONGEST_HOURS}小时。"
        raise InvalidInput(message, code="hours", fields={"hours": [message]})
    row.decided_by_id, row.remark, row.ends_at = by.user_id, remark.strip(), at + timedelta(hours=hours)
    update(row, *fields, "decided_by", "remark", "ends_at")
    changes = {"openings": [OpeningState.ASKED.label, f"{row.get_state_display()}，{hours}小时"]}
    record(events.SENDER_ALLOWED, subject=row.clue, by=by, at=at, changes=changes, reason=row.remark)
    outbox.put(notices.OPENING_DECIDED, at=at, opening_id=row.pk)
    return row


@operation
def refuse_opening(*, opening: SenderOpening, remark: str, by: Actor, at: datetime) -> SenderOpening:
    """Another person says no, and why. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(SenderOpening, opening.pk)
    authorize(by, rules.can_decide_opening, row)
    fields = advance(row, workflow.REFUSE_OPENING, at=at)
    need_words(remark, "remark", "请写明不同意的理由。")
    row.decided_by_id, row.remark = by.user_id, remark.strip()
    update(row, *fields, "decided_by", "remark")
    changes = {"openings": [OpeningState.ASKED.label, row.get_state_display()]}
    record(events.SENDER_REFUSED, subject=row.clue, by=by, at=at, changes=changes, reason=row.remark)
    outbox.put(notices.OPENING_DECIDED, at=at, opening_id=row.pk)
    return row


@operation
def read_sender(*, opening: SenderOpening, by: Actor, at: datetime) -> Sender:
    """Read it; every time is an event. Raises NotAllowed (another's), Conflict (not allowed, over, destroyed)."""
    row = lock(SenderOpening, opening.pk)
    authorize(by, rules.can_read_sender, row)
    if row.ends_at is None or at > row.ends_at:
        raise Conflict("拆封没有获得批准，或已过有效时间，请重新申请。", code="opening_over")
    with sealing.opened(row.clue, scope=by.scope) as sealed:
        sender = sealing.unsealed(sealed)
    record(events.SENDER_READ, subject=row.clue, by=by, at=at, reason=row.purpose)
    return sender


@operation
def destroy_sender(*, clue: Clue, by: Actor, at: datetime) -> Clue:
    """Destroy the key and what lies under it: the retention time is over. Nothing brings it back. Raises NotAllowed."""
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_destroy_sender, row)
    with sealing.opened(row, scope=by.scope) as sealed:
        sealed.key = sealed.name = sealed.contact = ""
        sealed.destroyed_at = at
        update(sealed, "key", "name", "contact", "destroyed_at")
    row.sender = SenderKind.DESTROYED
    record(events.SENDER_DESTROYED, subject=row, by=by, at=at, changes=update(row, "sender"))
    return row
