"""Historical totals (历史汇总) that stand beside a number, never in it."""

from __future__ import annotations

from inspections.queries.totals import Past, past_of

from .asking import Question
from .kpis import AnyKpi, Kpi


def past_beside(kpi: AnyKpi, question: Question) -> Past | None:
    """What they say for the question's area and period; totals are of whole bureaus and know no campaign."""
    narrowed = question.campaign or question.town or question.department or question.seen_by
    if not isinstance(kpi, Kpi) or not kpi.measure or narrowed:
        return None
    return past_of(question.area, kpi.measure, first=question.first, last=question.until)
