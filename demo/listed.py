"""The lists of the base demo: white entries by two persons, black ones after their hearing, one off by a repair."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from enforcement.enums import Service
from foundation.core import clock, outbox
from foundation.core.actor import ANONYMOUS, Actor
from inspections.enums import Aspect, Outcome, Severity, Slot, VisitKind
from inspections.models import Visit
from inspections.operations.visits import file_visit
from inspections.reports import OnSite, Problem, VisitReport
from institutions import dossier
from institutions.enums import Status
from institutions.models import Institution
from listings.answering import DEFENCE, REPAIR
from listings.enums import ListKind
from listings.models import ListEntry
from listings.operations.entries import approve_listing, propose_listing
from listings.operations.hearing import close_window, defend_by_link, notify_party, record_notice_service
from listings.operations.removal import approve_delisting, propose_delisting
from listings.operations.repairs import apply_by_link, pass_repair

from .answered import code_of
from .organs import SIMING, People

OFFICERS = {SIMING: "siming.jingban"}
LEADERS = {SIMING: "siming.shenhe"}
PAIR = (
    OnSite("黄志强", "演示执法队", certificate_no="闽演示L001"),
    OnSite("许丽芬", "演示执法队", certificate_no="闽演示L002"),
)
BASIS = "黑白名单管理办法(演示)"
TEACHING = Problem("超范围开展学科类培训", Aspect.CONDUCT, Severity.CRITICAL, "教室内开展数学学科教学")
FEES = Problem("一次性预收费超过5000元", Aspect.FEES, Severity.MAJOR, "抽查合同12份，7份超过限额")
HEARING_DAYS = 20  # calendar days from the notice to the decision: more than any five working days


def load(people: People, registered: dict[str, list[Institution]], now: datetime) -> None:
    """White and black entries in every stage that a list page has to show."""
    blamed = _white_then_black(people, registered[SIMING], now)
    for code in LEADERS:
        _county(people, code, registered[code], now)
    _repaired(people, blamed, now)
    _in_progress(people, registered[SIMING], now)


def _ago(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _visit(row: Institution, problems: tuple[Problem, ...], at: datetime, *, by: Actor) -> Visit:
    report = VisitReport(
        client_id=uuid5(NAMESPACE_URL, f"demo-lists-{row.pk}-{at:%Y%m%d}"),
        kind=VisitKind.ROUTINE if problems else VisitKind.RECHECK,
        subject=row,
        visited_on=clock.local_date(at),
        slot=Slot.AFTERNOON,
        outcome=Outcome.FOLLOW_UP if problems else Outcome.CLEAN,
        officers=PAIR,
        problems=problems,
    )
    return file_visit(report=report, by=by, at=at)


def _propose(row: Institution, kind: ListKind, reason: str, *, since: date, by: Actor, at: datetime, **given):
    return propose_listing(
        institution=row, kind=kind, reason=reason, basis=BASIS, effective_on=since,
        until=since + timedelta(days=364), by=by, at=at, **given,
    )  # fmt: skip


def _told(row: Institution, problem: Problem, reason: str, *, since: date, by: Actor, at: datetime) -> ListEntry:
    """A black proposal on what a visit of two days before found, its notice served on the day."""
    earlier = at - timedelta(days=2)
    with clock.set_to(earlier):
        _visit(row, (problem,), earlier, by=by)
    with clock.set_to(at):
        keys = [record.key for record in dossier.records_of(row, among={"finding"})]
        entry = _propose(
            row, ListKind.BLACK, reason, since=since, by=by, at=at, records=keys, contact="执法股 0592-0000203"
        )
        notify_party(entry=entry, by=by, at=at)
        return record_notice_service(
            entry=entry, service=Service.DIRECT, served_on=clock.local_date(at), recipient="机构负责人", by=by, at=at
        )


def _black(people: People, code: str, row: Institution, problem: Problem, reason: str, *, since: date, at: datetime):
    """Told, silent, decided by the leader at ``at``."""
    by = people.acts(OFFICERS[code])
    entry = _told(row, problem, reason, since=since, by=by, at=at - timedelta(days=HEARING_DAYS))
    with clock.set_to(at):
        close_window(entry=entry, by=by, at=at)
        return approve_listing(entry=entry, by=people.acts(LEADERS[code]), at=at)


def _county(people: People, code: str, rows: Sequence[Institution], now: datetime) -> None:
    """Ten white ones, a black one, and one white proposal that still waits."""
    officer, leader = people.acts(OFFICERS[code]), people.acts(LEADERS[code])
    # the first one's permit has run out, so it stays off the lists and shows as needing attention
    chosen = [row for row in rows[1:] if row.status == Status.NORMAL]
    at = _ago(now, 60)
    for row in chosen[:10]:
        row.refresh_from_db()
        if row.status == Status.NORMAL:
            with clock.set_to(at):
                since = clock.local_date(at)
                entry = _propose(row, ListKind.WHITE, "年检合格，未发现违规行为", since=since, by=officer, at=at)
                approve_listing(entry=entry, by=leader, at=at)
    reason = "超范围开展学科类培训，拒不整改"
    _black(people, code, chosen[10], TEACHING, reason, since=clock.local_date(at), at=at)
    lately = _ago(now, 1)
    with clock.set_to(lately):
        _propose(chosen[11], ListKind.WHITE, "年检合格", since=clock.local_date(lately), by=officer, at=lately)


def _white_then_black(people: People, rows: Sequence[Institution], now: datetime) -> ListEntry:
    """One that was white, then black (dated ten days back), each with its edition: a past day to look back at."""
    officer, leader, row = people.acts(OFFICERS[SIMING]), people.acts(LEADERS[SIMING]), rows[-1]
    at = _ago(now, 150)
    with clock.set_to(at):
        white = _propose(row, ListKind.WHITE, "年检合格，未发现违规行为", since=clock.local_date(at), by=officer, at=at)
        white = approve_listing(entry=white, by=leader, at=at)
        outbox.deliver_all(at=at + timedelta(minutes=1))
    at, reason = _ago(now, 90), "违规预收超过5000元"
    early = at - timedelta(minutes=5)
    with clock.set_to(early):
        approve_delisting(
            entry=propose_delisting(entry=white, reason=reason, by=officer, at=early), by=leader, at=early
        )
    black = _black(people, SIMING, row, FEES, f"{reason}，限期未改", since=clock.local_date(_ago(now, 100)), at=at)
    with clock.set_to(at):
        outbox.deliver_all(at=at + timedelta(minutes=1))
    return black


def _repaired(people: People, black: ListEntry, now: datetime) -> None:
    """Off the black list again, after the lists of the others had their edition."""
    officer, leader = people.acts(OFFICERS[SIMING]), people.acts(LEADERS[SIMING])
    at = _ago(now, 59)
    with clock.set_to(at):
        outbox.deliver_all(at=at)
    at = _ago(now, 33)
    with clock.set_to(at):
        code = code_of(REPAIR, black, by=officer, at=at)
        repair = apply_by_link(
            code=code, text="已退还超额预收费，专户余额已补足", given_by="机构负责人", by=ANONYMOUS, at=at
        )
    at = _ago(now, 31)
    with clock.set_to(at):
        seen = _visit(black.institution, (), at, by=officer)
        entry = pass_repair(repair=repair, visit=seen, remark="已退费整改，信用修复核查通过", by=officer, at=at)
    at = _ago(now, 30)
    with clock.set_to(at):
        approve_delisting(entry=entry, by=leader, at=at)
        outbox.deliver_all(at=at + timedelta(minutes=1))


def _in_progress(people: People, rows: Sequence[Institution], now: datetime) -> None:
    """One in its defence window with an answer, one kept inside as a warning, two for after-school services."""
    officer, leader = people.acts(OFFICERS[SIMING]), people.acts(LEADERS[SIMING])
    normal = [row for row in rows[1:] if row.status == Status.NORMAL]
    at = _ago(now, 2)
    entry = _told(
        normal[16], FEES, "一次性预收费超过5000元，经责令未改", since=clock.local_date(now), by=officer, at=at
    )
    with clock.set_to(_ago(now, 1)):
        code = code_of(DEFENCE, entry, by=officer, at=_ago(now, 1))
        text = "7份合同均在规定出台前签订，现已全部改签并退费。"
        defend_by_link(code=code, text=text, given_by="机构负责人", by=ANONYMOUS, at=_ago(now, 1))
    at = _ago(now, 40)
    with clock.set_to(at):
        since = clock.local_date(at)
        plan = [(normal[17], ListKind.WARNING, "多名教师离职，需要关注")]
        plan += [(row, ListKind.AFTERSCHOOL, "公开遴选入围，课程方案经评审") for row in normal[3:5]]
        for row, kind, reason in plan:
            entry = _propose(row, kind, reason, since=since, by=officer, at=at)
            approve_listing(entry=entry, by=leader, at=at)
        outbox.deliver_all(at=at + timedelta(minutes=1))
