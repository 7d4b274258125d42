"""工作统计表 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import chip, link
from foundation.core.pages import contribute
from foundation.core.site import Menu
from inspections.enums import SheetState
from inspections.models import Campaign, FigureSheet
from inspections.pages import figure_sheets as pages
from inspections.queries import figure_sheets as queries
from inspections.rules import figure_sheets as rules

TONES = {
    SheetState.PREPARED: "notice",
    SheetState.RETURNED: "bad",
    SheetState.REVIEWED: "primary",
    SheetState.ISSUED: "ok",
    SheetState.WITHDRAWN: "plain",
}
contribute(Campaign, pages.PrepareCampaignSheet)


class SheetWaiting(WaitingFilter):
    """The rows that the home tile counts."""

    title = "待我审核"
    WAITING = {"me": ("待我审核", queries.to_review)}


@admin.register(FigureSheet)
class FigureSheetAdmin(RegisterAdmin):
    view_rule = rules.can_view_sheets
    menu = Menu("检查", 95, "table_chart")
    search_help = "表名"
    empty_text = "还没有统计表。点“编制月报”，或在专项行动页面“编制统计表”；一人编制，另一人审核后出具。"
    pages = (*(pages.PrepareSheet, pages.Approve, pages.Return, pages.Issue, pages.Recount, pages.Withdraw),)
    list_display = ("title", "period_text", "jurisdiction", "state_text", "prepared_by", "reviewed_by")
    list_filter = (SheetWaiting, "state", "jurisdiction", "period_to")
    search_fields = ("title",)
    ordering = ("-period_to", "-pk")
    sections = (
        ("统计表", ("title", "jurisdiction", "organ", "period_text", "campaign", "counted_at", "remark")),
        ("办理", ("state_text", "prepared_by", "reviewed_by", "review_remark", "document_text")),
    )

    def visible(self, actor: Actor) -> QuerySet[FigureSheet]:
        joined = ("jurisdiction", "document", "campaign", "organ", "prepared_by", "reviewed_by")
        return super().visible(actor).select_related(*joined)

    @admin.display(description="期间", ordering="period_from")
    def period_text(self, row: FigureSheet) -> str:
        return f"{row.period_from}至{row.period_to}"

    @admin.display(description="状态", ordering="state")
    def state_text(self, row: FigureSheet) -> SafeString:
        return chip(row.get_state_display(), TONES[SheetState(row.state)])

    @admin.display(description="文书")
    def document_text(self, row: FigureSheet) -> str:
        if row.document is None:
            return ""
        return link(row.document.number, reverse("admin:documents_document_change", args=[row.document_id]))

    def summary(self, actor: Actor, row: FigureSheet) -> list[tuple[str, object, str]]:
        return [
            ("状态", row.get_state_display(), TONES[SheetState(row.state)]),
            ("期间", self.period_text(row), "plain"),
            ("编制", row.prepared_by, "plain"),
            ("审核", row.reviewed_by or "—", "plain"),
        ]

    def timeline(self, actor: Actor, row: FigureSheet) -> list:
        return timeline(row)
