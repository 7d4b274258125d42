"""A bureau's own fee limits: proposed by one person with a reason, approved by another, from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contracts import events, notices, rules, workflow
from contracts.deciding import decided
from contracts.enums import MEASURES, LimitCode, ProposalState
from contracts.models import ContractLimit
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions.models import Jurisdiction


@dataclass(frozen=True)
class Wanted:
    """What a bureau wants to hold; the value in the limit's own measure (fen, minutes of the day, months …)."""

    code: str
    value: int
    effective_from: date
    source: str
    category: str = ""
    delivery: str = ""
    minutes: int | None = None
    pupils_up_to: int | None = None


@operation
def propose_limit(*, jurisdiction: Jurisdiction, wanted: Wanted, reason: str, by: Actor, at: datetime) -> ContractLimit:
    """Say what shall hold in a place from a day on, and why. Raises NotAllowed, InvalidInput (no reason or source)."""
    row = ContractLimit(
        jurisdiction=lock(Jurisdiction, jurisdiction.pk),
        **wanted.__dict__,
        measure=MEASURES[LimitCode(wanted.code)],
        reason=reason.strip(),
        proposed_by_id=by.user_id,
        state_at=at,
    )
    authorize(by, rules.can_propose_limit, row)
    need_words(reason, "reason", "请写明变更的理由。")
    need_words(wanted.source, "source", "请写明依据的文件和条款。")
    insert(row)
    record(events.LIMIT_PROPOSED, subject=row, by=by, at=at, changes=_shown(row), reason=row.reason)
    return row


@operation
def approve_limit(*, limit: ContractLimit, remark: str = "", by: Actor, at: datetime) -> ContractLimit:
    """Another person lets it hold; the one that held there ends the day before.

    Raises NotAllowed, IllegalTransition, Conflict (a later one holds already).
    """
    row = lock(ContractLimit, limit.pk)
    authorize(by, rules.can_decide_limit, row)
    fields = decided(row, workflow.APPROVE_LIMIT, remark, by, at)
    _end_former(row)
    update(row, *fields)
    record(events.LIMIT_APPROVED, subject=row, by=by, at=at, changes=_shown(row), reason=row.remark or row.reason)
    outbox.put(notices.LIMIT_SET, at=at, limit_id=row.pk)
    return row


@operation
def refuse_limit(*, limit: ContractLimit, remark: str, by: Actor, at: datetime) -> ContractLimit:
    """Another person says no, and why. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(ContractLimit, limit.pk)
    authorize(by, rules.can_decide_limit, row)
    need_words(remark, "remark", "请写明不批准的理由。")
    changes = update(row, *decided(row, workflow.REFUSE_LIMIT, remark, by, at))
    record(events.LIMIT_REFUSED, subject=row, by=by, at=at, changes=changes, reason=row.remark)
    return row


def _shown(row: ContractLimit) -> dict[str, list]:
    return {"value": [None, row.words], "effective_from": [None, row.effective_from]}


def _end_former(row: ContractLimit) -> None:
    same = {name: getattr(row, name) for name in ("code", "jurisdiction_id", "category", "delivery", "pupils_up_to")}
    held = ContractLimit.objects.filter(**same, state=ProposalState.APPROVED, effective_to__isnull=True).first()
    if held is None:
        return
    held = lock(ContractLimit, held.pk)
    if row.effective_from <= held.effective_from:
        raise Conflict(f"现行规定自 {held.effective_from} 起施行，新规定应晚于这一天。", code="limit_not_later")
    held.effective_to = row.effective_from - timedelta(days=1)
    update(held, "effective_to")
