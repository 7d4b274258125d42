"""One-purpose links: issued by who handles the matter, replaced by the next, ended with the matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation

from .. import codes, events, rules
from ..enums import LinkEnd
from ..links import COLUMN, alive
from ..models import PurposeLink
from ..purposes import Purpose


@dataclass(frozen=True)
class IssuedLink:
    """``code`` exists here and on the slip alone."""

    link: PurposeLink
    code: str


@operation
def issue_link(*, purpose: Purpose, subject: models.Model, by: Actor, at: datetime) -> IssuedLink:
    """Give the party of a matter its code; an earlier one opens nothing from now on.

    Raises NotAllowed, Conflict (nothing is asked of the party, or no more).
    """
    row = lock(purpose.model, subject.pk)
    authorize(by, type(purpose).rule, row)
    last_day = purpose.last_day(row) if purpose.asks(row) else None
    if last_day is None:
        raise Conflict("这一事项现在不需要当事人答复，不能开通网上回执。", code="link_not_asked")
    _end(row, purpose.code, LinkEnd.REPLACED, at=at)
    code = codes.new_code()
    link = insert(
        PurposeLink(
            purpose=purpose.code,
            subject_type=row._meta.label_lower,
            subject_id=row.pk,
            code_hash=codes.hashed(code, column=COLUMN),
            issued_by_id=by.user_id,
            issued_at=at,
            last_day=last_day,
        )
    )
    record(events.LINK_ISSUED, subject=row, by=by, at=at, changes={"last_day": [None, last_day]})
    return IssuedLink(link, code)


@operation
def stop_link(*, purpose: Purpose, subject: models.Model, by: Actor, at: datetime) -> PurposeLink:
    """The slip was lost or fell into wrong hands: its code opens nothing any more.

    Raises NotAllowed, Conflict (there is none).
    """
    row = lock(purpose.model, subject.pk)
    authorize(by, type(purpose).rule, row)
    link = _end(row, purpose.code, LinkEnd.STOPPED, at=at)
    if link is None:
        raise Conflict("这一事项没有有效的网上回执。", code="no_link")
    record(events.LINK_ENDED, subject=row, by=by, at=at, reason=link.get_end_reason_display())
    return link


@operation
def end_link(*, subject: models.Model, purpose: str, by: Actor, at: datetime) -> None:
    """The matter is over and its link with it; called by the operation that ends the matter and holds its lock.

    Raises NotAllowed (a matter elsewhere).
    """
    authorize(by, rules.can_end_with, subject)
    if _end(subject, purpose, LinkEnd.OVER, at=at) is not None:
        record(events.LINK_ENDED, subject=subject, by=by, at=at, reason=LinkEnd.OVER.label)


def _end(row: models.Model, purpose: str, why: LinkEnd, *, at: datetime) -> PurposeLink | None:
    """The subject is locked, so nobody issues another one meanwhile."""
    link = alive(purpose, row)
    if link is not None:
        link.ended_at, link.end_reason = at, why
        update(link, "ended_at", "end_reason")
    return link
