"""What cases hold of an institution: decided penalties. What is only suspected, or told, is nobody's record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from institutions.dossier import Record, source
from institutions.models import Institution

from . import papers, queries
from .enums import GRAVE, MONEY, CaseState, Outcome
from .models import Case

MILD, MONEYED, HEAVY = "mild", "money", "grave"
WEIGHTS = [(MILD, "警告或通报批评"), (MONEYED, "罚款或没收违法所得"), (HEAVY, "停止招生、停止举办、吊销或限制从业")]


@source("case", label="行政处罚", order=50, weights=WEIGHTS)
def penalties(institution: Institution, first: date, last: date) -> Iterator[Record]:
    """Decisions to punish that were served; one that a court or a superior took back is void."""
    decided = Case.objects.filter(institution=institution, outcome=Outcome.PUNISH, decided_on__range=(first, last))
    served = decided.exclude(state__in=[CaseState.TO_DECIDE, CaseState.DECIDED]).select_related("violation")
    for case in served.order_by("decided_on", "pk"):
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
        )


def _weight(kinds: set[str]) -> str:
    """The gravest of a decision's penalties."""
    if kinds & set(GRAVE):
        return HEAVY
    return MONEYED if kinds & set(MONEY) else MILD
