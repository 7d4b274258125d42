"""Asking for an entry's removal: the step that a mistake and a repair that a visit confirmed have in common."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import update
from foundation.core.errors import need_words
from foundation.core.workflow import advance

from . import events, notices, workflow
from .models import ListEntry
from .telling import tell_later


def take_off(row: ListEntry, reason: str, ground: str, *, by: Actor, at: datetime) -> ListEntry:
    """The step itself, on a locked row; inside an operation."""
    need_words(reason, "reason", "请填写移出事由。")
    fields = advance(row, workflow.PROPOSE_REMOVAL, at=at)
    row.removal_ground, row.removal_reason, row.removal_proposed_by_id = ground, reason.strip(), by.user_id
    row.removal_decided_by_id, row.removal_remark = None, ""
    asked = ("removal_ground", "removal_reason", "removal_proposed_by", "removal_decided_by", "removal_remark")
    changes = update(row, *fields, *asked)
    record(events.REMOVAL_PROPOSED, subject=row, by=by, at=at, changes=changes, reason=reason)
    tell_later(row, notices.REMOVAL_PROPOSED, at)
    return row
