"""Saying which visit looked into a clue."""

from __future__ import annotations

from datetime import datetime

from clues.models import Clue
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from inspections.models import Visit
from matters import events, queries, rules
from matters.models import ClueVisit


@operation
def link_check(*, clue: Clue, visit: Visit, by: Actor, at: datetime) -> ClueVisit:
    """Join a visit to the clue that it looked into; from the visit's side nobody sees that.

    Raises NotAllowed, InvalidInput (a visit elsewhere, before the clue, voided or joined already).
    """
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_link_check, row)
    if not queries.checks_for(row, by).filter(pk=visit.pk).exists():
        message = "请选择线索之后、对同一对象的检查记录。"
        raise InvalidInput(message, code="visit", fields={"visit": [message]})
    link = insert(ClueVisit(clue=row, visit=visit, linked_by_id=by.user_id, linked_at=at))
    record(events.CHECK_LINKED, subject=row, by=by, at=at, changes={"check_visits": [None, visit.number]})
    return link
