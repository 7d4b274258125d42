"""Where a number opens."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.http import urlencode

from .kpis import AnyKpi

LINE = "line"  # the line of a report that was opened


def rows_url(kpi: AnyKpi, query: Mapping[str, str]) -> str:
    """Where a number opens: the same question, with the KPI's code."""
    kept = {name: value for name, value in query.items() if value and name not in ("group", "kpi", "page")}
    return f"{reverse('admin:reports_ratiostyle_rows')}?{urlencode({'kpi': kpi.code, **kept})}"
