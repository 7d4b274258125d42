"""Registers full of payloads: every text that an export writes is one, for as many rows as there are payloads."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import timedelta
from typing import Any
from uuid import uuid4

from cases.enums import CaseState
from clues.enums import ClueState
from enforcement.enums import AdOutcome, OrderState
from enforcement.models import Interview, RemovalOfficer
from enforcement.operations.removals import Done, Outing, record_removal
from foundation.accounts.models import User
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.documents.codes import new_code
from inspections.enums import Aspect, Severity
from inspections.models import Finding, VisitOfficer
from inspections.reports import OnSite
from institutions.models import Institution, UnlicensedSite
from institutions.public_ids import new_public_id
from supervisors.enums import Outlet, SupervisorState
from supervisors.models import Candidate, Supervisor
from supervisors.operations.duty import propose, record_activity
from tests.cases.factories import in_state as in_state_of_case
from tests.cast import Cast
from tests.clues.adverts import sighting
from tests.clues.factories import in_state
from tests.enforcement.factories import issued_today
from tests.enforcement.interviewing import summoned
from tests.exports.test_spreadsheets import PAYLOADS
from tests.inspections.factories import filed, officers_report
from tests.inspections.test_totals import confirmed
from tests.institutions.factories import institution, unlicensed
from tests.supervisors.factories import acting_as, fed_back_about, in_office_from

Filler = Callable[[str, int], Any]


def copies(row: Any, **filled: Filler) -> list[Any]:
    """One copy of a stored row for every payload, the payload in the named fields."""
    made, stored = [], type(row).objects.get(pk=row.pk)
    for number, payload in enumerate(PAYLOADS, start=1):
        another = copy(stored)
        another.pk, another._state.adding = None, True
        for name, value in filled.items():
            setattr(another, name, value(payload, number))
        made.append(another)
    return type(row).objects.bulk_create(made)


def text(payload: str, number: int) -> str:
    return payload.replace("\0", "")


def cut(length: int) -> Filler:
    """The payload in a field of so many characters."""
    return lambda payload, number: payload[:length]


def once(payload: str, number: int) -> str:
    """A payload in a field of 20 characters or more that no two rows share."""
    return f"{payload[:16]}{number}"


def one_each(rows: list[Any]) -> Filler:
    """The first of these rows for the first payload, and so on."""
    return lambda payload, number: rows[number - 1]


# --- What the registers point at ----------------------------------------------------------------------------


def institutions(cast: Cast) -> list[Institution]:
    return copies(
        institution(cast.officer, at=clock.now()),
        name=text,
        credit_code=lambda payload, number: None,
        public_id=lambda payload, number: new_public_id(),
    )


def sites(cast: Cast) -> list[UnlicensedSite]:
    return copies(unlicensed(cast.officer), sign=text, address=text, credit_code=cut(18), number=once)


def people(cast: Cast) -> list[User]:
    return copies(
        User.objects.get(pk=cast.officer.user_id), name=cut(60), username=lambda payload, number: f"person-{number}"
    )


def in_office(cast: Cast) -> Supervisor:
    return in_office_from(cast, clock.today() - timedelta(days=40))


def candidates(row: Candidate) -> list[Candidate]:
    same = dict.fromkeys(("workplace", "phone", "review_reason"), text) | dict.fromkeys(("name", "position"), cut(60))
    return copies(row, recruitment=one_each(copies(row.recruitment, batch=once)), **same)


def supervisors(row: Supervisor) -> list[Supervisor]:
    """Whose terms are over: nobody is in office twice."""
    nominations = candidates(row.candidate)
    return copies(
        row,
        candidate=one_each(nominations),
        recruitment=one_each([each.recruitment for each in nominations]),
        number=once,
        name=cut(60),
        public_code=lambda payload, number: new_code(),
        state=lambda payload, number: SupervisorState.EXPIRED,
        last_day_on=lambda payload, number: row.term_until_on,
    )


# --- The registers ------------------------------------------------------------------------------------------


def hostile_clues(cast: Cast) -> Actor:
    schools, places = institutions(cast), sites(cast)
    same = dict.fromkeys(("address", "sign", "content", "result"), text)
    copies(
        in_state(cast, ClueState.CLOSED),
        **same,
        number=once,
        order_no=once,
        points=lambda payload, number: [payload, payload],
        institution=lambda payload, number: schools[number - 1] if number % 2 else None,
        unlicensed_site=lambda payload, number: None if number % 2 else places[number - 1],
    )
    return cast.officer


def hostile_sightings(cast: Cast) -> Actor:
    row = sighting(cast.officer, at=clock.now())
    same = dict.fromkeys(("address", "sign", "content"), text)
    clues = copies(row.clue, **same, number=once, order_no=lambda payload, number: "")
    copies(
        row,
        clue=one_each(clues),
        link=text,
        marks=lambda payload, number: [[0, 1, "A1", text(payload, number), text(payload, number)]],
    )
    return cast.officer


def hostile_removals(cast: Cast) -> Actor:
    row, now = sighting(cast.officer, at=clock.now()), clock.now()
    outing = Outing(done_on=clock.local_date(now), officers=(OnSite("甲", "教育局"), OnSite("乙", "城管大队")))
    item = record_removal(outing=outing, done=[Done(row, AdOutcome.DISMANTLED)], by=cast.officer, at=now).items.get()
    same = dict.fromkeys(("address", "sign"), text)
    sightings = copies(row, clue=one_each(copies(row.clue, **same, number=once)))
    outings = copies(item.removal, number=once, remark=text)
    RemovalOfficer.objects.bulk_create(
        RemovalOfficer(removal=made, name=payload[:60], organ_name=text(payload, 0)[:120])
        for made, payload in zip(outings, PAYLOADS, strict=True)
    )
    copies(item, removal=one_each(outings), sighting=one_each(sightings))
    return cast.officer


def hostile_visits(cast: Cast) -> Actor:
    now = clock.now()
    report = officers_report(
        institution(cast.officer, at=now), cast.officer, cast.second_officer, visited_on=now.date()
    )
    row, places = filed(report, cast.officer, at=now), sites(cast)
    same = dict.fromkeys(("subject_name", "address", "remark", "void_reason"), text)
    visits = copies(
        row,
        **same,
        **dict.fromkeys(("group_name", "filed_by_name"), cut(60)),
        number=once,
        client_id=lambda payload, number: uuid4(),
        group_key=once,
        institution=lambda payload, number: None,
        unlicensed=one_each(places),
        voided_at=lambda payload, number: now,
    )
    pairs = list(zip(visits, PAYLOADS, strict=True))
    VisitOfficer.objects.bulk_create(
        VisitOfficer(visit=visit, name=payload[:60], organ_name=payload) for visit, payload in pairs
    )
    kind = {"aspect": Aspect.values[0], "severity": Severity.values[0], "state_at": now}
    Finding.objects.bulk_create(Finding(visit=visit, text=payload, note=payload, **kind) for visit, payload in pairs)
    return cast.officer


def hostile_orders(cast: Cast) -> Actor:
    row = issued_today(cast, institution(cast.officer, at=clock.now()))
    copies(
        row,
        party_name=cut(120),
        facts=lambda payload, number: [["B03", text(payload, number), "条款"]],
        clauses=text,
        number=once,
        document=lambda payload, number: None,
        state=lambda payload, number: OrderState.VOIDED,
        end_reason=text,
    )
    return cast.officer


def hostile_cases(cast: Cast) -> Actor:
    row = in_state_of_case(cast, CaseState.CLOSED)
    words = dict.fromkeys(("source_note", "summary", "filing_opinion"), text)
    copies(row, party_name=cut(120), number=once, archive_no=cut(60), **words)
    return cast.officer


def hostile_findings(cast: Cast) -> Actor:
    actor = hostile_visits(cast)
    copies(Finding.objects.order_by("pk").first(), **dict.fromkeys(("text", "note", "judged_remark"), text))
    return actor


def hostile_parties(cast: Cast) -> Actor:
    row = summoned(cast, institution(cast.officer, at=clock.now()))
    copies(row, institution=one_each(institutions(cast)), attendee=cut(120), remark=text)
    Interview.objects.update(title=PAYLOADS[0])
    return cast.officer


def hostile_totals(cast: Cast) -> Actor:
    """A day for each: no two totals of a bureau tell of one period."""
    row, persons = confirmed(cast), people(cast)
    same = dict.fromkeys(("source_title", "remark"), text)
    day = dict.fromkeys(("period_from", "period_to"), lambda payload, number: row.period_from - timedelta(days=number))
    copies(
        row,
        **same,
        **day,
        source_no=cut(60),
        entered_by=one_each(persons),
        decided_by=one_each([*persons[1:], persons[0]]),
    )
    return cast.officer


def hostile_supervisors(cast: Cast) -> Actor:
    supervisors(in_office(cast))
    return cast.officer


def hostile_candidates(cast: Cast) -> Actor:
    candidates(in_office(cast).candidate)
    return cast.officer


def hostile_feedback(cast: Cast) -> Actor:
    row = fed_back_about(cast, institution(cast.officer, at=clock.now()))
    told_by, schools = supervisors(row.supervisor), institutions(cast)
    copies(row, text=text, reply=text, supervisor=one_each(told_by), institution=one_each(schools))
    return cast.officer


def hostile_proposals(cast: Cast) -> Actor:
    row = in_office(cast)
    proposal = propose(supervisor=row, title="张贴查询码", text="门口张贴", by=acting_as(row), at=clock.now())
    same = dict.fromkeys(("title", "text", "reply"), text)
    copies(proposal, **same, supervisor=one_each(supervisors(row)))
    return cast.officer


def hostile_activities(cast: Cast) -> Actor:
    row = in_office(cast)
    facts = {"outlet": Outlet.PARENTS, "title": "解读收费办法", "description": "三年级家长", "held_on": clock.today()}
    activity = record_activity(supervisor=row, by=acting_as(row), at=clock.now(), **facts)
    copies(activity, title=text, link=text, supervisor=one_each(supervisors(row)))
    return cast.officer
