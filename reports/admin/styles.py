"""Reports in the staff site: KPIs, the rows behind them, and how rates are printed."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.site import Menu
from reports import exporting as _exporting  # noqa: F401 (declares what can be exported)
from reports import rules
from reports.models import RatioStyle
from reports.pages.board import Board
from reports.pages.dashboard import Dashboard
from reports.pages.rows import Rows, RowsExport
from reports.pages.styles import SetStyle


@admin.register(RatioStyle)
class RatioStyleAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("报表", 90, "percent")
    search_help = "指标"
    empty_text = "还没有设定过。没有设定时，比率保留两位小数、去尾（如66.666…%显示为66.66%）。"
    pages = (SetStyle, Dashboard, Board, Rows, RowsExport)
    list_display = ("label", "jurisdiction", "places", "rounding", "set_by", "set_at")
    list_filter = ("rounding", "jurisdiction")
    search_fields = ("label",)
    ordering = ("-set_at", "-pk")
    sections = (("取舍", ("label", "jurisdiction", "places", "rounding", "reason", "set_by", "set_at")),)

    def visible(self, actor: Actor) -> QuerySet[RatioStyle]:
        return super().visible(actor).select_related("jurisdiction", "set_by")

    def timeline(self, actor: Actor, row: RatioStyle) -> list:
        return timeline(row)
