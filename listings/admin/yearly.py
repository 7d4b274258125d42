"""年检 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import chip, link
from foundation.core.site import Menu
from listings import yearly, yearly_rules
from listings.enums import CheckState
from listings.models import AnnualCheck, CheckYear
from listings.pages import answers
from listings.pages import yearly as pages

TONES = {
    CheckState.OPEN: "notice",
    CheckState.REPORTED: "notice",
    CheckState.REVIEWED: "notice",
    CheckState.CHECKED: "notice",
    CheckState.CONCLUDED: "primary",
    CheckState.NOTICE: "primary",
    CheckState.DONE: "ok",
}


class CheckWaiting(WaitingFilter):
    """The rows that the home tiles count."""

    title = "待办"
    WAITING = {
        "handle": ("待我办理", yearly.to_handle),
        "decide": ("待我审定", yearly.to_decide),
        "late": ("逾期未报自查", lambda actor: yearly.not_reported(actor, on=clock.today())),
    }


@admin.register(CheckYear)
class CheckYearAdmin(RegisterAdmin):
    view_rule = yearly_rules.can_view_checks
    menu = Menu("名单与评价", 70, "event_repeat")
    empty_text = "还没有安排过年检。"
    pages = (pages.OpenYear,)
    list_display = ("jurisdiction", "year", "report_by", "number", "finished", "organ")
    list_filter = ("year",)
    list_select_related = ("jurisdiction", "organ")
    ordering = ("-year", "jurisdiction__code", "-pk")
    sections = (
        ("年检安排", ("jurisdiction", "year", "organ", "report_by", "notice_days", "questions_text", "grades_text")),
        ("发起", ("opened_by", "opened_at")),
    )

    @admin.display(description="参检(家)")
    def number(self, row: CheckYear) -> int:
        return row.counted

    @admin.display(description="已公示或办结(家)")
    def finished(self, row: CheckYear) -> int:
        return row.ended

    @admin.display(description="自查项目")
    def questions_text(self, row: CheckYear) -> str:
        return "；".join(row.questions)

    @admin.display(description="结论等次")
    def grades_text(self, row: CheckYear) -> str:
        return "、".join(row.grades)

    def get_queryset(self, request) -> QuerySet[CheckYear]:
        ended = Q(checks__state__in=[CheckState.NOTICE, CheckState.DONE])
        return super().get_queryset(request).annotate(counted=Count("checks"), ended=Count("checks", filter=ended))

    def timeline(self, actor: Actor, row: CheckYear) -> list:
        return timeline(row)


@admin.register(AnnualCheck)
class AnnualCheckAdmin(RegisterAdmin):
    view_rule = yearly_rules.can_view_checks
    menu = Menu("名单与评价", 80, "fact_check")
    search_help = "机构名称"
    empty_text = "还没有年检。请在“年检安排”中安排一个年度的年检。"
    pages = (
        pages.Report,
        answers.IssueCheckSlip,
        pages.Review,
        pages.Visit,
        pages.Conclude,
        pages.Announce,
        pages.Finish,
        pages.SendBack,
        answers.StopCheckSlip,
        answers.IssueCheckSlips,
        pages.Reconsider,
    )
    list_display = ("institution", "year", "state_chip", "conclusion", "report_due", "notice_until")
    list_filter = (CheckWaiting, "state", "check_year__year", "institution__category")
    list_select_related = ("institution", "check_year")
    search_fields = ("institution__name",)
    ordering = ("-check_year__year", "-pk")
    sections = (
        ("年检", ("institution", "check_year", "state", "document_text")),
        ("自查", ("reported_by", "reported_at", "entered_by")),
        ("审核和检查", ("review", "reviewed_by", "visit_text")),
        ("结论", ("conclusion", "reasons", "concluded_by", "published_by", "notice_from", "notice_until")),
    )

    @admin.display(description="年度", ordering="check_year__year")
    def year(self, row: AnnualCheck) -> int:
        return row.check_year.year

    @admin.display(description="状态", ordering="state")
    def state_chip(self, row: AnnualCheck) -> str:
        return chip(row.get_state_display(), TONES[CheckState(row.state)])

    @admin.display(description="自查报送截止", ordering="check_year__report_by")
    def report_due(self, row: AnnualCheck) -> str:
        due = row.check_year.report_by
        late = row.state == CheckState.OPEN and due < clock.today()
        return chip(f"{due} 已逾期", "bad") if late else str(due)

    @admin.display(description="年度检查表")
    def document_text(self, row: AnnualCheck) -> str:
        if row.document_id is None:
            return "—"
        return link(row.document.number, reverse("admin:documents_document_change", args=[row.document_id]))

    @admin.display(description="实地检查")
    def visit_text(self, row: AnnualCheck) -> str:
        if row.visit_id is None:
            return "—"
        label = f"{row.visit.number}（{row.visit.visited_on}，{row.visit.get_outcome_display()}）"
        return link(label, reverse("admin:inspections_visit_change", args=[row.visit_id]))

    def summary(self, actor: Actor, row: AnnualCheck) -> list[tuple[str, object, str]]:
        return [
            ("年度", row.check_year.year, "plain"),
            ("状态", row.get_state_display(), TONES[CheckState(row.state)]),
            ("结论", row.conclusion or "—", "plain"),
            ("自查报送截止", self.report_due(row), "plain"),
            ("公示至", row.notice_until or "—", "plain"),
        ]

    def timeline(self, actor: Actor, row: AnnualCheck) -> list:
        return timeline(row)
