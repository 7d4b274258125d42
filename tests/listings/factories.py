"""Entries for tests, brought to any state through the operations."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from enforcement.enums import Service
from foundation.core import clock, outbox
from inspections.enums import Outcome, Slot, VisitKind
from inspections.models import Visit
from institutions import dossier
from institutions.models import Institution
from listings.enums import ListKind, ListState
from listings.models import AnnualCheck, ListEntry, Rating
from listings.operations.entries import approve_listing, propose_listing, reject_listing
from listings.operations.hearing import notify_party, record_notice_service, waive_defence
from listings.operations.ratings import rate_institution, start_run
from listings.operations.removal import approve_delisting, propose_delisting
from listings.operations.yearly import add_to_check, open_check_year
from tests.cast import Cast
from tests.enforcement.factories import TWO, inspected, named
from tests.inspections.factories import filed, officers_report
from tests.institutions.factories import AT, institution

GROUNDS = {"reason": "年检合格，未发现违规", "basis": "《校外培训机构黑白名单管理办法》第五条"}
UNTIL = date(2027, 10, 31)
CONTACT = "执法股 0592-1234567"


def evidence_for(cast: Cast, row: Institution, *, at=AT) -> list[str]:
    """The keys of what a formal visit at an institution found."""
    found = dossier.records_of(row, among={"finding"})
    if not found:
        inspected(cast, row, at=at)
        found = dossier.records_of(row, among={"finding"})
    return [record.key for record in found]


def proposed(cast: Cast, row=None, *, kind=ListKind.WHITE, at=AT, by=None, **given) -> ListEntry:
    facts = {"effective_on": at.date(), "until": UNTIL, **GROUNDS, **given}
    subject = row or institution(cast.officer)
    if kind == ListKind.BLACK:
        facts = {"records": evidence_for(cast, subject, at=at), "contact": CONTACT, **facts}
    return propose_listing(institution=subject, kind=kind, by=by or cast.officer, at=at, **facts)


def notified(cast: Cast, row=None, *, at=AT, kind=ListKind.BLACK, **given) -> ListEntry:
    for actor in (cast.officer, cast.city):
        named(actor, f"厦{actor.organ_id}")
    return notify_party(entry=proposed(cast, row, kind=kind, at=at, **given), by=cast.officer, at=at)


def served(cast: Cast, row=None, *, at=AT, **given) -> ListEntry:
    entry = notified(cast, row, at=at, **given)
    day = {"service": Service.DIRECT, "served_on": at.date(), "recipient": "陈校长"}
    return record_notice_service(entry=entry, by=cast.officer, at=at, **day)


def heard(cast: Cast, row=None, *, at=AT, **given) -> ListEntry:
    """Told, served, and the party gave its defence up in writing."""
    entry = served(cast, row, at=at, **given)
    return waive_defence(entry=entry, text="《放弃陈述申辩声明》", given_by="陈校长", by=cast.officer, at=at)


def ready(cast: Cast, row=None, *, kind=ListKind.WHITE, **given) -> ListEntry:
    """A proposal that can be decided: of the black list after its hearing."""
    return (heard if kind == ListKind.BLACK else proposed)(cast, row, kind=kind, **given)


def listed(cast: Cast, row=None, *, at=AT, **given) -> ListEntry:
    return approve_listing(entry=ready(cast, row, at=at, **given), by=cast.leader, at=at)


def in_state(cast: Cast, state: str, *, at=AT, row=None, kind=None, **given) -> ListEntry:
    """An entry in the given state, made as people would make it; white where its state is one of a white entry."""
    steps = {ListState.NOTIFIED: notified, ListState.DEFENDING: served, ListState.HEARD: heard}
    if state in steps:
        return steps[ListState(state)](cast, row, at=at, **given)
    kind = kind or ListKind.WHITE
    if state in (ListState.REJECTED, ListState.PROPOSED):
        entry = proposed(cast, row, at=at, kind=kind, **given)
        rejected = state == ListState.REJECTED
        return reject_listing(entry=entry, remark="材料不全", by=cast.leader, at=at) if rejected else entry
    entry = listed(cast, row, at=at, kind=kind, **given)
    if state == ListState.APPROVED:
        return entry
    ground = "mistake" if kind == ListKind.BLACK else "other"
    entry = propose_delisting(entry=entry, reason="信用修复核查通过", ground=ground, by=cast.officer, at=at)
    if state == ListState.REMOVING:
        return entry
    return approve_delisting(entry=entry, by=cast.leader, at=at)


def seen_clean(cast: Cast, row: Institution, *, at=AT, **given) -> Visit:
    """A later visit of two officers that found nothing left."""
    facts = {"kind": VisitKind.RECHECK, "visited_on": at.date(), "slot": Slot.EVENING, "officers": TWO}
    facts |= {"outcome": Outcome.CLEAN, "client_id": uuid4()}
    report = officers_report(row, cast.officer, cast.second_officer, **facts | given)
    return filed(report, cast.officer, at=at)


def rated_now(cast: Cast, row: Institution) -> Rating:
    """A rating of this year, reckoned at this very moment."""
    at = clock.now()
    run = start_run(jurisdiction=row.jurisdiction, year=at.year, by=cast.officer, at=at)
    return rate_institution(institution=row, run=run, by=cast.officer, at=at)


def checked_now(cast: Cast, row: Institution) -> AnnualCheck:
    """In the annual check of this year from this very moment on."""
    at = clock.now()
    due = {"year": at.year, "report_by": clock.today() + timedelta(days=30)}
    year = open_check_year(jurisdiction=row.jurisdiction, **due, by=cast.officer, at=at)
    return add_to_check(check_year=year, institution=row, by=cast.officer, at=at)


def deliver(at=AT) -> int:
    """Carry out what the operations promised, some seconds later."""
    return outbox.deliver_all(at=at + timedelta(seconds=30))
