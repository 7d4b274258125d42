"""Every KPI's rows can be exported: the same rows as its list, with the unit in the header."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.core.actor import Actor
from foundation.core.errors import InvalidInput
from foundation.exports.declaring import Exportable, Filters, declare_family

from . import rules
from .forms import asked
from .kpis import Kpi, kpi_of

PREFIX = "reports.kpi."


def exportable_rows(code: str) -> Exportable | None:
    """The rows of a KPI as exports take them; a rate has none of its own."""
    kpi = kpi_of(code)
    if not isinstance(kpi, Kpi):
        return None

    def rows(actor: Actor, filters: Filters) -> QuerySet:
        form = asked(actor, {name: values[-1] for name, values in filters.items() if values and name != "kpi"})
        if form.is_bound and not form.is_valid():
            raise InvalidInput("查询条件无效，请回到指标明细重新查询。", code="filters")
        return kpi.list(form.question())

    def view_rule(actor: Actor) -> bool:
        return rules.can_open(actor, kpi)

    return Exportable(f"{PREFIX}{code}", f"{kpi.label}({kpi.unit.label})", tuple(kpi.columns), rows, view_rule)


declare_family(PREFIX, exportable_rows)
