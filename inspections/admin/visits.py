"""检查记录 and 发现问题 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import ScopedRelatedFilter, WaitingFilter
from foundation.core.marks import chip
from foundation.core.pages import contribute
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from foundation.imports.queries import imported_facts
from inspections import exporting  # noqa: F401  (declares what ExportPage writes)
from inspections.enums import FindingState, Outcome, Severity, Timeliness
from inspections.models import Finding, Visit
from inspections.pages import visits as pages
from inspections.pages.analysis import WEEKDAYS, Analysis
from inspections.pages.coverage import Coverage, Unvisited
from inspections.queries import analysis
from inspections.queries import visits as queries
from inspections.reports import HeadCount
from inspections.rules import visits as rules
from institutions import search
from institutions.models import Institution, UnlicensedSite

OUTCOME_TONES = {
    Outcome.CLEAN: "ok",
    Outcome.CORRECTED: "notice",
    Outcome.FOLLOW_UP: "bad",
    Outcome.CLOSED_DOOR: "plain",
    Outcome.REFUSED: "bad",
}
FINDING_TONES = {FindingState.REPORTED: "notice", FindingState.CONFIRMED: "bad", FindingState.DISMISSED: "plain"}
SEVERITY_TONES = {Severity.LIGHT: "plain", Severity.MAJOR: "notice", Severity.CRITICAL: "bad"}

contribute(Institution, pages.FileVisit)
contribute(UnlicensedSite, pages.FileVisit)


class CountedFilter(admin.SimpleListFilter):
    """Whose visits, and whether they count; the figures of a page open the list with these."""

    title, parameter_name = "口径", "counted"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [
            ("official", "检查人员(有效)"),
            ("supervisors", "社会监督员(有效)"),
            ("both", "两者合计(有效)"),
            ("void", "已作废"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "void":
            return queryset.filter(voided_at__isnull=False)
        if self.value() is None:
            return queryset
        return queries.of_whom(queryset.filter(voided_at__isnull=True), self.value())


class TownFilter(admin.SimpleListFilter):
    """One town with its communities; opened from the coverage page, which offers them all."""

    title, parameter_name = "镇街", "town"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in queries.towns_visited(request.actor)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not (self.value() or "").isdecimal():
            return queryset
        return queries.in_town(queryset, int(self.value()))


class WeekendFilter(admin.SimpleListFilter):
    """Saturdays and Sundays, whether worked or not: what the heat map of the coverage page counts."""

    title, parameter_name = "星期", "weekend"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("0", "周一至周五"), ("1", "周六、周日")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in {"0", "1"}:
            return queryset
        return queries.on_weekends(queryset, self.value() == "1")


class WeekdayFilter(admin.SimpleListFilter):
    """One day of the week, Monday first: what the heat map of the analysis counts."""

    title, parameter_name = "星期几", "weekday"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(str(number), label) for number, label in enumerate(WEEKDAYS, start=1)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in {str(number) for number in range(1, 8)}:
            return queryset
        return queryset.filter(visited_on__iso_week_day=int(self.value()))


@admin.register(Visit)
class VisitAdmin(RegisterAdmin):
    view_rule = rules.can_view_visits
    menu = Menu("检查", 10, "fact_check")
    search_help = "编号、检查对象、机构拼音首字母或填报人"
    empty_text = "还没有检查记录。可在手机上现场填报，在机构页面“登记检查”，或用表格批量导入以往的检查。"
    pages = (Coverage, Analysis, Unvisited, ExportPage, pages.IssueSiteRecord, pages.VoidVisit)
    list_display = ("number", "subject_name", "kind", "visited_on", "slot_text", "group_text", "outcome_chip", "valid")
    list_filter = (
        CountedFilter,
        TownFilter,
        "kind",
        "slot",
        "outcome",
        "visited_on",
        "category",
        "jurisdiction",
        "off_hours",
        "covert",
        WeekendFilter,
        WeekdayFilter,
    )
    list_select_related = ()
    search_fields = ("number", "subject_name", "filed_by_name")
    ordering = ("-visited_on", "-pk")
    sections = (
        ("检查", ("number", "kind", "visited_on", "slot_text", "started_at", "ended_at", "covert", "group_name")),
        ("对象", ("subject_name", "address", "category", "site_type", "institution", "unlicensed", "division")),
        ("现场", ("pupils_text", "teachers_text", "dispersed_text", "accompanied_by", "statement", "place_text")),
        ("结论", ("outcome", "remark", "checklist", "answered_text")),
        ("登记", ("filed_by_name", "organ", "recorded_at", "timeliness", "source", "voided_at", "void_reason")),
    )

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """By the words of the visit itself, or by what the institution is called (pinyin initials included)."""
        term = search_term.strip()
        if not term:
            return queryset, False
        own, _ = super().get_search_results(request, queryset, term)
        named = queryset.filter(institution__in=search.matching(Institution.objects.all(), term))
        return own | named, False

    @admin.display(description="时段", ordering="slot")
    def slot_text(self, row: Visit) -> str:
        return f"{row.get_slot_display()}（{'班外' if row.off_hours else '班内'}）"

    @admin.display(description="检查组或填报人")
    def group_text(self, row: Visit) -> str:
        return row.group_name or row.filed_by_name

    @admin.display(description="结论", ordering="outcome")
    def outcome_chip(self, row: Visit) -> str:
        return chip(row.get_outcome_display(), OUTCOME_TONES[Outcome(row.outcome)])

    @admin.display(description="效力")
    def valid(self, row: Visit) -> str:
        if row.voided_at:
            return chip("已作废", "black")
        return "" if row.timeliness == Timeliness.ON_TIME else chip(row.get_timeliness_display(), "notice")

    @admin.display(description="现场学生")
    def pupils_text(self, row: Visit) -> str:
        return str(HeadCount(row.pupils, row.pupils_at_least))

    @admin.display(description="现场教师")
    def teachers_text(self, row: Visit) -> str:
        return str(HeadCount(row.teachers, row.teachers_at_least))

    @admin.display(description="清散学生")
    def dispersed_text(self, row: Visit) -> str:
        return str(HeadCount(row.dispersed, row.dispersed_at_least))

    @admin.display(description="定位(约1公里)")
    def place_text(self, row: Visit) -> str:
        if row.latitude is None:
            return row.no_place_reason
        return f"北纬{row.latitude / 100:.2f}°，东经{row.longitude / 100:.2f}°"

    @admin.display(description="逐项结果")
    def answered_text(self, row: Visit) -> str:
        return f"已答{row.answered}项，不合格{row.failed}项" if row.checklist_id else ""

    def summary(self, actor: Actor, row: Visit) -> list[tuple[str, object, str]]:
        return [
            ("种类", row.get_kind_display(), "plain"),
            ("结论", row.get_outcome_display(), OUTCOME_TONES[Outcome(row.outcome)]),
            ("不合格", f"{row.failed}项", "bad" if row.failed else "ok"),
            ("效力", "已作废" if row.voided_at else "有效", "black" if row.voided_at else "ok"),
        ]

    def timeline(self, actor: Actor, row: Visit) -> list:
        """Who did what, and what imports made and took back, newest first."""
        facts = [*timeline(row), *imported_facts(row)]
        return sorted(facts, key=lambda fact: fact.at, reverse=True)


class ToJudgeFilter(WaitingFilter):
    """The rows that the home tile 待核实问题 counts."""

    title = "待我核实"
    WAITING = {"me": ("待我核实", queries.to_judge)}


class FindingCountedFilter(CountedFilter):
    """Findings of visits that count, by whose visits they are."""

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [choice for choice in super().lookups(request, model_admin) if choice[0] != "void"]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in {"official", "supervisors", "both"}:
            return queryset
        visits = queries.of_whom(Visit.objects.filter(voided_at__isnull=True), self.value())
        return queryset.filter(visit__in=visits.order_by().values("pk"))


class SectionFilter(admin.SimpleListFilter):
    """One section of checklists, whatever the version."""

    title, parameter_name = "清单部分", "section"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        codes = analysis.sections_found(request.actor)
        titles = analysis.section_titles(codes)
        return [(code, f"{code} {titles[code]}") for code in codes]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(item__section__code=self.value()) if self.value() else queryset


@admin.register(Finding)
class FindingAdmin(RegisterAdmin):
    view_rule = rules.can_view_visits
    menu = Menu("检查", 20, "error")
    search_help = "检查编号、检查对象、条目代码或情况"
    empty_text = "没有发现问题。检查表中答“否”的条目会列在这里。"
    pages = (ExportPage, pages.ConfirmFinding, pages.DismissFinding)
    list_display = ("subject", "code", "text", "severity_chip", "aspect", "visited_on", "state_chip")
    list_filter = (
        *(ToJudgeFilter, "state", "severity", "aspect", SectionFilter, FindingCountedFilter),
        *("visit__kind", "visit__visited_on", "visit__category", ("visit__jurisdiction", ScopedRelatedFilter)),
    )
    list_select_related = ("visit",)
    search_fields = ("visit__number", "visit__subject_name", "code", "note")
    ordering = ("-visit__visited_on", "-pk")
    sections = (
        ("问题", ("code", "text", "severity", "aspect", "note")),
        ("检查", ("visit", "visited_on", "found_by")),
        ("核实", ("state", "judged_by", "judged_remark", "state_at")),
    )

    @admin.display(description="检查对象", ordering="visit__subject_name")
    def subject(self, row: Finding) -> str:
        return row.visit.subject_name

    @admin.display(description="检查日期", ordering="visit__visited_on")
    def visited_on(self, row: Finding):
        return row.visit.visited_on

    @admin.display(description="发现人")
    def found_by(self, row: Finding) -> str:
        return f"{row.visit.get_kind_display()} · {row.visit.filed_by_name}"

    @admin.display(description="程度", ordering="severity")
    def severity_chip(self, row: Finding) -> str:
        return chip(row.get_severity_display(), SEVERITY_TONES[Severity(row.severity)])

    @admin.display(description="状态", ordering="state")
    def state_chip(self, row: Finding) -> str:
        return chip(row.get_state_display(), FINDING_TONES[FindingState(row.state)])

    def summary(self, actor: Actor, row: Finding) -> list[tuple[str, object, str]]:
        return [
            ("程度", row.get_severity_display(), SEVERITY_TONES[Severity(row.severity)]),
            ("状态", row.get_state_display(), FINDING_TONES[FindingState(row.state)]),
        ]

    def timeline(self, actor: Actor, row: Finding) -> list:
        return timeline(row)
