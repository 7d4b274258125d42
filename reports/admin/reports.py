"""工作报表 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core import underway
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import chip, link
from foundation.core.pages import contribute
from foundation.core.site import Menu
from inspections.models import Campaign
from reports import queries, rules
from reports.enums import ReportState
from reports.models import Report
from reports.pages import reports as pages
from reports.running import work_name

TONES = {
    ReportState.COUNTING: "notice",
    ReportState.PREPARED: "notice",
    ReportState.RETURNED: "bad",
    ReportState.REVIEWED: "primary",
    ReportState.ISSUED: "ok",
    ReportState.WITHDRAWN: "plain",
}
LOOK_AGAIN = "2"  # seconds
contribute(Campaign, pages.PrepareCampaignReport)


class ReportWaiting(WaitingFilter):
    """The rows that the home tile counts."""

    title = "待我审核"
    WAITING = {"me": ("待我审核", queries.to_review)}


@admin.register(Report)
class ReportAdmin(RegisterAdmin):
    view_rule = rules.can_view_reports
    menu = Menu("报表", 10, "table_chart")
    search_help = "表名"
    empty_text = "还没有报表。点“编制月报”，或在专项行动页面“编制统计表”；系统统计，一人核对，另一人审核后定稿。"
    pages = (
        *(pages.PrepareReport, pages.ComposeBulletin, pages.Approve, pages.Return, pages.Issue, pages.Workbook),
        *(pages.Compare, pages.Revise, pages.Recount, pages.Withdraw),
    )
    list_display = ("title", "period_text", "jurisdiction", "state_text", "prepared_by", "reviewed_by")
    list_filter = (ReportWaiting, "state", "kind", "jurisdiction", "period_to")
    search_fields = ("title",)
    ordering = ("-period_to", "-pk")
    sections = (
        ("报表", ("title", "kind", "jurisdiction", "organ", "period_text", "campaign", "revises_text", "remark")),
        ("办理", ("state_text", "prepared_by", "reviewed_by", "review_remark", "document_text")),
    )

    def visible(self, actor: Actor) -> QuerySet[Report]:
        joined = ("jurisdiction", "document", "campaign", "organ", "prepared_by", "reviewed_by", "revises__document")
        return super().visible(actor).select_related(*joined)

    @admin.display(description="期间", ordering="period_from")
    def period_text(self, row: Report) -> str:
        return f"{row.period_from}至{row.period_to}"

    @admin.display(description="状态", ordering="state")
    def state_text(self, row: Report) -> SafeString:
        return chip(row.get_state_display(), TONES[ReportState(row.state)])

    @admin.display(description="文书")
    def document_text(self, row: Report) -> str:
        if row.document is None:
            return ""
        return link(row.document.number, reverse("admin:documents_document_change", args=[row.document_id]))

    @admin.display(description="修订的报表")
    def revises_text(self, row: Report) -> str:
        if row.revises is None:
            return ""
        return link(row.revises.document.number, reverse("admin:reports_report_change", args=[row.revises_id]))

    def summary(self, actor: Actor, row: Report) -> list[tuple[str, object, str]]:
        found = underway.underway(work_name(row)) if row.state == ReportState.COUNTING else None
        far = f"（{found.done}/{found.total}）" if found else ""
        return [
            ("状态", f"{row.get_state_display()}{far}", TONES[ReportState(row.state)]),
            ("期间", self.period_text(row), "plain"),
            ("编制", row.prepared_by, "plain"),
            ("审核", row.reviewed_by or "—", "plain"),
        ]

    def detail_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """While it is being counted the page looks again by itself."""
        response = super().detail_view(request, pk)
        context = getattr(response, "context_data", None)
        if context and context["row"].state == ReportState.COUNTING:
            response.headers["Refresh"] = LOOK_AGAIN
        return response

    def timeline(self, actor: Actor, row: Report) -> list:
        return timeline(row)
