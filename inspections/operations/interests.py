"""Declaring an interest in an institution (回避), and ending the declaration."""

from __future__ import annotations

from datetime import date, datetime

from foundation.accounts.models import User
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from inspections import events
from inspections.models import InterestDeclaration
from inspections.rules import draws as rules
from institutions.models import Institution


@operation
def declare_interest(
    *,
    person: User,
    institution: Institution,
    reason: str,
    since: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
) -> InterestDeclaration:
    """A person must not check an institution, from a day until a day (inclusive; None: until it is ended).

    By the person, or by whoever plans draws or manages supervisors there. Raises NotAllowed, InvalidInput (no reason,
    an end before the beginning, declared already).
    """
    authorize(by, rules.can_declare_for, institution, person)
    row = insert(
        InterestDeclaration(
            person=person,
            institution=institution,
            reason=reason.strip(),
            since=since,
            until=until,
            declared_by_id=by.user_id,
            declared_at=at,
        )
    )
    changes = {"person": [None, person.name], "since": [None, since], "until": [None, until]}
    record(events.INTEREST_DECLARED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def end_interest(*, interest: InterestDeclaration, by: Actor, at: datetime) -> InterestDeclaration:
    """The interest is over: today is its last day. Raises NotAllowed, Conflict (it is over already)."""
    row = lock(InterestDeclaration, interest.pk)
    authorize(by, rules.can_end_interest, row)
    last = max(local_date(at), row.since)
    if row.until is not None and row.until <= last:
        raise Conflict(f"该申报已于{row.until}结束。", code="ended")
    row.until = last
    changes = update(row, "until")
    record(events.INTEREST_ENDED, subject=row, by=by, at=at, changes=changes)
    return row
