"""无证台账: sites without a permit or registration."""

from __future__ import annotations

from django.contrib import admin

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from institutions import exporting, pages, rules  # noqa: F401  (exporting declares what ExportPage writes)
from institutions.enums import UnlicensedState
from institutions.models import UnlicensedSite


@admin.register(UnlicensedSite)
class UnlicensedSiteAdmin(RegisterAdmin):
    view_rule = rules.can_view_unlicensed
    menu = Menu("机构名录", 20, "report")
    search_help = "编号、招牌、地址或举办者"
    empty_text = "没有无证场所记录。发现后请“上报无证场所”，处置前每天计入存量。"
    pages = (pages.ReportUnlicensed, ExportPage, pages.RecordRound, pages.Dispose, pages.Reopen, pages.MergeUnlicensed)
    list_display = ("number", "sign", "address", "category", "licence_status", "discovery", "found_on", "state")
    list_filter = ("state", "disposal", "category", "licence_status", "discovery", "site_type")
    search_fields = ("number", "sign", "address", "operator")
    ordering = ("-found_on", "-pk")
    sections = (
        ("场所", ("number", "sign", "site_type", "category", "subcategory", "jurisdiction", "division", "address")),
        ("证照与人员", ("licence_status", "credit_code", "operator", "teachers", "pupils_text")),
        ("发现与处置", ("discovery", "found_on", "state", "disposal", "disposed_on", "institution")),
    )

    @admin.display(description="学生数")
    def pupils_text(self, row: UnlicensedSite) -> str:
        if row.pupils is None:
            return ""
        return f"{row.pupils}余人" if row.pupils_at_least else f"{row.pupils}人"

    def summary(self, actor: Actor, row: UnlicensedSite) -> list[tuple[str, object, str]]:
        tone = "bad" if row.state == UnlicensedState.OPEN else "ok"
        return [
            ("状态", row.get_state_display(), tone),
            ("证照情况", row.get_licence_status_display(), "notice"),
            ("核查轮次", f"{row.rounds.count()}轮", "plain"),
        ]

    def timeline(self, actor: Actor, row: UnlicensedSite) -> list:
        return timeline(row)
