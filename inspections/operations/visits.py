"""Filing a visit once, and voiding a wrong one."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.photos.operations import keep_photos
from inspections import events, notices
from inspections.checking import check_report
from inspections.conditions import ask_conditions
from inspections.enums import Severity, Source
from inspections.models import ChecklistItem, Visit, VisitOfficer, VisitPhoto
from inspections.numbering import held_series, take_numbers
from inspections.queries.checklists import usable_in
from inspections.recording import findings_of, visit_of
from inspections.reports import VisitReport
from inspections.rules import visits as rules


@operation
def file_visit(*, report: VisitReport, by: Actor, at: datetime, source: str = Source.PHONE) -> Visit:
    """Make a report a record; the same form sent again gives the same record back.

    Raises NotAllowed (out of the area, a kind that this post does not file, what a higher app asks of the kind: a
    supervisor without an appointment in force), InvalidInput (what is missing, all at
    once; a second visit of the group in the slot), Conflict (the form was filed by somebody else).
    """
    series = held_series(report.bureau, supervisors=report.by_supervisor, on=report.visited_on)
    authorize(by, rules.can_file, report.subject, report.kind)
    if filed := Visit.objects.filter(client_id=report.client_id).first():
        return _same_form(filed, by)
    ask_conditions(report, by=by, on=local_date(at))
    items = _items(report)
    _refuse_unnamed(report, source)
    check_report(report, items, at=at)
    [number] = take_numbers(series)
    visit = insert(visit_of(report, number, by=by, at=at, source=source))
    insert_all(VisitOfficer(visit=visit, **vars(officer)) for officer in report.officers)
    _keep(report, visit, by=by, at=at)
    found = insert_all(findings_of(report, visit, items, at=at))
    changes = {"kind": [None, visit.kind], "outcome": [None, visit.outcome], "failed": [None, visit.failed]}
    record(events.VISIT_FILED, subject=visit, by=by, at=at, changes=changes)
    if any(finding.severity == Severity.CRITICAL for finding in found):
        outbox.put(notices.SERIOUS_FOUND, at=at, visit_id=visit.pk)
    return visit


def _keep(report: VisitReport, visit: Visit, *, by: Actor, at: datetime) -> None:
    """The photos become part of the record: all of them, or the visit is not filed."""
    if report.pictures:
        sent = [picture.sent for picture in report.pictures]
        kept = keep_photos(sent=sent, jurisdiction=report.bureau, by=by, at=at)
        shown = zip(report.pictures, kept, strict=True)
        insert_all(VisitPhoto(visit=visit, photo=photo, code=picture.code) for picture, photo in shown)


def _refuse_unnamed(report: VisitReport, source: str) -> None:
    """Only a sheet of past visits may leave names out; who files a visit today knows who went."""
    if report.unnamed and source != Source.SHEET:
        raise InvalidInput(
            "请填写每名检查人员的姓名。", code="officers", fields={"officers": ["请填写每名检查人员的姓名。"]}
        )


def _same_form(filed: Visit, by: Actor) -> Visit:
    if filed.filed_by_id != by.user_id:
        raise Conflict("这份检查表已由其他账号提交。", code="other_account")
    return filed


def _items(report: VisitReport) -> dict[str, ChecklistItem]:
    """The questions of the report's version by code; a version from elsewhere is not accepted."""
    if report.checklist is None:
        return {}
    if not usable_in(report.bureau).filter(pk=report.checklist.pk).exists():
        raise InvalidInput("这份检查清单不适用于该地区。", code="checklist", fields={"checklist": ["清单不适用。"]})
    return {item.code: item for item in report.checklist.items.select_related("section")}


@operation
def void_visit(*, visit: Visit, reason: str, by: Actor, at: datetime) -> Visit:
    """Take a wrong record out of every count; it stays, with the reason.

    Raises NotAllowed, IllegalTransition (voided already), InvalidInput (no reason).
    """
    row = lock(Visit, visit.pk)
    authorize(by, rules.can_void, row)
    if row.voided_at is not None:
        raise IllegalTransition("这条检查记录已作废。")
    authorize(by, rules.can_void_now, row)
    need_words(reason, "reason", "请填写作废理由。")
    row.voided_at, row.voided_by_id, row.void_reason = at, by.user_id, reason.strip()
    changes = update(row, "voided_at", "voided_by", "void_reason")
    record(events.VISIT_VOIDED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row
