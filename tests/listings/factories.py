"""Entries for tests, brought to any state through the operations."""

from __future__ import annotations

from datetime import date, timedelta

from foundation.core import outbox
from listings.enums import ListKind, ListState
from listings.models import ListEntry
from listings.operations.entries import (
    approve_delisting,
    approve_listing,
    propose_delisting,
    propose_listing,
    reject_listing,
)
from tests.cast import Cast
from tests.institutions.factories import AT, institution

GROUNDS = {"reason": "年检合格，未发现违规", "basis": "《校外培训机构黑白名单管理办法》第五条"}
UNTIL = date(2027, 10, 31)


def proposed(cast: Cast, row=None, *, kind=ListKind.WHITE, at=AT, by=None, **given) -> ListEntry:
    facts = {"effective_on": at.date(), "until": UNTIL, **GROUNDS, **given}
    subject = row or institution(cast.officer)
    return propose_listing(institution=subject, kind=kind, by=by or cast.officer, at=at, **facts)


def listed(cast: Cast, row=None, *, at=AT, **given) -> ListEntry:
    return approve_listing(entry=proposed(cast, row, at=at, **given), by=cast.leader, at=at)


def in_state(cast: Cast, state: str, *, at=AT, row=None, **given) -> ListEntry:
    """An entry in the given state, made as people would make it."""
    entry = proposed(cast, row, at=at, **given)
    if state == ListState.REJECTED:
        return reject_listing(entry=entry, remark="材料不全", by=cast.leader, at=at)
    if state == ListState.PROPOSED:
        return entry
    entry = approve_listing(entry=entry, by=cast.leader, at=at)
    if state == ListState.APPROVED:
        return entry
    entry = propose_delisting(entry=entry, reason="信用修复核查通过", by=cast.officer, at=at)
    if state == ListState.REMOVING:
        return entry
    return approve_delisting(entry=entry, by=cast.leader, at=at)


def deliver(at=AT) -> int:
    """Carry out what the operations promised, some seconds later."""
    return outbox.deliver_all(at=at + timedelta(seconds=30))
