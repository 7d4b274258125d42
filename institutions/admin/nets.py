"""三张网: how far each institution has a name in each net, the names themselves, and who is in charge of what."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import chip
from foundation.core.site import Menu
from institutions import coverage, net_pages, rules
from institutions.models import DepartmentCharge, Responsible


@admin.register(Responsible)
class ResponsibleAdmin(RegisterAdmin):
    view_rule = rules.can_view_register
    menu = Menu("机构名录", 30, "hub")
    change_list_template = "institutions/nets.html"
    search_help = "机构名称、责任人或单位"
    empty_text = "还没有责任人。请“按岗位补齐”，或在机构页面“指定责任人”。"
    pages = (net_pages.FillAll,)
    list_display = ("institution", "net", "person_name", "organ", "since", "source", "held")
    list_filter = ("net", "by_hand", "institution__jurisdiction")
    list_select_related = ("institution", "organ", "post__user")
    search_fields = ("institution__name", "person_name", "organ__name")
    ordering = ("institution__name", "institution_id", "net")
    sections = (("责任人", ("institution", "net", "person_name", "organ", "since", "source", "held")),)

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        self.require_view(request)
        whole, places = coverage.coverage(request.actor, on=clock.today())
        register = reverse("admin:institutions_institution_changelist")
        shown = {"whole": whole, "places": places, "register": register}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    @admin.display(description="来源")
    def source(self, row: Responsible) -> str:
        return "人工指定" if row.by_hand else "按岗位"

    @admin.display(description="在岗")
    def held(self, row: Responsible) -> str:
        return chip("在岗", "ok") if row.stands(clock.today()) else chip("已不在岗", "notice")


@admin.register(DepartmentCharge)
class DepartmentChargeAdmin(RegisterAdmin):
    view_rule = rules.can_view_register
    menu = Menu("机构名录", 40, "account_tree")
    empty_text = "没有部门分工。"
    pages = (net_pages.SetCharge,)
    list_display = ("charge", "department", "place", "effective_from", "effective_to")
    list_filter = ("charge", "department")
    list_select_related = ("jurisdiction",)
    ordering = ("charge", "jurisdiction_id", "-effective_from")
    sections = (("分工", ("charge", "department", "place", "effective_from", "effective_to")),)

    @admin.display(description="适用地区")
    def place(self, row: DepartmentCharge) -> str:
        return str(row.jurisdiction or "全省通用")

    def timeline(self, actor: Actor, row: DepartmentCharge) -> list:
        return timeline(row)
