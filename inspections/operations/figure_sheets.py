"""月报 and 专项行动统计表: counted by one, reviewed by another, numbered with the figures of the counting."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.documents.enums import DocumentKind
from foundation.documents.operations import issue_document
from foundation.regions.queries import jurisdictions_below
from inspections import events, workflow
from inspections.enums import SheetState
from inspections.models import Campaign, FigureSheet
from inspections.rules import figure_sheets as rules
from inspections.sheet_lines import Extent, figures_of

MANNER = (
    "家次为检查次数，家为不重复的对象，人次为每次检查人数之和，余表示含下限数；以登记在系统中的记录为准，不含历史汇总。"
)
LONGEST = 366  # days


@operation
def prepare_sheet(
    *,
    title: str,
    period_from: date,
    period_to: date,
    by: Actor,
    at: datetime,
    campaign: Campaign | None = None,
    remark: str = "",
) -> FigureSheet:
    """Count the area of the actor's own organ for the days given (both included); another person reviews it.

    Raises NotAllowed, InvalidInput (no title, a period that ends after today or is longer than a year, one that is
    under way).
    """
    authorize(by, rules.can_prepare)
    need_words(title, "title", "请填写表名。")
    if not period_from <= period_to <= local_date(at) or (period_to - period_from).days >= LONGEST:
        message = "期间不超过一年，结束日期不早于开始日期，也不晚于今天。"
        raise InvalidInput(message, code="period", fields={"period_to": [message]})
    organ = Organ.objects.select_related("jurisdiction").get(pk=by.organ_id)
    sheet = FigureSheet(
        jurisdiction=organ.jurisdiction,
        organ=organ,
        campaign=campaign,
        title=title.strip(),
        period_from=period_from,
        period_to=period_to,
        counted_at=at,
        remark=remark.strip(),
        state_at=at,
        prepared_by_id=by.user_id,
    )
    sheet.figures = figures_of(_extent(sheet))
    insert(sheet)
    changes = {"title": [None, sheet.title], "period": [None, f"{period_from}至{period_to}"]}
    record(events.SHEET_PREPARED, subject=sheet, by=by, at=at, changes=changes)
    return sheet


def _extent(sheet: FigureSheet) -> Extent:
    area = frozenset(jurisdictions_below(sheet.jurisdiction_id))
    return Extent(area, sheet.period_from, sheet.period_to, sheet.campaign)


@operation
def recount_sheet(*, sheet: FigureSheet, by: Actor, at: datetime, remark: str = "") -> FigureSheet:
    """Count anew what was sent back or has not been reviewed; whoever counts becomes the one who prepared it.

    Raises NotAllowed, IllegalTransition.
    """
    row = lock(FigureSheet, sheet.pk)
    authorize(by, rules.can_keep, row)
    fields = advance(row, workflow.RECOUNT_SHEET, at=at)
    row.figures, row.counted_at, row.remark = figures_of(_extent(row)), at, remark.strip()
    row.prepared_by_id, row.reviewed_by_id, row.review_remark = by.user_id, None, ""
    changes = update(row, *fields, "figures", "counted_at", "remark", "prepared_by", "reviewed_by", "review_remark")
    record(events.SHEET_RECOUNTED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def approve_sheet(*, sheet: FigureSheet, by: Actor, at: datetime, remark: str = "") -> FigureSheet:
    """Stand for the figures beside the one who counted. Raises NotAllowed (the preparer, another organ's),
    IllegalTransition."""
    row = lock(FigureSheet, sheet.pk)
    authorize(by, rules.can_review, row)
    fields = advance(row, workflow.APPROVE_SHEET, at=at)
    row.reviewed_by_id, row.review_remark = by.user_id, remark.strip()
    changes = update(row, *fields, "reviewed_by", "review_remark")
    record(events.SHEET_REVIEWED, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row


@operation
def return_sheet(*, sheet: FigureSheet, remark: str, by: Actor, at: datetime) -> FigureSheet:
    """Send a sheet back to be counted again. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(FigureSheet, sheet.pk)
    authorize(by, rules.can_review, row)
    need_words(remark, "remark", "请填写退回理由。")
    fields = advance(row, workflow.RETURN_SHEET, at=at)
    row.reviewed_by_id, row.review_remark = by.user_id, remark.strip()
    changes = update(row, *fields, "reviewed_by", "review_remark")
    record(events.SHEET_RETURNED, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row


@operation
def withdraw_sheet(*, sheet: FigureSheet, by: Actor, at: datetime) -> FigureSheet:
    """Give a sheet up that has no number. Raises NotAllowed, IllegalTransition."""
    row = lock(FigureSheet, sheet.pk)
    authorize(by, rules.can_keep, row)
    changes = update(row, *advance(row, workflow.WITHDRAW_SHEET, at=at))
    record(events.SHEET_WITHDRAWN, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def issue_sheet(*, sheet: FigureSheet, by: Actor, at: datetime) -> FigureSheet:
    """Number and freeze a reviewed sheet with the figures of its counting.

    Raises NotAllowed, IllegalTransition, Conflict (a valid one of the same period is there: void it first).
    """
    organ = lock(Organ, by.organ_id)  # two sheets of one period are issued one after the other
    row = lock(FigureSheet, sheet.pk)
    authorize(by, rules.can_keep, row)
    fields = advance(row, workflow.ISSUE_SHEET, at=at)
    same = {"organ": organ, "campaign": row.campaign, "period_from": row.period_from, "period_to": row.period_to}
    issued = FigureSheet.objects.filter(**same, state=SheetState.ISSUED, document__voiding__isnull=True)
    if held := issued.select_related("document").first():
        raise Conflict(f"这个期间已出具{held.document.number}。需要重新出具的，请先在文书页面作废。", code="issued")
    row.document = issue_document(
        kind=DocumentKind.STATISTICS, organ=organ, fields=_words(row), subject=row, by=by, at=at
    )
    changes = update(row, *fields, "document")
    record(events.SHEET_ISSUED, subject=row, by=by, at=at, changes=changes)
    return row


def _words(row: FigureSheet) -> dict[str, object]:
    return {
        "title": row.title,
        "area": row.jurisdiction.name,
        "period_from": row.period_from,
        "period_to": row.period_to,
        "campaign": row.campaign.name if row.campaign else "",
        "figures": row.figures,
        "counted_at": f"{timezone.localtime(row.counted_at):%Y年%m月%d日%H时%M分}",
        "manner": MANNER,
        "remark": row.remark,
        "preparer": row.prepared_by.name,
        "reviewer": row.reviewed_by.name,
    }
