"""What a case's bureau publishes: white and black lists, grades, letters to parents; what it told people of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from enforcement.enums import Service
from foundation.accounts.enums import OrganKind
from foundation.core import clock
from foundation.documents.wording.parents import ADVICE
from foundation.regions.models import School
from institutions import dossier
from institutions.models import Institution
from listings.enums import ListKind
from listings.models import ListEntry
from listings.operations.disputes import propose_grade
from listings.operations.entries import approve_listing, propose_listing
from listings.operations.hearing import close_window, notify_party, record_notice_service
from listings.operations.ratings import confirm_rating, publish_rating, rate_institution, start_run
from outreach.enums import Channel, MeetingKind
from outreach.models import Meeting, Outreach
from outreach.operations.records import Held, record_meeting, record_outreach
from publicity import letters
from publicity.enums import Season
from publicity.models import ParentLetter
from publicity.operations.letters import LetterWords, count_letters, issue_letter, issue_notice
from publicity.operations.receipts import publish_letter

from .case_diary import Story
from .case_people import CasePlace

HEARING_DAYS = 20  # calendar days from the notice to the decision: more than any five working days


# -- lists -------------------------------------------------------------------------------------------------------------
def white(here: CasePlace, row: Institution, reason: str = "年检合格，未发现违规行为") -> ListEntry:
    """Proposed by the officer and decided by the leader."""
    entry = _proposed(here, row, ListKind.WHITE, reason, since=clock.today())
    return approve_listing(entry=entry, by=here.acts("shenhe"), at=clock.now())


def black(here: CasePlace, row: Institution, at: datetime, reason: str) -> Story:
    """Told on what visits found there, silent for the days of its defence, decided by the leader at ``at``."""
    by = here.acts("jingban")
    yield at - timedelta(days=HEARING_DAYS)
    keys = [record.key for record in dossier.records_of(row, among={"finding"})]
    contact = f"{here.bureau.name} {here.bureau.report_phone}"
    entry = _proposed(here, row, ListKind.BLACK, reason, since=clock.local_date(at), records=keys, contact=contact)
    notify_party(entry=entry, by=by, at=clock.now())
    served = {"service": Service.DIRECT, "served_on": clock.today(), "recipient": "机构负责人"}
    entry = record_notice_service(entry=entry, by=by, at=clock.now(), **served)
    yield at
    close_window(entry=entry, by=by, at=at)
    approve_listing(entry=entry, by=here.acts("shenhe"), at=at)


def _proposed(here: CasePlace, row: Institution, kind: ListKind, reason: str, *, since: date, **given) -> ListEntry:
    until = since + timedelta(days=364)
    words = {"reason": reason, "basis": f"{here.place.name}校外培训机构黑白名单管理办法(演示)"}
    given |= {"by": here.acts("jingban"), "at": clock.now(), **words}
    return propose_listing(institution=row, kind=kind, effective_on=since, until=until, **given)


# -- grades ----------------------------------------------------------------------------------------------------------
def grade(here: CasePlace, rows: Sequence[Institution], year: int, at: datetime) -> Story:
    """Reckoned from the year's records, looked over by the leader, on notice, then published."""
    officer, leader = here.acts("jingban"), here.acts("shenhe")
    yield at
    run, shown = start_run(jurisdiction=here.place, year=year, by=officer, at=at), []
    for row in rows:
        rating = rate_institution(institution=row, run=run, by=officer, at=at)
        rating = confirm_rating(rating=rating, remark="逐项核对无误", by=leader, at=at)
        shown.append(propose_grade(rating=rating, by=leader, at=at))
    yield at + (max(rating.notice_until for rating in shown) + timedelta(days=1) - clock.local_date(at))
    for rating in shown:
        publish_rating(rating=rating, by=leader, at=clock.now())


# -- letters -----------------------------------------------------------------------------------------------------------
def letter(
    here: CasePlace, season: Season, at: datetime, schools: Sequence[School], counts: Sequence[tuple[int, int]]
) -> Story:
    """Written, published by the leader, handed out by schools that count copies and slips two weeks later."""
    by, name = here.acts("jingban"), here.place.name
    yield at
    words = LetterWords(
        season=season, title=letters.title_of(season, clock.today()), opening=letters.OPENINGS[season],
        advice=ADVICE, app=letters.APP, closing=letters.CLOSING, scope=f"{name}中小学、幼儿园学生家长",
        copies=f"约{sum(copies for copies, _ in counts)}份",
    )  # fmt: skip
    made = issue_letter(words=words, schools=schools, by=by, at=at)
    publish_letter(letter=made, by=here.acts("shenhe"), at=at)
    yield at + timedelta(days=14)
    told = {school.pk: each for school, each in zip(schools, counts, strict=True)}
    count_letters(letter=made, counts=told, by=by, at=clock.now())


def notice(here: CasePlace, template: str, schools: Sequence[School]) -> ParentLetter:
    """A 通告 of one of the templates, published by the leader."""
    title, season, body = letters.NOTICE_TEMPLATES[template]
    words = {"title": title, "season": season, "body": "\n".join(body), "scope": f"{here.place.name}各培训机构和家长"}
    made = issue_notice(schools=schools, by=here.acts("jingban"), at=clock.now(), **words)
    return publish_letter(letter=made, by=here.acts("shenhe"), at=clock.now())


# -- outreach --------------------------------------------------------------------------------------------------------
def tell(
    here: CasePlace, channel: Channel, title: str, place: str = "", audience: int | None = None, *, by: str = "jingban"
) -> Outreach:
    facts = {"place": place, "audience": audience, "at_least": audience is not None}
    given = {"happened_on": clock.today(), "by": here.acts(by), "at": clock.now()}
    return record_outreach(channel=channel, title=title, **facts, **given)


def meet(
    here: CasePlace,
    kind: MeetingKind,
    title: str,
    topics: str,
    decisions: str = "",
    who: Sequence[tuple[str, int]] = (),
    *,
    by: str = "jingban",
) -> Meeting:
    """``who``: (organ, 人)."""
    attendees = tuple(who) or ((here.bureau.name, 4), (here.organ(OrganKind.MARKET).name, 2))
    words = {"title": title, "organiser": here.bureau.name, "attendees": attendees}
    held = Held(kind=kind, happened_on=clock.today(), topics=topics, decisions=decisions, **words)
    return record_meeting(held=held, by=here.acts(by), at=clock.now())
