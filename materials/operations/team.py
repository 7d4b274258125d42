"""审核队伍: named for a term, ended before it is over."""

from __future__ import annotations

from datetime import date, datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions.models import Jurisdiction
from materials import events, rules
from materials.models import Reviewer


@operation
def name_reviewer(
    *,
    jurisdiction: Jurisdiction,
    name: str,
    workplace: str,
    subjects: str,
    since: date,
    until: date,
    by: Actor,
    at: datetime,
) -> Reviewer:
    """Take a person into a bureau's team for a term. Raises NotAllowed, InvalidInput (no name, an odd term)."""
    authorize(by, rules.can_name_reviewer, jurisdiction)
    need_words(name, "name", "请填写姓名。")
    row = insert(
        Reviewer(
            jurisdiction=jurisdiction,
            name=name.strip(),
            workplace=workplace.strip(),
            subjects=subjects.strip(),
            since=since,
            until=until,
        )
    )
    record(events.REVIEWER_NAMED, subject=row, by=by, at=at, changes={"term": [None, f"{since}至{until}"]})
    return row


@operation
def end_reviewer(*, reviewer: Reviewer, reason: str, by: Actor, at: datetime) -> Reviewer:
    """End a term today; what the person reviewed stays. Raises NotAllowed (ended before), InvalidInput (no reason)."""
    row = lock(Reviewer, reviewer.pk)
    authorize(by, rules.can_end_reviewer, row)
    need_words(reason, "reason", "请写明终止的事由。")
    row.ended_on = local_date(at)
    changes = update(row, "ended_on")
    record(events.REVIEWER_ENDED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row
