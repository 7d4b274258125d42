"""What inspections hold of an institution: formal visits and what they found; covert and volunteers' visits never."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from institutions.dossier import Record, source
from institutions.models import Institution

from .enums import ENFORCEMENT, FindingState, Outcome, Severity
from .models import Finding, Visit


def _formal(institution: Institution, first: date, last: date) -> QuerySet[Visit]:
    return Visit.objects.filter(
        institution=institution, kind__in=ENFORCEMENT, covert=False, visited_on__range=(first, last)
    )


def _url(visit_id: int) -> str:
    return reverse("admin:inspections_visit_change", args=[visit_id])


@source("visit", label="检查", order=10, weights=Outcome.choices)
def visits(institution: Institution, first: date, last: date) -> Iterator[Record]:
    """Formal visits and their outcome."""
    for visit in _formal(institution, first, last).order_by("visited_on", "pk"):
        yield Record(
            "visit",
            visit.pk,
            visit.visited_on,
            f"{visit.get_kind_display()} {visit.number}",
            weight=visit.outcome,
            result=visit.get_outcome_display(),
            url=_url(visit.pk),
            void=visit.void_reason if visit.voided_at else "",
        )


@source("finding", label="检查发现的问题", order=20, weights=Severity.choices)
def findings(institution: Institution, first: date, last: date) -> Iterator[Record]:
    """What formal visits found, each with its photos; what turned out wrong is void."""
    rows = Finding.objects.filter(visit__in=_formal(institution, first, last)).exclude(state=FindingState.REPORTED)
    rows = rows.select_related("visit", "item").prefetch_related("visit__photos__photo")
    for row in rows.order_by("visit__visited_on", "code", "pk"):
        dismissed = row.judged_remark if row.state == FindingState.DISMISSED else ""
        yield Record(
            "finding",
            row.pk,
            row.visit.visited_on,
            f"{row.code} {row.text}{f'：{row.note}' if row.note else ''}".strip(),
            weight=row.severity,
            result=row.get_severity_display(),
            law=row.item.basis if row.item else "",
            url=_url(row.visit_id),
            void=row.visit.void_reason if row.visit.voided_at else dismissed,
            photos=_photos_of(row),
        )


def _photos_of(row: Finding) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (f"{row.visit.number}", f"{timezone.localtime(shown.photo.received_at):%Y-%m-%d %H:%M}", shown.photo.sha256)
        for shown in row.visit.photos.all()
        if shown.code == row.code
    )
