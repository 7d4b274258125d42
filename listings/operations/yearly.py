"""The annual check, step by step: report, desk, site, conclusion by one, decision and notice by another, end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.accounts.links import can_answer, locked_by
from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.operations.deadlines import meet_deadline, start_deadline
from foundation.deadlines.queries import open_clocks_of
from foundation.deadlines.working_days import add_working_days, hold_calendar
from foundation.documents.operations import issue_document, void_document
from foundation.regions.models import Jurisdiction
from inspections.models import Visit
from institutions.models import Institution
from listings import events, notices, workflow, yearly
from listings import yearly_rules as rules
from listings.enums import CHECK_LINK, CheckState
from listings.models import AnnualCheck, CheckYear

REPORT_DUE, NOTICE_DUE = "annual_check.report_due", "annual_check.notice_due"


@operation
def open_check_year(
    *,
    jurisdiction: Jurisdiction,
    year: int,
    report_by: date,
    by: Actor,
    at: datetime,
    questions: Sequence[str] = yearly.QUESTIONS,
    grades: Sequence[str] = yearly.GRADES,
    notice_days: int = yearly.NOTICE_DAYS,
) -> CheckYear:
    """Arrange a bureau's check of a year; its operating institutions come in after the commit, each with a clock.

    Raises NotAllowed, InvalidInput (arranged already, a last day that has passed, fewer than two grades).
    """
    authorize(by, rules.can_open, jurisdiction)
    if report_by < local_date(at):
        raise invalid("report_by", "报送截止不能早于今天。")
    if len(set(grades)) < 2 or not questions:
        raise invalid("grades", "请写明自查项目和两个以上的结论等次。")
    row = insert(
        CheckYear(
            jurisdiction=jurisdiction,
            organ_id=by.organ_id,
            year=year,
            report_by=report_by,
            questions=list(questions),
            grades=list(grades),
            notice_days=notice_days,
            opened_by_id=by.user_id,
            opened_at=at,
        )
    )
    record(events.CHECK_OPENED, subject=row, by=by, at=at, changes={"report_by": [None, report_by]})
    outbox.put(notices.FILL_CHECK, at=at, key=f"{notices.FILL_CHECK}:{row.pk}", check_year_id=row.pk)
    return row


@operation
def add_to_check(*, check_year: CheckYear, institution: Institution, by: Actor, at: datetime) -> AnnualCheck:
    """Let an institution take part; until the last day for its report a clock runs. Raises NotAllowed, InvalidInput."""
    authorize(by, rules.can_add, check_year)
    row = lock(Institution, institution.pk)
    check = insert(AnnualCheck(check_year=check_year, institution=row, state_at=at))
    clock = by if by.is_person else by.allowed("deadlines.run")
    start = min(local_date(at), check_year.report_by)
    _start(check, REPORT_DUE, "年检自查报送", start, check_year.report_by, by=clock, at=at)
    record(events.CHECK_OPENED, subject=check, by=by, at=at, changes={"state": [None, check.state]})
    return check


def _start(check: AnnualCheck, code: str, title: str, first: date, last: date, *, by: Actor, at: datetime) -> None:
    row = check.institution
    start_deadline(
        subject=check,
        code=code,
        started_on=first,
        due_on=last,
        title=title,
        label=str(check),
        url=reverse("admin:listings_annualcheck_change", args=[check.pk]),
        capability=Can.PROPOSE_LISTING,
        jurisdiction=row.jurisdiction,
        division=row.division,
        category=row.category,
        by=by,
        at=at,
    )


def _met(check: AnnualCheck, code: str, *, by: Actor, at: datetime) -> None:
    if clock := open_clocks_of(check).filter(code=code).first():
        meet_deadline(deadline=clock, by=by.allowed(Can.PROPOSE_LISTING), at=at)


@operation
def take_in_report(
    *, check: AnnualCheck, answers: Sequence[str], given_by: str, by: Actor, at: datetime
) -> AnnualCheck:
    """Enter the institution's own report on its behalf, an answer to each question.

    Raises NotAllowed, IllegalTransition, InvalidInput (a question without an answer, nobody named).
    """
    row = lock(AnnualCheck, check.pk)
    authorize(by, rules.can_handle, row)
    return _take_in(row, answers, given_by, by=by, at=at)


@operation
def report_check_by_link(*, code: str, answers: Sequence[str], given_by: str, by: Actor, at: datetime) -> AnnualCheck:
    """The institution itself reports, with its code (``code``: its hash); sent twice, it is one report.

    Raises NotAllowed (somebody who is logged in), Conflict (no such code, or no more), and as ``take_in_report``.
    """
    authorize(by, can_answer)
    row = locked_by(CHECK_LINK, AnnualCheck, code, at=at)
    said = ([answer for _, answer in row.report], row.reported_by)
    if row.state == CheckState.REPORTED and said == ([_kept(answer) for answer in answers], given_by.strip()):
        return row
    return _take_in(row, answers, given_by, by=by.allowed(scope=frozenset({row.institution.jurisdiction_id})), at=at)


def _kept(answer: str) -> str:
    return answer.strip()[:500]


def _take_in(row: AnnualCheck, answers: Sequence[str], given_by: str, *, by: Actor, at: datetime) -> AnnualCheck:
    fields = advance(row, workflow.REPORT, at=at)
    need_words(given_by, "given_by", "请填写由谁报送。")
    questions = row.check_year.questions
    if len(answers) != len(questions) or not all(answer.strip() for answer in answers):
        raise InvalidInput("请逐项填写自查情况，没有的写“无”。", code="answers")
    row.report = [[question, _kept(answer)] for question, answer in zip(questions, answers, strict=True)]
    row.reported_by, row.reported_at, row.entered_by_id = given_by.strip(), at, by.user_id
    changes = update(row, *fields, "report", "reported_by", "reported_at", "entered_by")
    _met(row, REPORT_DUE, by=by, at=at)
    record(events.CHECK_REPORTED, subject=row, by=by, at=at, changes=changes)
    if not by.is_person:
        outbox.put(notices.CHECK_ANSWERED, at=at, check_id=row.pk)
    return row


@operation
def send_back_report(*, check: AnnualCheck, reason: str, by: Actor, at: datetime) -> AnnualCheck:
    """Ask for a better report. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(AnnualCheck, check.pk)
    authorize(by, rules.can_handle, row)
    need_words(reason, "reason", "请写明需要补正什么。")
    fields = advance(row, workflow.SEND_BACK, at=at)
    row.review, row.reviewed_by_id, row.visit = f"退回补正：{reason.strip()}", by.user_id, None
    changes = update(row, *fields, "review", "reviewed_by", "visit")
    record(events.CHECK_SENT_BACK, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def review_report(*, check: AnnualCheck, review: str, by: Actor, at: datetime) -> AnnualCheck:
    """The desk review. Raises NotAllowed, IllegalTransition, InvalidInput (no opinion)."""
    row = lock(AnnualCheck, check.pk)
    authorize(by, rules.can_handle, row)
    need_words(review, "review", "请填写书面审核意见。")
    fields = advance(row, workflow.REVIEW, at=at)
    row.review, row.reviewed_by_id = review.strip(), by.user_id
    changes = update(row, *fields, "review", "reviewed_by")
    record(events.CHECK_REVIEWED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def record_site_check(*, check: AnnualCheck, visit: Visit, by: Actor, at: datetime) -> AnnualCheck:
    """Name the visit of two officers that is the site check.

    Raises NotAllowed, IllegalTransition, InvalidInput (a visit elsewhere, covert, void, or of an earlier year).
    """
    row = lock(AnnualCheck, check.pk)
    authorize(by, rules.can_handle, row)
    fields = advance(row, workflow.VISIT, at=at)
    row.visit = yearly.visits_for(row).filter(pk=visit.pk).first()
    if row.visit is None:
        raise invalid("visit", "请选择该年度以来由两名以上人员对该机构进行的检查。", code="evidence")
    changes = update(row, *fields, "visit")
    record(events.CHECK_VISITED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def conclude_check(*, check: AnnualCheck, conclusion: str, reasons: str, by: Actor, at: datetime) -> AnnualCheck:
    """Draw the conclusion; what the apps hold of the year is kept with it as it stands now.

    Raises NotAllowed, IllegalTransition, InvalidInput (a grade that this check does not have, no reasons).
    """
    row = lock(AnnualCheck, check.pk)
    authorize(by, rules.can_handle, row)
    fields = advance(row, workflow.CONCLUDE, at=at)
    need_words(reasons, "reasons", "请写明理由。")
    if conclusion not in row.check_year.grades:
        raise invalid("conclusion", f"结论应为{'、'.join(row.check_year.grades)}之一。")
    row.conclusion, row.reasons, row.concluded_by_id = conclusion, reasons.strip(), by.user_id
    row.published_by_id, row.rows = None, yearly.year_rows(row)
    changes = update(row, *fields, "conclusion", "reasons", "concluded_by", "published_by", "rows")
    record(events.CHECK_CONCLUDED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def reconsider_check(*, check: AnnualCheck, reason: str, by: Actor, at: datetime) -> AnnualCheck:
    """Send a conclusion back, also after an objection during its notice: it is taken down and its paper is void.

    Raises NotAllowed, IllegalTransition, InvalidInput (no reason).
    """
    row = lock(AnnualCheck, check.pk)
    authorize(by, rules.can_decide, row)
    need_words(reason, "reason", "请写明退回理由。")
    fields = advance(row, workflow.RECONSIDER, at=at)
    if row.document is not None:
        void_document(document=row.document, reason=reason, by=by.allowed(Can.ISSUE_DOCUMENT), at=at)
    row.document, row.notice_from, row.notice_until = None, None, None
    changes = update(row, *fields, "document", "notice_from", "notice_until")
    _met(row, NOTICE_DUE, by=by, at=at)
    record(events.CHECK_RECONSIDERED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def announce_check(*, check: AnnualCheck, by: Actor, at: datetime) -> AnnualCheck:
    """Decide on a conclusion and show it in public for the days of this check; its form is a numbered paper.

    Raises NotAllowed (who drew it), IllegalTransition, InvalidInput (the organ has no 机关代字).
    """
    row = lock(AnnualCheck, check.pk)
    authorize(by, rules.can_decide, row)
    fields = advance(row, workflow.ANNOUNCE, at=at)
    hold_calendar()
    row.published_by_id, row.notice_from = by.user_id, local_date(at)
    row.notice_until = add_working_days(row.notice_from, row.check_year.notice_days).value
    row.document = issue_document(
        kind=yearly.PAPER,
        organ=Organ.objects.get(pk=by.organ_id),
        fields=_paper(row),
        subject=row,
        by=by.allowed(Can.ISSUE_DOCUMENT),
        at=at,
    )
    changes = update(row, *fields, "published_by", "notice_from", "notice_until", "document")
    _start(row, NOTICE_DUE, "年检公示", row.notice_from, row.notice_until, by=by, at=at)
    record(events.CHECK_ANNOUNCED, subject=row, by=by, at=at, changes=changes)
    return row


def _paper(row: AnnualCheck) -> dict[str, object]:
    place = row.institution
    facts = [("统一社会信用代码", place.credit_code or "—"), ("办学地址", place.address)]
    facts += [("培训类别", place.get_category_display()), ("证照情况", place.get_licence_status_display())]
    facts += [("自查报送", f"{row.reported_by}，{local_date(row.reported_at)}")]
    return {
        "party_name": place.name,
        "year": str(row.check_year.year),
        "facts": [list(pair) for pair in facts],
        "report": row.report,
        "rows": row.rows[:500],
        "review": f"书面审核：{row.review}\n实地检查：{row.visit.visited_on}，{row.visit.get_outcome_display()}"
        f"（{row.visit.number}）",
        "conclusion": row.conclusion,
        "reasons": row.reasons,
        "notice_until": row.notice_until,
    }


@operation
def finish_check(*, check: AnnualCheck, by: Actor, at: datetime) -> AnnualCheck:
    """The notice has run its days: the conclusion stands. By the portal's job or an officer.

    Raises NotAllowed, IllegalTransition, Conflict (the notice still runs).
    """
    row = lock(AnnualCheck, check.pk)
    authorize(by, rules.can_finish, row)
    fields = advance(row, workflow.FINISH, at=at)
    if local_date(at) <= row.notice_until:
        raise Conflict(f"公示至{row.notice_until}(含当日)，期满后才能办结。", code="notice")
    changes = update(row, *fields)
    _met(row, NOTICE_DUE, by=by, at=at)
    record(events.CHECK_FINISHED, subject=row, by=by, at=at, changes=changes)
    return row
