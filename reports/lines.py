"""A report's lines can be exported: the numbers of its last counting."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.core.actor import Actor
from foundation.exports.declaring import Column, Exportable, Filters, declare_family

from . import rules
from .models import Report, ReportLine

LINES = "reports.report."
LINE_COLUMNS = (
    Column("section", "类别"),
    Column("where", "地区"),
    Column("label", "指标"),
    Column("of", "其中"),
    Column("printed", "数量"),
    Column("unit", "单位"),
    Column("part", "分子", kind="number"),
    Column("whole", "分母", kind="number"),
    Column("late", "其中补录", kind="number"),
    Column("past", "历史汇总"),
    Column("code", "指标代码", kind="code"),
)


def exportable_lines(pk: str) -> Exportable | None:
    """The lines of a report's last counting."""
    report = Report.objects.filter(pk=int(pk)).first() if pk.isdecimal() else None
    if report is None:
        return None

    def rows(actor: Actor, filters: Filters) -> QuerySet:
        counting = Report.objects.visible_to(actor).get(pk=report.pk).counting
        return ReportLine.objects.filter(counting=counting).select_related("place", "town").order_by("position")

    return Exportable(f"{LINES}{pk}", report.title[:80], LINE_COLUMNS, rows, rules.can_view_reports)


declare_family(LINES, exportable_lines)
