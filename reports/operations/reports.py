"""工作报表: asked for by one, counted by the portal, reviewed by another, numbered with the numbers of the counting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.documents.enums import DocumentKind
from foundation.documents.operations import issue_document
from foundation.exports.enums import ExportFormat
from foundation.exports.operations import request_export
from foundation.exports.rules import can_export
from inspections.models import Campaign
from reports import events, notices, papers, rules, workflow
from reports.composing import named_in
from reports.counting import digest, question_of
from reports.enums import ReportState, SheetKind
from reports.lines import exportable_lines
from reports.models import Counting, Report, ReportLine

LONGEST_TITLE = Report._meta.get_field("title").max_length
LONGEST = 366  # days; a bulletin may tell of years
STATISTICS = (DocumentKind.STATISTICS, papers.words)
PAPERS = {SheetKind.BULLETIN: (DocumentKind.BULLETIN, papers.bulletin_words)}


@operation
def prepare_report(
    *,
    title: str,
    period_from: date,
    period_to: date,
    by: Actor,
    at: datetime,
    campaign: Campaign | None = None,
    body: str = "",
    remark: str = "",
) -> Report:
    """Ask for the numbers of the own organ's area for the days given (both included); the portal counts them.

    With a ``body`` it is a bulletin (工作简报), whose prose names its numbers; see ``composing``.

    Raises NotAllowed, InvalidInput (no title, a period that ends after today or is longer than a year, one that is
    under way, a number in the prose that nobody can count).
    """
    authorize(by, rules.can_prepare)
    need_words(title, "title", "请填写表名。")
    if not period_from <= period_to <= local_date(at) or ((period_to - period_from).days >= LONGEST and not body):
        message = "期间不超过一年，结束日期不早于开始日期，也不晚于今天。"
        raise InvalidInput(message, code="period", fields={"period_to": [message]})
    organ = Organ.objects.select_related("jurisdiction").get(pk=by.organ_id)
    report = Report(
        jurisdiction=organ.jurisdiction,
        organ=organ,
        kind=SheetKind.BULLETIN if body else SheetKind.CAMPAIGN if campaign else SheetKind.MONTH,
        campaign=campaign,
        body=body.strip(),
        title=title.strip(),
        period_from=period_from,
        period_to=period_to,
        remark=remark.strip(),
        state_at=at,
        prepared_by_id=by.user_id,
    )
    return _asked_for(report, by=by, at=at)


@operation
def revise_report(*, report: Report, reason: str, by: Actor, at: datetime) -> Report:
    """Ask for the numbers of a final report anew, as a revision that stands beside it.

    Raises NotAllowed, Conflict (it is not final, or void), InvalidInput (no reason, revised already).
    """
    row = lock(Report, report.pk)
    authorize(by, rules.can_keep, row)
    need_words(reason, "reason", "请写明修订原因。")
    if row.state != ReportState.ISSUED:
        raise Conflict("只有已定稿的报表可以修订。", code="not_final")
    if row.document.is_void:
        raise Conflict("这份报表的文书已作废，不能修订；可以重新编制这个期间的报表。", code="void")
    words = {"kind": row.kind, "campaign": row.campaign, "period_from": row.period_from, "period_to": row.period_to}
    plain = row.title.removesuffix(papers.REVISED)[: LONGEST_TITLE - len(papers.REVISED)]
    revision = Report(
        jurisdiction_id=row.jurisdiction_id,
        organ_id=row.organ_id,
        title=f"{plain}{papers.REVISED}",
        body=row.body,
        remark=reason.strip(),
        revises=row,
        state_at=at,
        prepared_by_id=by.user_id,
        **words,
    )
    return _asked_for(revision, by=by, at=at)


def _asked_for(report: Report, *, by: Actor, at: datetime) -> Report:
    if report.kind == SheetKind.BULLETIN:
        named_in(report.body, question_of(report))
    insert(report)
    changes = {"title": [None, report.title], "period": [None, f"{report.period_from}至{report.period_to}"]}
    record(events.PREPARED, subject=report, by=by, at=at, changes=changes, reason=report.remark)
    outbox.put(notices.COUNT, at=at, report_id=report.pk)
    return report


@operation
def recount_report(*, report: Report, by: Actor, at: datetime, remark: str = "", body: str = "") -> Report:
    """Have it counted anew, when it was sent back or has not been reviewed; who asks becomes the one who prepared it.

    ``body`` replaces a bulletin's prose. Raises NotAllowed, IllegalTransition, InvalidInput (see prepare_report).
    """
    row = lock(Report, report.pk)
    authorize(by, rules.can_keep, row)
    fields = advance(row, workflow.RECOUNT, at=at)
    row.remark = remark.strip() or row.remark
    if row.kind == SheetKind.BULLETIN and body.strip():
        row.body = body.strip()
        named_in(row.body, question_of(row))
    row.prepared_by_id, row.reviewed_by_id, row.review_remark = by.user_id, None, ""
    changes = update(row, *fields, "remark", "body", "prepared_by", "reviewed_by", "review_remark")
    record(events.RECOUNTED, subject=row, by=by, at=at, changes=changes)
    outbox.put(notices.COUNT, at=at, report_id=row.pk)
    return row


@operation
def file_counting(*, report: Report, lines: Sequence[ReportLine], by: Actor, at: datetime) -> Counting:
    """Keep what was counted at ``at``, for good. Raises NotAllowed, IllegalTransition (it was counted already)."""
    row = lock(Report, report.pk)
    authorize(by, rules.can_count)
    fields = advance(row, workflow.COUNTED, at=at)
    counting = insert(Counting(report=row, number=row.countings.count() + 1, counted_at=at, digest=digest(lines)))
    for line in lines:
        line.counting = counting
    ReportLine.objects.bulk_create(lines)
    changes = update(row, *fields)
    record(events.COUNTED, subject=row, by=by, at=at, changes={**changes, "digest": [None, counting.digest]})
    return counting


@operation
def approve_report(*, report: Report, seen: int, by: Actor, at: datetime, remark: str = "") -> Report:
    """Stand for the numbers beside the one who prepared them; ``seen`` is the number of the counting that was read.

    Raises NotAllowed (the preparer, another organ's), IllegalTransition, Conflict (it was counted anew since).
    """
    row = lock(Report, report.pk)
    authorize(by, rules.can_review, row)
    fields = advance(row, workflow.APPROVE, at=at)
    if row.counting.number != seen:
        raise Conflict("您打开审核页以后，这份报表又重新统计过。请核对新的数字再审核。", code="recounted")
    row.reviewed_by_id, row.review_remark = by.user_id, remark.strip()
    changes = update(row, *fields, "reviewed_by", "review_remark")
    record(events.REVIEWED, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row


@operation
def return_report(*, report: Report, remark: str, by: Actor, at: datetime) -> Report:
    """Send a report back to be counted again. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(Report, report.pk)
    authorize(by, rules.can_review, row)
    need_words(remark, "remark", "请填写退回理由。")
    fields = advance(row, workflow.RETURN, at=at)
    row.reviewed_by_id, row.review_remark = by.user_id, remark.strip()
    changes = update(row, *fields, "reviewed_by", "review_remark")
    record(events.RETURNED, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row


@operation
def withdraw_report(*, report: Report, by: Actor, at: datetime) -> Report:
    """Give a report up that has no number. Raises NotAllowed, IllegalTransition."""
    row = lock(Report, report.pk)
    authorize(by, rules.can_keep, row)
    changes = update(row, *advance(row, workflow.WITHDRAW, at=at))
    record(events.WITHDRAWN, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def issue_report(*, report: Report, by: Actor, at: datetime) -> Report:
    """定稿: number and freeze a reviewed report with the numbers of its counting.

    Raises NotAllowed, IllegalTransition, Conflict (a valid one of the same period is there that this one does not
    revise; its numbers were tampered with).
    """
    organ = lock(Organ, by.organ_id)  # two reports of one period are issued one after the other
    row = lock(Report, report.pk)
    authorize(by, rules.can_keep, row)
    fields = advance(row, workflow.ISSUE, at=at)
    same = {"organ": organ, "campaign": row.campaign, "period_from": row.period_from, "period_to": row.period_to}
    held = Report.objects.filter(**same, kind=row.kind, state=ReportState.ISSUED, document__voiding__isnull=True)
    may_be_many = row.revises_id is not None or row.kind == SheetKind.BULLETIN
    if not may_be_many and (first := held.select_related("document").first()):
        words = f"这个期间已定稿{first.document.number}。数字有变的，请在那份报表上“编制修订稿”；开错了的，先作废文书。"
        raise Conflict(words, code="issued")
    counting = row.counting
    lines = list(counting.in_order())
    if digest(lines) != counting.digest:
        raise Conflict("报表数据与校验值不符，不能定稿。请联系系统管理员核查数据库。", code="tampered")
    kind, fields_of = PAPERS.get(SheetKind(row.kind), STATISTICS)
    row.document = issue_document(
        kind=kind, organ=organ, fields=fields_of(row, counting, lines), subject=row, by=by, at=at
    )
    changes = update(row, *fields, "document")
    record(events.ISSUED, subject=row, by=by, at=at, changes=changes)
    outbox.put(notices.TELL, at=at, report_id=row.pk)
    lines_of = exportable_lines(str(row.pk))
    if can_export(by, lines_of):
        keys = [column.key for column in lines_of.columns]
        request_export(
            exportable=lines_of, filters={}, columns=keys, format=ExportFormat.XLSX, purpose="", by=by, at=at
        )
    return row
