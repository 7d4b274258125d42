"""Figures of the rules: proposed by one person with its source, approved by another, from a day on."""

from __future__ import annotations

from datetime import date, datetime

from alerts import events, rules
from alerts.models import Threshold
from alerts.queries import home_of
from contracts.deciding import decided
from contracts.workflow import APPROVE_LIMIT, REFUSE_LIMIT
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation


@operation
def propose_threshold(
    *, code: str, value: int, effective_from: date, source: str, by: Actor, at: datetime
) -> Threshold:
    """A figure for the own bureau's place and below, from today or a later day on; nothing changes until it is agreed.

    Raises NotAllowed, InvalidInput (a day in the past, no source).
    """
    authorize(by, rules.can_propose_thresholds)
    if effective_from < local_date(at):
        raise invalid("effective_from", "施行起不能早于今天。")
    need_words(source, "source", "请写明依据。")
    facts = {"code": code, "value": value, "effective_from": effective_from, "source": source.strip()}
    who = {"jurisdiction_id": home_of(by), "set_by_id": by.user_id, "set_at": at, "state_at": at}
    row = insert(Threshold(**who, **facts))
    record(events.THRESHOLD_PROPOSED, subject=row, by=by, at=at, changes=_shown(row), reason=row.source)
    return row


@operation
def approve_threshold(*, threshold: Threshold, remark: str = "", by: Actor, at: datetime) -> Threshold:
    """Another person lets it hold; the past keeps its own.

    Raises NotAllowed (the proposer above all), IllegalTransition, Conflict (its first day is over), InvalidInput (that
    day has a figure already).
    """
    row = lock(Threshold, threshold.pk)
    authorize(by, rules.can_decide_threshold, row)
    fields = decided(row, APPROVE_LIMIT, remark, by, at)
    if row.effective_from < local_date(at):
        raise Conflict(f"施行日{row.effective_from}已过，请不批准后重新提出。", code="threshold_too_late")
    update(row, *fields)
    record(events.THRESHOLD_SET, subject=row, by=by, at=at, changes=_shown(row), reason=row.remark or row.source)
    return row


@operation
def refuse_threshold(*, threshold: Threshold, remark: str, by: Actor, at: datetime) -> Threshold:
    """Another person says no, and why. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(Threshold, threshold.pk)
    authorize(by, rules.can_decide_threshold, row)
    need_words(remark, "remark", "请写明不批准的理由。")
    changes = update(row, *decided(row, REFUSE_LIMIT, remark, by, at))
    record(events.THRESHOLD_REFUSED, subject=row, by=by, at=at, changes=changes, reason=row.remark)
    return row


def _shown(row: Threshold) -> dict[str, list]:
    return {"value": [None, row.value], "effective_from": [None, row.effective_from]}
