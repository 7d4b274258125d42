"""服务机构, 遴选 and 遴选批次 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from afterschool import listing, rules
from afterschool.enums import SelectionState
from afterschool.models import Provider, Selection, SelectionRound
from afterschool.pages import providers as pages
from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import chip, copyable, link
from foundation.core.pages import contribute
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from institutions.models import Institution

contribute(Institution, pages.AddFromRegister)
TONES = {
    SelectionState.PROPOSED: "notice",
    SelectionState.APPROVED: "ok",
    SelectionState.REFUSED: "plain",
    SelectionState.ENDED: "plain",
}


@admin.register(Provider)
class ProviderAdmin(RegisterAdmin):
    view_rule = rules.can_view_providers
    menu = Menu("课后服务", 30, "storefront")
    search_help = "名称或统一社会信用代码"
    empty_text = "还没有服务机构。培训机构在其页面点“登记为课后服务机构”，社会组织点“登记社会组织”。"
    pages = (pages.AddSocial, pages.Propose)
    list_display = ("name", "kind", "code", "services", "jurisdiction", "standing")
    list_filter = (listing.ActiveFilter, "kind", "jurisdiction")
    list_select_related = ("jurisdiction", "institution")
    search_fields = ("name", "credit_code")
    ordering = ("jurisdiction__code", "name", "pk")
    sections = (("服务机构", ("name", "kind", "code", "home", "services", "jurisdiction", "added_at")),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Provider]:
        valid = Selection.objects.filter(provider=OuterRef("pk")).in_force(clock.today())
        return super().get_queryset(request).annotate(is_active=Exists(valid))

    @admin.display(description="统一社会信用代码")
    def code(self, row: Provider) -> SafeString:
        return copyable(row.credit_code)

    @admin.display(description="入选")
    def standing(self, row: Provider) -> SafeString:
        return chip("有效入选", "ok") if row.is_active else chip("未有效入选", "plain")

    @admin.display(description="名录中的机构")
    def home(self, row: Provider) -> SafeString | str:
        if row.institution is None:
            return "—"
        return link(row.institution, reverse("admin:institutions_institution_change", args=[row.institution_id]))

    def summary(self, actor: Actor, row: Provider) -> list[tuple[str, object, str]]:
        return [
            ("入选", self.standing(row), "plain"),
            ("种类", row.get_kind_display(), "plain"),
            ("遴选单位", row.jurisdiction, "plain"),
        ]

    def timeline(self, actor: Actor, row: Provider) -> list:
        return timeline(row)


@admin.register(Selection)
class SelectionAdmin(RegisterAdmin):
    view_rule = rules.can_view_providers
    menu = Menu("课后服务", 40, "how_to_reg")
    search_help = "服务机构或批次"
    empty_text = "还没有遴选记录。在服务机构的页面点“提请入选”，由审核领导审核。"
    pages = (pages.Approve, pages.Refuse, pages.End, ExportPage)
    list_display = ("provider", "round", "starts_on", "ends_on", "standing", "doubt", "exited_on")
    list_filter = (listing.DecideFilter, "state", "round__jurisdiction", "provider__kind")
    list_select_related = ("provider", "round")
    search_fields = ("provider__name", "provider__credit_code", "round__name")
    ordering = ("-round__selected_on", "provider__name", "-pk")
    sections = (
        ("遴选", ("party", "round", "starts_on", "ends_on", "reason")),
        ("提醒", ("doubts", "overruled")),
        ("办理", ("proposed_by", "proposed_at", "decided_by", "decided_at", "remark")),
        ("退出", ("exited_on", "exit_reason", "exited_by", "exited_at")),
    )

    @admin.display(description="服务机构")
    def party(self, row: Selection) -> SafeString:
        return link(row.provider, reverse("admin:afterschool_provider_change", args=[row.provider_id]))

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Selection) -> SafeString:
        return chip(row.get_state_display(), TONES[SelectionState(row.state)])

    @admin.display(description="提醒")
    def doubt(self, row: Selection) -> SafeString | str:
        return chip("有提醒", "notice") if row.doubts else "—"

    def summary(self, actor: Actor, row: Selection) -> list[tuple[str, object, str]]:
        return [
            ("状态", self.standing(row), "plain"),
            ("批次", row.round, "plain"),
            ("有效期", f"{row.starts_on} 至 {row.ends_on}", "plain"),
        ]

    def timeline(self, actor: Actor, row: Selection) -> list:
        return timeline(row)


@admin.register(SelectionRound)
class SelectionRoundAdmin(RegisterAdmin):
    view_rule = rules.can_view_providers
    menu = Menu("课后服务", 50, "event_list")
    search_help = "批次名称或依据文件"
    empty_text = "还没有遴选批次。每次公开遴选登记一个批次，写明日期和公告。"
    pages = (pages.OpenRound,)
    list_display = ("name", "selected_on", "jurisdiction", "basis")
    list_filter = ("jurisdiction", "selected_on")
    list_select_related = ("jurisdiction",)
    search_fields = ("name", "basis")
    ordering = ("-selected_on", "-pk")
    sections = (("批次", ("name", "selected_on", "jurisdiction", "basis", "recorded_at")),)

    def timeline(self, actor: Actor, row: SelectionRound) -> list:
        return timeline(row)
