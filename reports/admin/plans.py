"""月报计划 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import chip
from foundation.core.site import Menu
from reports import rules
from reports.models import ReportPlan
from reports.pages.plans import EndPlan, SetPlan


@admin.register(ReportPlan)
class ReportPlanAdmin(RegisterAdmin):
    view_rule = rules.can_view_reports
    menu = Menu("报表", 80, "event_repeat")
    search_help = "单位、编制人"
    empty_text = "还没有月报计划。设定后，系统每月自动统计上月月报，发给编制人核对。"
    pages = (SetPlan, EndPlan)
    list_display = ("organ", "day_text", "keeper_text", "state_text", "set_at")
    list_filter = ("jurisdiction",)
    search_fields = ("organ__name", "keeper__user__name")
    ordering = ("ended_at", "organ__name", "-pk")
    sections = (("月报计划", ("organ", "day_text", "keeper_text", "state_text", "set_by", "set_at", "ended_at")),)

    def visible(self, actor: Actor) -> QuerySet[ReportPlan]:
        return super().visible(actor).select_related("organ", "keeper__user", "keeper__organ", "set_by")

    @admin.display(description="编制日", ordering="day")
    def day_text(self, row: ReportPlan) -> str:
        return f"每月{row.day}日"

    @admin.display(description="编制人")
    def keeper_text(self, row: ReportPlan) -> str:
        return f"{row.keeper.user}（{row.keeper.get_role_display()}）"

    @admin.display(description="状态")
    def state_text(self, row: ReportPlan) -> SafeString:
        return chip("已停用", "plain") if row.ended_at else chip("启用", "ok")

    def timeline(self, actor: Actor, row: ReportPlan) -> list:
        return timeline(row)
