"""Registering, changing and closing organs."""

from __future__ import annotations

from datetime import date, datetime

from foundation.accounts import events, rules
from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from foundation.accounts.queries import posts_in_force_at
from foundation.audit.record import record
from foundation.core import constraints
from foundation.core.actor import Actor
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import lies_in

CHANGEABLE = ("name", "short_name", "document_word", "report_phone", "report_mailbox")


@operation
def register_organ(
    *,
    by: Actor,
    at: datetime,
    jurisdiction: Jurisdiction,
    kind: OrganKind,
    name: str,
    division: Division | None = None,
    parent: Organ | None = None,
    short_name: str = "",
    document_word: str = "",
    report_phone: str = "",
    report_mailbox: str = "",
) -> Organ:
    """Add a bureau, department, town, bank or school. Raises NotAllowed, and InvalidInput for a second of the name."""
    organ = Organ(
        jurisdiction=jurisdiction,
        kind=kind,
        name=name.strip(),
        division=division,
        parent=parent,
        short_name=short_name,
        document_word=document_word,
        report_phone=report_phone,
        report_mailbox=report_mailbox,
    )
    authorize(by, rules.can_manage_organ, organ)
    if division is not None and not lies_in(division, jurisdiction):
        raise InvalidInput("所在区划不在该管辖单位范围内。", fields={"division": ["请选择本辖区的区划。"]})
    constraints.insert(organ)
    record(events.ORGAN_REGISTERED, subject=organ, by=by, at=at, changes={"name": ["", organ.name]})
    return organ


@operation
def change_organ(*, by: Actor, at: datetime, organ: Organ, reason: str = "", **given: str) -> Organ:
    """Correct names, document word and contacts. Kind and jurisdiction stay: another organ is a new row."""
    if unknown := set(given) - set(CHANGEABLE):
        raise TypeError(f"not changeable: {sorted(unknown)}")
    organ = lock(Organ, organ.pk)
    authorize(by, rules.can_manage_organ, organ)
    for field, value in given.items():
        setattr(organ, field, value.strip())
    if changes := constraints.update(organ, *given):
        record(events.ORGAN_CHANGED, subject=organ, by=by, at=at, changes=changes, reason=reason)
    return organ


@operation
def close_organ(*, by: Actor, at: datetime, organ: Organ, closed_on: date, reason: str) -> Organ:
    """Close an organ from a day on. Raises InvalidInput while posts in it run on after that day."""
    organ = lock(Organ, organ.pk)
    authorize(by, rules.can_manage_organ, organ)
    if organ.closed_on is not None:
        raise InvalidInput(f"该单位已于{organ.closed_on}撤销。", code="closed")
    if count := posts_in_force_at(organ, closed_on):
        raise InvalidInput(f"该单位还有{count}个岗位任期晚于{closed_on}，请先由安全管理员终止。", code="posts_in_force")
    organ.closed_on = closed_on
    changes = constraints.update(organ, "closed_on")
    record(events.ORGAN_CLOSED, subject=organ, by=by, at=at, changes=changes, reason=reason)
    return organ
