"""Registers of places: divisions and jurisdictions to look up, grids, school areas and schools to keep."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.site import Menu

from . import pages, queries, rules
from .models import Division, GridArea, Jurisdiction, School, SchoolArea


class KeptAdmin(RegisterAdmin):
    """A register with a trace of its own."""

    def timeline(self, actor: Actor, row: GridArea | School | SchoolArea) -> list:
        return timeline(row)


@admin.register(GridArea)
class GridAreaAdmin(KeptAdmin):
    view_rule = rules.can_view_areas
    menu = Menu("系统", 40, "grid_on")
    pages = (pages.RegisterGrid, pages.ChangeGrid, pages.CloseGrid)
    list_display = ("name", "division", "jurisdiction", "cycle_days", "closed_on")
    list_filter = (("closed_on", admin.EmptyFieldListFilter),)
    list_select_related = ("division", "jurisdiction")
    search_fields = ("name", "division__name")
    search_help = "网格或社区(村)名称"
    empty_text = "还没有网格。网格是网格员巡查的最小区域，按社区(村)登记。"
    ordering = ("division__code", "name", "pk")
    sections = (("网格", ("name", "division", "jurisdiction", "cycle_days", "closed_on")),)


@admin.register(SchoolArea)
class SchoolAreaAdmin(KeptAdmin):
    view_rule = rules.can_view_areas
    menu = Menu("系统", 50, "lasso_select")
    pages = (pages.RegisterSchoolArea, pages.RenameSchoolArea)
    list_display = ("name", "jurisdiction")
    list_select_related = ("jurisdiction",)
    search_fields = ("name",)
    search_help = "片区名称"
    empty_text = "还没有学校片区。片区把学校分给片区负责人。"
    ordering = ("jurisdiction__code", "name", "pk")
    sections = (("片区", ("name", "jurisdiction")),)


@admin.register(School)
class SchoolAdmin(KeptAdmin):
    view_rule = rules.can_view_areas
    menu = Menu("系统", 60, "school")
    pages = (pages.RegisterSchool, pages.ChangeSchool, pages.CloseSchool)
    list_display = ("name", "stage", "division", "area", "code", "closed_on")
    list_filter = ("stage", ("closed_on", admin.EmptyFieldListFilter))
    list_select_related = ("division", "area")
    search_fields = ("name", "code")
    search_help = "学校名称或标识码"
    empty_text = "还没有学校。学校用于学校专员、课后服务和机构周边统计。"
    ordering = ("jurisdiction__code", "name", "pk")
    sections = (
        ("学校", ("name", "stage", "code", "opened_on", "closed_on")),
        ("位置", ("jurisdiction", "division", "area")),
    )


@admin.register(Division)
class DivisionAdmin(RegisterAdmin):
    view_rule = rules.can_view_places
    menu = Menu("系统", 70, "map")
    list_display = ("code", "name", "legal_text", "level", "parent", "valid_to", "successor")
    list_filter = ("level", ("valid_to", admin.EmptyFieldListFilter))
    list_select_related = ("parent", "successor")
    search_fields = ("name",)  # shows the box; ``get_search_results`` does the work
    search_help = "名称、拼音首字母或区划代码"
    empty_text = "没有找到区划。可以用名称、拼音首字母或代码查询，也可以查已撤销的旧代码。"
    ordering = ("code",)
    sections = (
        ("区划", ("name", "code", "level", "parent")),
        ("法定名称（民政）", ("legal_name", "legal_code")),
        ("沿革", ("valid_to", "successor")),
    )

    def visible(self, actor: Actor) -> QuerySet:
        """Public knowledge, the same for everybody."""
        return Division.objects.all()

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        return queryset.filter(queries.matches_division(search_term)), False

    @admin.display(description="法定现名", ordering="legal_name")
    def legal_text(self, row: Division) -> str:
        return row.legal_name if row.legal_name != row.name else ""


@admin.register(Jurisdiction)
class JurisdictionAdmin(RegisterAdmin):
    view_rule = rules.can_view_areas
    menu = Menu("系统", 75, "account_tree")
    list_display = ("code", "name", "level", "parent", "division")
    list_filter = ("level",)
    list_select_related = ("parent", "division")
    search_fields = ("name", "code", "initials")
    search_help = "名称、拼音首字母或管辖代码"
    empty_text = "您的岗位没有管辖范围。"
    ordering = ("code",)
    sections = (("管辖单位", ("name", "code", "level", "parent", "division")),)
