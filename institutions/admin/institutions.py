"""机构名录: the list, one institution's page, and the register's smaller lists."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.ciphers import masked
from foundation.core.marks import chip
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from foundation.imports.queries import imported_facts
from institutions import child_pages, coverage, pages, paper_pages, queries, rules, search
from institutions.enums import ENDED, OPERATING, Stage, StandingKind, Status
from institutions.exporting import newest_permit
from institutions.models import Institution, Permit

from .filters import NetFilter, TownFilter

TONES = {Status.NORMAL: "ok", **dict.fromkeys(ENDED, "black")}


#: 从业人员管理办法: full-time teaching and research staff are at least this share of all, in percent.
FULL_TIME_SHARE = 50
#: What may need attention: the filter's words, and the query that its tile on the home page counts.
ATTENTION = {
    "permit": ("许可将到期(60日内)或已过期", lambda actor: queries.with_permit_running_out(actor, on=clock.today())),
    "nets": ("三张网有空缺", lambda actor: coverage.with_gap_in_nets(actor, on=clock.today())),
    "unpermitted": ("没有登记许可", queries.without_permit),
    "accountless": ("没有登记监管账户", queries.without_account),
    "hourless": ("没有登记培训时间", queries.without_hours),
    "platform": ("未纳入全国平台", queries.off_the_platform),
    "crime": ("犯罪记录查询逾期", lambda actor: queries.with_overdue_crime_checks(actor, on=clock.today())),
}


class AttentionFilter(admin.SimpleListFilter):
    """The lists behind the home page's tiles and map: the same queries, so a number and its list cannot differ."""

    title = "需要关注"
    parameter_name = "attention"

    def lookups(self, request, model_admin):
        return [("operating", "在办"), *((name, label) for name, (label, _) in ATTENTION.items())]

    def queryset(self, request, queryset):
        if self.value() == "operating":
            return queryset.filter(status__in=OPERATING)
        if self.value() not in ATTENTION:
            return queryset
        _, chosen = ATTENTION[self.value()]
        return queryset.filter(pk__in=chosen(request.actor).values("pk"))


def _until(permit: Permit | None) -> str:
    if permit is None:
        return "未登记许可"
    if permit.valid_to is None:
        return "长期"
    return f"{permit.valid_to}（已过期）" if permit.valid_to < clock.today() else str(permit.valid_to)


@admin.register(Institution)
class InstitutionAdmin(RegisterAdmin):
    view_rule = rules.can_view_register
    menu = Menu("机构名录", 10, "domain")
    search_help = "机构名称(两个字即可)、拼音首字母、统一社会信用代码、许可证号或地址"
    empty_text = "还没有机构。可以逐家登记，也可以在“数据导入”中上传名录表格。"
    pages = (
        pages.RegisterInstitution,
        ExportPage,
        pages.RegisterAsOf,
        pages.FillNets,
        pages.ChangeInstitution,
        pages.ChangeStatus,
        pages.CorrectStatus,
        pages.AddPermit,
        pages.OpenCampus,
        pages.PublishCourse,
        pages.AddStaff,
        *child_pages.PAGES,
        *paper_pages.PAGES,
        pages.RecordOpinion,
        pages.NameResponsible,
        pages.MergeInstitution,
    )
    list_display = ("name", "credit_code", "category_text", "jurisdiction", "division", "status_text", "grade_text")
    list_filter = (
        AttentionFilter,
        NetFilter,
        TownFilter,
        "jurisdiction",
        "status",
        "category",
        "site_type",
        "licence_status",
        "mode",
        "legal_type",
        "grade",
    )
    list_select_related = ("jurisdiction", "division")
    search_fields = ("name",)  # shows the box; ``get_search_results`` does the work
    ordering = ("jurisdiction_id", "name", "pk")
    sections = (
        (
            "基本信息",
            ("name", "trade_name", "credit_code", "site_type", "category", "subcategory", "stages_text", "mode"),
        ),
        ("证照与法人", ("legal_type", "licence_status", "legal_person", "phone_text", "public_phone")),
        ("办学地址", ("jurisdiction", "division", "address", "hours")),
        ("资金与平台", ("bank", "account_tail", "platform_id", "remark")),
        ("从业人员", ("staff_text", "staff_for_pupils_text")),
    )

    @admin.display(description="培训类别", ordering="category")
    def category_text(self, row: Institution) -> str:
        fine = row.get_subcategory_display() if row.subcategory else ""
        return f"{row.get_category_display()}·{fine}" if fine else row.get_category_display()

    @admin.display(description="状态", ordering="status")
    def status_text(self, row: Institution) -> str:
        return chip(row.get_status_display(), TONES.get(Status(row.status), "notice"))

    @admin.display(description="诚信等级", ordering="grade")
    def grade_text(self, row: Institution) -> str:
        return row.grade or "未评"

    @admin.display(description="学段")
    def stages_text(self, row: Institution) -> str:
        return "、".join(Stage(stage).label for stage in row.stages)

    @admin.display(description="联系电话(内部)")
    def phone_text(self, row: Institution) -> str:
        return masked(row.phone) if row.phone else ""

    @admin.display(description="在职与专职比例")
    def staff_text(self, row: Institution) -> str:
        found = queries.staff_shares(row)
        if not found["persons"]:
            return "未登记从业人员"
        share = found["full_time_teaching_percent"]
        verdict = "达标" if share >= FULL_TIME_SHARE else f"低于{FULL_TIME_SHARE}%"
        return f"在职{found['persons']}人，专职教学教研{found['full_time_teaching']}人，占{share}%（{verdict}）"

    @admin.display(description="专职人员与学员")
    def staff_for_pupils_text(self, row: Institution) -> str:
        persons, places, enough = queries.staff_for_pupils(row, on=clock.today())
        if not places:
            return "没有在开班级"
        return f"专职{persons}人，在开班级共{places}个学位（{'达标' if enough else '不足'}）"

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return search.matching(queryset, search_term), False

    def summary(self, actor: Actor, row: Institution) -> list[tuple[str, object, str]]:
        held = queries.standing(row, on=clock.today())
        lists = [
            (StandingKind(kind).label, "在列", "ok" if kind == StandingKind.WHITE_LIST else "black")
            for kind, _ in held
            if kind in {StandingKind.WHITE_LIST, StandingKind.BLACK_LIST}
        ]
        permit = newest_permit(row)
        expired = permit is not None and permit.valid_to is not None and permit.valid_to < clock.today()
        return [
            ("状态", row.get_status_display(), TONES.get(Status(row.status), "notice")),
            ("诚信等级", row.grade or "未评", "plain"),
            ("监管账户", f"{row.bank} 尾号{row.account_tail}" if row.account_tail else "未登记", "plain"),
            ("许可有效期至", _until(permit), "bad" if expired else "plain"),
            *lists,
        ]

    def timeline(self, actor: Actor, row: Institution) -> list:
        """The trail, and what imports did to this institution: a batch is one event, its rows are the facts."""
        facts = [*timeline(row), *imported_facts(row)]
        return sorted(facts, key=lambda fact: fact.at, reverse=True)
