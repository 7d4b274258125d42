"""What a visit's report has to say before it becomes a record; all that is wrong is said at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from foundation.core.clock import local_date
from foundation.core.errors import InvalidInput
from foundation.deadlines.calendars import WorkingCalendar
from foundation.deadlines.working_days import calendar

from .enums import ENFORCEMENT, OFFICERS_NEEDED, Answer, Audience, Outcome, Slot, Timeliness, VersionState
from .models import ChecklistItem
from .reports import VisitReport

#: Days of the next month in which a visit of the month before still counts there, flagged (domain note 2.6).
DAYS_OF_GRACE = 3
#: What no visit with a problem can have come to.
PROBLEM_FREE = frozenset({Outcome.CLEAN, Outcome.CLOSED_DOOR})


def check_report(report: VisitReport, items: dict[str, ChecklistItem], *, at: datetime) -> None:
    """Raise InvalidInput with every fault of the report."""
    faults: dict[str, list[str]] = {}
    for field, sentence in (
        *_dates(report, at),
        *_people(report),
        *_answers(report, items),
        *(_supervisors_duty(report, items) if report.by_supervisor else ()),
        *_outcome(report),
    ):
        faults.setdefault(field, []).append(sentence)
    if faults:
        sentences = [sentence for found in faults.values() for sentence in found]
        raise InvalidInput("".join(sentences), code="report", fields=faults)


def _dates(report: VisitReport, at: datetime) -> Iterator[tuple[str, str]]:
    if report.visited_on > local_date(at):
        yield "visited_on", "检查日期不能晚于今天。"
    if report.started_at and local_date(report.started_at) != report.visited_on:
        yield "started_at", "开始时间不在检查日期当天。"


def _people(report: VisitReport) -> Iterator[tuple[str, str]]:
    present = len(report.officers) + report.unnamed
    if report.kind in ENFORCEMENT and present < OFFICERS_NEEDED:
        yield "officers", f"{report.kind.label}须有{OFFICERS_NEEDED}名以上检查人员。"
    if not present:
        yield "officers", "请填写检查人员。"
    if len({officer.identity for officer in report.officers}) < len(report.officers):
        yield "officers", "检查人员重复。"


def _answers(report: VisitReport, items: dict[str, ChecklistItem]) -> Iterator[tuple[str, str]]:
    pictured = {picture.code for picture in report.pictures}
    if report.checklist is None and (report.answers or report.notes):
        yield "checklist", "没有指明检查清单，不能逐项填写结果。"
        return
    if report.checklist is not None and report.checklist.state == VersionState.DRAFT:
        yield "checklist", "这一版检查清单尚未启用。"
    if unknown := sorted({*report.answers, *report.notes, *pictured} - {*items, ""}):
        yield "answers", f"检查清单中没有条目{'、'.join(unknown)}。"
    if wrong := sorted(code for code, answer in report.answers.items() if answer not in Answer.values):
        yield "answers", f"条目{'、'.join(wrong)}的结果只能是是、否、不适用或无法查看。"
    bare = [
        code
        for code, answer in report.answers.items()
        if answer == Answer.NO and not report.notes.get(code, "").strip() and code not in pictured
    ]
    if bare:
        yield "notes", f"条目{'、'.join(sorted(bare))}答“否”，请写明情况或附照片。"


def _supervisors_duty(report: VisitReport, items: dict[str, ChecklistItem]) -> Iterator[tuple[str, str]]:
    """A volunteer's visit counts when something of each section was looked at, and something shows it took place."""
    if report.checklist is None:
        yield "checklist", "请按检查清单填写。"
        return
    if report.checklist.checklist.audience != Audience.SUPERVISORS:
        yield "checklist", "请使用社会监督员的检查清单。"
    sections = {item.section.code: item.section.title for item in items.values()}
    answered = {code[0] for code in report.answers}
    if missing := [f"{code} {title}" for code, title in sorted(sections.items()) if code not in answered]:
        yield "answers", f"每一部分至少填写一项，还缺：{'、'.join(missing)}。"
    if not report.pictures and not report.has_place:
        yield "photos", "请至少附一张照片或记录位置。"


def _outcome(report: VisitReport) -> Iterator[tuple[str, str]]:
    problems = [code for code, answer in report.answers.items() if answer == Answer.NO]
    if (problems or report.problems) and report.outcome in PROBLEM_FREE:
        yield "outcome", f"有不合格项，检查结论不能是“{report.outcome.label}”。"


def timeliness(visited_on: date, *, at: datetime) -> Timeliness:
    """On time within the month, flagged in the first three days of the next, after that too late for the duty."""
    on = local_date(at)
    next_month = (visited_on.replace(day=1) + timedelta(days=32)).replace(day=1)
    if on < next_month:
        return Timeliness.ON_TIME
    return Timeliness.LATE if on < next_month + timedelta(days=DAYS_OF_GRACE) else Timeliness.OVERDUE


def in_office_hours(visited_on: date, slot: str, *, days: WorkingCalendar | None = None) -> bool:
    """班内: by day on a working day; evenings, weekends and holidays are 班外. ``days``: the calendar, if at hand."""
    return slot != Slot.EVENING and (days or calendar()).works(visited_on)
