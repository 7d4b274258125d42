"""暂停核拨: set and ended by the bureau's leaders, with a reason and a last day."""

from __future__ import annotations

from datetime import date, datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, invalid
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from institutions.models import Institution
from payouts import events, queries, rules
from payouts.models import Hold
from payouts.moving import need_reason


@operation
def hold_releases(*, institution: Institution, until_on: date, reason: str, by: Actor, at: datetime) -> Hold:
    """From today nothing is released to an institution, until a day.

    Raises NotAllowed, InvalidInput, Conflict (it is held already: another last day needs the first hold ended).
    """
    home = lock(Institution, institution.pk)
    authorize(by, rules.can_hold, home)
    words, today = need_reason(reason, "请写明暂停核拨的理由。"), local_date(at)
    if until_on < today:
        raise invalid("until_on", "暂停止不能早于今天。")
    if held := queries.hold_on(home, on=today):
        raise Conflict(f"该机构已暂停核拨至{held.until_on}；要改期限的，请先恢复。", code="held_already")
    row = Hold(institution=home, from_on=today, until_on=until_on, reason=words, set_by_id=by.user_id, set_at=at)
    insert(row)
    changes = {"until_on": [None, until_on]}
    record(events.HOLD_SET, subject=row, by=by, at=at, changes=changes, reason=words)
    return row


@operation
def end_hold(*, hold: Hold, reason: str, by: Actor, at: datetime) -> Hold:
    """Releases go on before the last day. Raises NotAllowed, Conflict (over already), InvalidInput (no reason)."""
    row = lock(Hold, hold.pk)
    authorize(by, rules.can_end_hold, row)
    if row.ended_at is not None or row.until_on < local_date(at):
        raise Conflict("这次暂停已经结束。", code="over")
    row.ended_at, row.ended_by_id, row.end_reason = at, by.user_id, need_reason(reason, "请写明恢复的理由。")
    changes = update(row, "ended_at", "ended_by", "end_reason")
    record(events.HOLD_ENDED, subject=row, by=by, at=at, changes=changes, reason=row.end_reason)
    return row
