"""双随机 in the staff site: draws, what they drew, and declared interests."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import chip, copyable, link
from foundation.core.pages import contribute
from foundation.core.site import Menu
from foundation.deadlines import queries as deadlines
from foundation.deadlines.working_days import calendar
from foundation.regions.models import Division
from inspections.enums import DrawState
from inspections.models import Draw, DrawnObject, InterestDeclaration
from inspections.pages import draws as pages
from inspections.pages import interests as interest_pages
from inspections.panels.draws import pair_in_words
from inspections.queries import draws as queries
from inspections.rules import draws as rules
from institutions import search
from institutions.enums import Category
from institutions.models import Institution

TONES = {
    DrawState.DRAFT: "plain",
    DrawState.FROZEN: "primary",
    DrawState.DRAWN: "primary",
    DrawState.CHECKED: "notice",
    DrawState.PUBLISHED: "ok",
    DrawState.CLOSED: "plain",
    DrawState.VOIDED: "bad",
    DrawState.DISCARDED: "plain",
}

contribute(Institution, interest_pages.DeclareInterest)


class DrawWaiting(WaitingFilter):
    WAITING = {"publish": ("结果待公示", queries.to_publish), "void": ("待我审核作废", queries.voids_to_judge)}


class ResultWaiting(WaitingFilter):
    """Objects whose result this person may enter."""

    WAITING = {"me": ("待我登记结果", queries.without_result)}


@admin.register(Draw)
class DrawAdmin(RegisterAdmin):
    view_rule = rules.can_view_draws
    menu = Menu("检查", 40, "casino")
    search_help = "编号、名称或抽查计划"
    empty_text = "还没有双随机抽查。先“拟定抽查”，冻结并公布名册，约定的公开号码公布后再抽取。"
    pages = pages.DRAW_PAGES
    list_display = ("number_text", "title", "organ", "state", "objects_text", "number_on", "countdown")
    list_filter = (DrawWaiting, "state", "jurisdiction")
    list_select_related = ("organ", "commitment")
    search_fields = ("number", "title", "plan")
    ordering = ("-state_at", "-pk")
    sections = (
        ("抽查", ("number_text", "title", "plan", "items", "organ", "jurisdiction", "planned_by", "redraw_of")),
        ("抽查对象", ("site_type_text", "categories_text", "areas_text", "avoid_recent")),
        ("公布在先", ("rule", "pool_hash", "number_source", "number_on", "frozen_at", "public_page")),
        ("抽取", ("public_number", "seed", "drawn_by", "drawn_at")),
        ("检查与公示", ("checked_on", "published_on")),
        ("作废", ("void_reason", "void_asked_by", "void_agreed_by", "void_remark")),
    )

    def details(self, actor: Actor, row: Draw) -> list:
        """What nobody asked to void has nothing to tell of voiding."""
        found = super().details(actor, row)
        return found if row.void_asked_by_id else [section for section in found if section[0] != "作废"]

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """One calendar and the running clocks of all rows of the page."""
        changes = super().get_changelist_instance(request)
        changes.result_list = list(changes.result_list)
        clocks = queries.publication_deadlines([row.pk for row in changes.result_list])
        along = calendar() if clocks else None
        for row in changes.result_list:
            row.clock, row.along = clocks.get(row.pk), along
        return changes

    @admin.display(description="抽查编号", ordering="number")
    def number_text(self, row: Draw) -> str:
        return row.number or "冻结时编号"

    @admin.display(description="名册/抽取(家)")
    def objects_text(self, row: Draw) -> str:
        held = getattr(row, "commitment", None)
        return f"{held.objects_count} / {sum(sample for _, sample in held.strata.values())}" if held else "—"

    @admin.display(description="号码公布日期", ordering="commitment__number_on")
    def number_on(self, row: Draw) -> object:
        held = getattr(row, "commitment", None)
        return held.number_on if held else "—"

    @admin.display(description="公示期限")
    def countdown(self, row: Draw) -> object:
        if row.published_on:
            return f"{row.published_on} 已公示"
        return chip(*deadlines.chip(row.clock, on=clock.today(), along=row.along)) if row.clock else "—"

    @admin.display(description="重抽自")
    def redraw_of(self, row: Draw) -> object:
        return link(row.replaces, self.row_url(row.replaces)) if row.replaces else "—"

    @admin.display(description="机构类型")
    def site_type_text(self, row: Draw) -> str:
        return row.get_site_type_display() if row.site_type else "全部"

    @admin.display(description="培训类别")
    def categories_text(self, row: Draw) -> str:
        return "、".join(str(Category(name).label) for name in row.categories) or "全部"

    @admin.display(description="镇街")
    def areas_text(self, row: Draw) -> str:
        towns = Division.objects.filter(pk__in=row.areas).order_by("code")
        return "、".join(map(str, towns)) or "全辖区"

    @admin.display(description="抽取规则")
    def rule(self, row: Draw) -> str:
        return self._committed(row, "rule")

    @admin.display(description="名册校验值(SHA-256)")
    def pool_hash(self, row: Draw) -> object:
        return copyable(self._committed(row, "pool_sha256")) or "—"

    @admin.display(description="以哪个公开号码为准")
    def number_source(self, row: Draw) -> str:
        return self._committed(row, "number_source")

    @admin.display(description="冻结时间")
    def frozen_at(self, row: Draw) -> object:
        return self._committed(row, "frozen_at")

    @admin.display(description="公众网站")
    def public_page(self, row: Draw) -> object:
        return link("查看公布的页面", f"/draws/{row.number}/") if row.number else "—"

    def _committed(self, row: Draw, name: str) -> object:
        held = getattr(row, "commitment", None)
        return getattr(held, name) if held else ""

    def summary(self, actor: Actor, row: Draw) -> list[tuple[str, object, str]]:
        held = getattr(row, "commitment", None)
        strip = [("状态", row.get_state_display(), TONES[DrawState(row.state)])]
        if row.void_asked_by_id and row.state != DrawState.VOIDED:
            strip.append(("作废申请", "待审核", "notice"))
        if held:
            strip += [("名册", f"{held.objects_count} 家", "plain"), ("检查人员", f"{held.officers_count} 人", "plain")]
            strip.append(("号码公布日期", held.number_on, "plain"))
        if row.seed:
            done = row.drawn.exclude(result="").count()
            total = sum(sample for _, sample in held.strata.values())
            strip.append(("已登记结果", f"{done} / {total} 家", "ok" if done == total else "notice"))
        if running := queries.publication_deadline(row):
            words, tone = deadlines.chip(running, on=clock.today(), along=calendar())
            strip.append(("公示期限", f"{running.due_on}（{words}）", tone))
        return strip

    def timeline(self, actor: Actor, row: Draw) -> list:
        return timeline(row)


@admin.register(DrawnObject)
class DrawnObjectAdmin(RegisterAdmin):
    view_rule = rules.can_view_draws
    menu = Menu("检查", 41, "checklist")
    search_help = "机构名称(两个字即可)、拼音首字母或统一社会信用代码"
    empty_text = "还没有抽中的对象。抽查抽取后，每家抽中的机构在这里登记检查结果。"
    pages = (pages.RecordResult, pages.NamePair)
    list_display = ("institution", "draw_text", "place", "pair", "result_text", "checked_on")
    list_filter = (ResultWaiting, "result", "draw")
    list_select_related = (
        "institution", "draw", "first_officer__post__user", "second_officer__post__user",
    )  # fmt: skip
    search_fields = ("institution__name",)  # shows the box; ``get_search_results`` does the work
    ordering = ("-draw_id", "stratum", "rank")
    sections = (
        ("抽取", ("draw_text", "institution_link", "code", "place", "pair", "pair_reason")),
        ("结果", ("result_text", "checked_on", "follow_up", "visit", "entered_by", "published_on")),
    )

    @admin.display(description="抽查", ordering="draw_id")
    def draw_text(self, row: DrawnObject) -> object:
        return link(row.draw.number, reverse("admin:inspections_draw_change", args=[row.draw_id]))

    @admin.display(description="层内位次")
    def place(self, row: DrawnObject) -> str:
        return f"{row.stratum}第{row.rank}位"

    @admin.display(description="检查人员")
    def pair(self, row: DrawnObject) -> object:
        return pair_in_words(row)

    @admin.display(description="检查结果", ordering="result")
    def result_text(self, row: DrawnObject) -> object:
        return row.get_result_display() or chip("待登记", "notice")

    @admin.display(description="机构")
    def institution_link(self, row: DrawnObject) -> object:
        return link(row.institution, reverse("admin:institutions_institution_change", args=[row.institution_id]))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        found = search.matching(Institution.objects.all(), search_term)
        return queryset.filter(institution__in=found), False

    def timeline(self, actor: Actor, row: DrawnObject) -> list:
        return timeline(row)


@admin.register(InterestDeclaration)
class InterestAdmin(RegisterAdmin):
    view_rule = rules.can_view_interests
    menu = Menu("检查", 45, "gpp_maybe")
    search_help = "人员姓名"
    empty_text = "还没有利益关系申报。请在机构页面“申报利益关系(回避)”；您看到本人的申报，组织抽查的岗位看到本辖区的。"
    pages = (interest_pages.EndInterest,)
    list_display = ("person", "institution", "reason", "since", "until")
    list_filter = ("since",)
    list_select_related = ("person", "institution")
    search_fields = ("person__name",)
    ordering = ("-since", "-pk")
    sections = (
        ("申报", ("person", "institution", "reason", "since", "until")),
        ("登记", ("declared_by", "declared_at")),
    )

    def timeline(self, actor: Actor, row: InterestDeclaration) -> list:
        return timeline(row)
