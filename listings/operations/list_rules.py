"""Setting what a list asks for, from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock_all
from foundation.core.operation import authorize, operation
from foundation.regions.models import Jurisdiction
from listings import events, rules
from listings.models import ListRule


@operation
def set_list_rule(
    *,
    kind: str,
    jurisdiction: Jurisdiction | None,
    effective_from: date,
    facts: Mapping[str, object],
    by: Actor,
    at: datetime,
) -> ListRule:
    """Let a list follow a rule in a place from a day on; the one that held there ends the day before.

    What was proposed already keeps its own. Raises NotAllowed, InvalidInput (a later rule is there already; a list
    that hurts, published without a hearing).
    """
    places = ListRule.objects.filter(kind=kind, jurisdiction=jurisdiction, effective_to__isnull=True)
    held = next(iter(lock_all(ListRule, places.values_list("pk", flat=True))), None)
    authorize(by, rules.can_set_rule, jurisdiction)
    if held is not None:
        if effective_from <= held.effective_from:
            message = f"现行规则自 {held.effective_from} 起施行，新规则应晚于这一天。"
            raise InvalidInput(message, code="rule_not_later", fields={"effective_from": [message]})
        held.effective_to = effective_from - timedelta(days=1)
        update(held, "effective_to")
    new = insert(ListRule(kind=kind, jurisdiction=jurisdiction, effective_from=effective_from, **facts))
    changes = {"kind": [None, kind], "effective_from": [None, effective_from]}
    changes |= {name: [getattr(held, name) if held else None, value] for name, value in facts.items()}
    record(events.RULE_SET, subject=new, by=by, at=at, changes=changes)
    return new
