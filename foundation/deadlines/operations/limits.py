"""Setting statutory limits from a day on, and keeping their clause text."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from foundation.audit import record as audit
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock, lock_all
from foundation.core.operation import authorize, operation
from foundation.regions.models import Jurisdiction

from .. import events, rules
from ..models import LimitRule


@operation
def set_limit(
    *,
    code: str,
    name: str,
    jurisdiction: Jurisdiction | None,
    amount: int,
    unit: str,
    rolls_over: bool,
    clause: str,
    remark: str,
    effective_from: date,
    by: Actor,
    at: datetime,
) -> LimitRule:
    """Let a limit hold in a place from a day on; the one that held there ends the day before.

    What runs already keeps the limit that it was started under. Raises InvalidInput when a later one is set already.
    """
    places = LimitRule.objects.filter(code=code, jurisdiction=jurisdiction, effective_to__isnull=True)
    held = next(iter(lock_all(LimitRule, places.values_list("pk", flat=True))), None)
    new = LimitRule(
        code=code,
        name=name,
        jurisdiction=jurisdiction,
        amount=amount,
        unit=unit,
        rolls_over=rolls_over,
        clause=clause,
        remark=remark,
        effective_from=effective_from,
    )
    authorize(by, rules.can_change_limit, new)
    if not clause.strip():
        raise InvalidInput("请写明依据条文。", code="clause_missing", fields={"clause": ["请写明依据条文。"]})
    if held is not None:
        _end(held, before=effective_from)
    insert(new)
    changes = {"amount": [held and [held.amount, held.unit], [amount, unit]], "effective_from": [None, effective_from]}
    audit.record(events.LIMIT_SET, subject=new, by=by, at=at, changes=changes, reason=remark)
    return new


def _end(held: LimitRule, *, before: date) -> None:
    if before <= held.effective_from:
        raise InvalidInput(f"现行规定自 {held.effective_from} 起施行，新规定应晚于这一天。", code="limit_not_later")
    held.effective_to = before - timedelta(days=1)
    update(held, "effective_to")


@operation
def amend_limit_text(
    *, limit: LimitRule, name: str, clause: str, remark: str, needs_review: bool, by: Actor, at: datetime
) -> LimitRule:
    """Correct the name, clause or remark of a limit, or note that it has been checked; the length stays as it is."""
    limit = lock(LimitRule, limit.pk)
    authorize(by, rules.can_change_limit, limit)
    if not needs_review and not clause.strip():
        raise InvalidInput("核实后应写明依据条文。", code="clause_missing", fields={"clause": ["请写明依据条文。"]})
    limit.name, limit.clause, limit.remark, limit.needs_review = name, clause, remark, needs_review
    changes = update(limit, "name", "clause", "remark", "needs_review")
    if changes:
        audit.record(events.LIMIT_TEXT_AMENDED, subject=limit, by=by, at=at, changes=changes)
    return limit
