"""What cases hold of an institution: decided penalties. What is only suspected, or told, is nobody's record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from foundation.documents.pictures import original_source
from foundation.photos.drawing import Undrawable, draw
from inspections.attaching import plain
from inspections.enums import PaperFormat
from institutions.dossier import Record, source
from institutions.models import Institution

from . import papers, queries
from .enums import GRAVE, MONEY, CaseState, EvidenceKind, Outcome
from .models import Case, EvidenceFile

PHOTOGRAPHS = (PaperFormat.JPEG, PaperFormat.PNG)

MILD, MONEYED, HEAVY = "mild", "money", "grave"
WEIGHTS = [(MILD, "警告或通报批评"), (MONEYED, "罚款或没收违法所得"), (HEAVY, "停止招生、停止举办、吊销或限制从业")]


@source("case", label="行政处罚", order=50, weights=WEIGHTS)
def penalties(institution: Institution, first: date, last: date) -> Iterator[Record]:
    """Decisions to punish that were served; one that a court or a superior took back is void."""
    decided = Case.objects.filter(institution=institution, outcome=Outcome.PUNISH, decided_on__range=(first, last))
    served = decided.exclude(state__in=[CaseState.TO_DECIDE, CaseState.DECIDED]).select_related("violation")
    for case in served.prefetch_related("evidence__files").order_by("decided_on", "pk"):
        rows = list(queries.decided(case))
        yield Record(
            "case",
            case.pk,
            case.decided_on,
            f"{case.violation.name}（{case.number}）",
            weight=_weight({row.kind for row in rows}),
            result="；".join("：".join(papers.shown(row)) for row in rows),
            law=case.violation.punished_by,
            url=reverse("admin:cases_case_change", args=[case.pk]),
            void=f"{case.overturned_on}被{case.overturned_by}变更或撤销" if case.overturned_on else "",
            photos=_photos_of(case),
        )


def _photos_of(case: Case) -> tuple[tuple[str, str, str], ...]:
    """The photographs among the evidence; a witness's statement is none of them, for it may tell who reported."""
    pieces = sorted(case.evidence.all(), key=lambda piece: piece.no)
    return tuple(
        (f"{piece}", f"{piece.taken_on}", file.sha256)
        for piece in pieces
        if piece.kind != EvidenceKind.WITNESS
        for file in sorted(piece.files.all(), key=lambda file: file.pk)
        if file.format in PHOTOGRAPHS
    )


@original_source
def shown_of(sha256: str) -> bytes | None:
    """A copy of such a photograph, drawn anew; ``b""`` where it cannot be drawn."""
    file = EvidenceFile.objects.filter(sha256=sha256, format__in=PHOTOGRAPHS).order_by("pk").first()
    if file is None:
        return None
    try:
        return draw(plain(file)).display.data
    except Undrawable:
        return b""


def _weight(kinds: set[str]) -> str:
    """The gravest of a decision's penalties."""
    if kinds & set(GRAVE):
        return HEAVY
    return MONEYED if kinds & set(MONEY) else MILD
