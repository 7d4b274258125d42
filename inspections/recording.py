"""From a report to the rows of its visit."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from foundation.core.actor import Actor
from foundation.deadlines.calendars import WorkingCalendar
from institutions.models import Institution

from .checking import in_office_hours, timeliness
from .enums import Answer, FindingState
from .models import ChecklistItem, Finding, Visit
from .reports import VisitReport, text_key


def visit_of(
    report: VisitReport, number: str, *, by: Actor, at: datetime, source: str, days: WorkingCalendar | None = None
) -> Visit:
    """The row of a report that was checked; what the site is called and where it lies is taken as it is today.

    ``days``: the working calendar, for who files many.
    """
    failed = sum(answer == Answer.NO for answer in report.answers.values()) + len(report.problems)
    return Visit(
        number=number,
        client_id=report.client_id,
        kind=report.kind,
        **subject_facts(report.subject),
        visited_on=report.visited_on,
        slot=report.slot,
        started_at=report.started_at,
        ended_at=report.ended_at,
        off_hours=not in_office_hours(report.visited_on, report.slot, days=days),
        covert=report.covert,
        group_key=report.group_key(user_id=by.user_id),
        group_name=report.group_name,
        unnamed=report.unnamed,
        filed_by_id=by.user_id,
        filed_by_name=by.name,
        organ_id=by.organ_id,
        recorded_at=at,
        source=source,
        timeliness=timeliness(report.visited_on, at=at),
        checklist=report.checklist,
        answers=dict(sorted(report.answers.items())),
        answered=len(report.answers),
        failed=failed,
        outcome=report.outcome,
        remark=report.remark.strip(),
        remark_key=text_key(report.remark),
        accompanied_by=report.accompanied_by,
        statement=report.statement,
        latitude=report.latitude,
        longitude=report.longitude,
        no_place_reason=report.no_place_reason,
        **_head_counts(report),
    )


def _head_counts(report: VisitReport) -> dict[str, object]:
    counted = {"pupils": report.pupils, "teachers": report.teachers, "dispersed": report.dispersed}
    return {name: count.number for name, count in counted.items()} | {
        f"{name}_at_least": count.at_least and count.number is not None for name, count in counted.items()
    }


def subject_facts(subject: models.Model) -> dict[str, object]:
    """Where and what the site was at the time of the visit; later changes of the register do not reach it."""
    registered = isinstance(subject, Institution)
    return {
        "institution" if registered else "unlicensed": subject,
        "jurisdiction_id": subject.jurisdiction_id,
        "division_id": subject.division_id,
        "category": subject.category,
        "site_type": subject.site_type,
        "subject_name": subject.name,
        "address": subject.address,
    }


def findings_of(report: VisitReport, visit: Visit, items: dict[str, ChecklistItem], *, at: datetime) -> list[Finding]:
    """What was answered 否 and what was named besides; an officer's finding needs no verification."""
    state = FindingState.REPORTED if report.by_supervisor else FindingState.CONFIRMED
    asked = [
        (items[code], report.notes.get(code, "").strip())
        for code, answer in sorted(report.answers.items())
        if answer == Answer.NO
    ]
    facts = [
        {"item": item, "code": item.code, "text": item.text, "aspect": item.section.aspect, "note": note}
        | {"severity": item.severity}
        for item, note in asked
    ] + [vars(problem) for problem in report.problems]
    return [
        Finding(visit=visit, state=state, state_at=at, note_key=text_key(str(each["note"])), **each) for each in facts
    ]
