"""专项行动 in the staff site: campaigns, their targets, units and papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from clues.models import Clue
from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import contribute_filter
from foundation.core.marks import chip, link
from foundation.core.pages import contribute
from foundation.core.site import Menu
from inspections.counters import figures
from inspections.enums import CampaignState, RecheckResult, TargetState, TargetTag
from inspections.models import Campaign, CampaignTarget, CampaignUnit, Visit
from inspections.pages import campaigns as pages
from inspections.pages import papers, tagging
from inspections.queries import campaigns as queries
from inspections.rules import campaigns as rules
from institutions.enums import Category, SiteType, Status
from institutions.models import Institution, UnlicensedSite

STATE_TONES = {CampaignState.DRAFT: "plain", CampaignState.RUNNING: "primary", CampaignState.CLOSED: "ok"}
RESULT_TONES = {
    RecheckResult.CORRECTED: "ok",
    RecheckResult.RELAPSED: "bad",
    RecheckResult.MUTATED: "bad",
    RecheckResult.LOST: "notice",
}

contribute(Institution, pages.NameTarget)
contribute(UnlicensedSite, pages.NameTarget)
for record, its_pages in {
    Visit: (tagging.TagVisit, tagging.TagVisits, tagging.UntagVisit),
    Clue: (tagging.TagClue, tagging.TagClues, tagging.UntagClue),
}.items():
    for page in its_pages:
        contribute(record, page)


class CampaignFilter(admin.SimpleListFilter):
    """One campaign of those that the actor sees."""

    title, parameter_name = "专项行动", "campaign"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        rows = Campaign.objects.visible_to(request.actor).order_by("-starts_on", "-pk")[:50]
        return [(str(row.pk), row.name) for row in rows]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(campaign=int(self.value())) if (self.value() or "").isdecimal() else queryset


class CountedInFilter(CampaignFilter):
    """The records that count in a campaign: what its numbers open."""

    READ: ClassVar[Callable[[Campaign, Actor], QuerySet]]

    def has_output(self) -> bool:
        """Also where there is no campaign to choose: an address that names one must never show everything."""
        return super().has_output() or self.value() is not None

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not (self.value() or "").isdecimal():
            return queryset
        campaign = Campaign.objects.visible_to(request.actor).filter(pk=int(self.value())).first()
        if campaign is None:
            return queryset.none()
        return queryset.filter(pk__in=type(self).READ(campaign, request.actor).values("pk"))


class ClueCountedIn(CountedInFilter):
    READ = staticmethod(queries.clues_of)


class VisitCountedIn(CountedInFilter):
    READ = staticmethod(queries.visits_of)


contribute_filter(Clue, ClueCountedIn)
contribute_filter(Visit, VisitCountedIn)


class OwedFilter(admin.SimpleListFilter):
    """The rows that the home tile 今天未报日报 counts."""

    title, parameter_name = "日报", "returns"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("owed", "今天未报")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() != "owed":
            return queryset
        owed = queries.owed_by(request.actor, on=clock.today())
        return queryset.filter(pk__in=[row.pk for row in owed if rules.can_return(request.actor, row)])


@admin.register(Campaign)
class CampaignAdmin(RegisterAdmin):
    view_rule = rules.can_view_campaigns
    menu = Menu("检查", 30, "flag")
    search_help = "编号或行动名称"
    empty_text = "还没有专项行动。点题整治、监管护苗、寒暑假巡查和回头看都在这里组织：先“新建专项行动”。"
    pages = (
        pages.DraftCampaign,
        pages.StartCampaign,
        pages.FileReturn,
        pages.ListTargets,
        pages.TakeStatistics,
        pages.AddUnit,
        papers.AddPaper,
        pages.ChangeCampaign,
        pages.CloseCampaign,
        pages.Rows,
    )
    list_display = ("name", "kind", "period", "organ", "state_chip")
    list_filter = (OwedFilter, "state", "kind", "starts_on")
    list_select_related = ("organ",)
    search_fields = ("number", "name")
    ordering = ("-starts_on", "-pk")
    sections = (
        ("行动", ("number", "name", "kind", "period", "jurisdiction", "organ", "aim")),
        ("范围", ("areas_text", "categories_text", "site_types_text", "former_text", "checklist", "daily_returns")),
        ("总结", ("state", "report")),
    )

    @admin.display(description="期间", ordering="starts_on")
    def period(self, row: Campaign) -> str:
        return f"{row.starts_on} 至 {row.ends_on}"

    @admin.display(description="状态", ordering="state")
    def state_chip(self, row: Campaign) -> str:
        return chip(row.get_state_display(), STATE_TONES[CampaignState(row.state)])

    @admin.display(description="行动区域")
    def areas_text(self, row: Campaign) -> str:
        areas = row.areas.select_related("division").order_by("division__code")
        return "、".join(str(area) for area in areas) or "全辖区"

    @admin.display(description="培训类别")
    def categories_text(self, row: Campaign) -> str:
        return "、".join(Category(value).label for value in row.categories) or "全部"

    @admin.display(description="场所类型")
    def site_types_text(self, row: Campaign) -> str:
        return "、".join(SiteType(value).label for value in row.site_types) or "全部"

    @admin.display(description="原状态")
    def former_text(self, row: Campaign) -> str:
        return "、".join(Status(value).label for value in row.former_statuses) or "不限"

    def summary(self, actor: Actor, row: Campaign) -> list[tuple[str, object, str]]:
        found = figures(queries.visits_of(row, actor))
        done, still_open = queries.done_and_open(row, actor)
        missing = len(queries.missing_returns(row, on=clock.today()))
        strip = [
            ("状态", row.get_state_display(), STATE_TONES[CampaignState(row.state)]),
            ("检查", f"{found['visits']}家次 {found['sites']}家", "plain"),
            ("出动", f"{found['person_times']}人次 {found['persons']}人", "plain"),
            ("发现问题", f"{found['with_problem']}家", "bad" if found["with_problem"] != "0" else "ok"),
            ("对象", f"已查{done}家，待查{still_open}家", "notice" if still_open else "plain"),
        ]
        return [*strip, ("未报日报", f"{missing}份", "bad")] if missing else strip

    def timeline(self, actor: Actor, row: Campaign) -> list:
        return timeline(row)


class VisitedFilter(admin.SimpleListFilter):
    """Done or open, as the campaign's page counts them."""

    title, parameter_name = "进展", "visited"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "已查"), ("no", "待查")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in {"yes", "no"}:
            return queryset
        return queries.listed(queryset).filter(visited=self.value() == "yes")


class TagFilter(admin.SimpleListFilter):
    title, parameter_name = "列入原因", "tag"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return list(TargetTag.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(tags__contains=[self.value()]) if self.value() in TargetTag.values else queryset


@admin.register(CampaignTarget)
class CampaignTargetAdmin(RegisterAdmin):
    view_rule = rules.can_view_campaigns
    menu = Menu("检查", 32, "checklist")
    search_help = "对象或地址"
    empty_text = "还没有行动对象。在专项行动页面“生成对象清单”，或在机构、无证场所页面“列入专项行动”。"
    pages = (pages.Recheck, pages.DropTarget, pages.RestoreTarget)
    list_display = ("site_name", "campaign", "tags_text", "division", "progress", "result_chip")
    list_filter = (CampaignFilter, VisitedFilter, TagFilter, "state", "result")
    list_select_related = ("campaign", "division")
    search_fields = ("site_name", "address")
    ordering = ("-campaign__starts_on", "site_name", "pk")
    sections = (
        ("对象", ("site_name", "address", "division", "category", "institution", "unlicensed")),
        ("列入", ("campaign_link", "tags_text", "reason", "listed_at", "state", "drop_reason")),
        ("复核", ("progress", "result", "result_visit", "result_remark")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return queries.with_visited(super().get_queryset(request))

    @admin.display(description="列入原因")
    def tags_text(self, row: CampaignTarget) -> str:
        return "、".join(TargetTag(tag).label for tag in row.tags)

    @admin.display(description="专项行动")
    def campaign_link(self, row: CampaignTarget) -> str:
        return link(row.campaign.name, self.admin_site.get_model_admin(Campaign).row_url(row.campaign))

    @admin.display(description="进展")
    def progress(self, row: CampaignTarget) -> str:
        if row.state == TargetState.DROPPED:
            return chip("已剔除", "plain")
        return chip("已查", "ok") if row.visited else chip("待查", "notice")

    @admin.display(description="复核结果", ordering="result")
    def result_chip(self, row: CampaignTarget) -> str:
        return chip(row.get_result_display(), RESULT_TONES[RecheckResult(row.result)]) if row.result else ""

    def timeline(self, actor: Actor, row: CampaignTarget) -> list:
        return timeline(row)


@admin.register(CampaignUnit)
class CampaignUnitAdmin(RegisterAdmin):
    view_rule = rules.can_view_campaigns
    empty_text = "没有成员单位。"
    pages = (pages.EndUnit,)
    list_display = ("organ", "campaign", "role", "joined_on", "left_on")
    list_filter = (CampaignFilter, "role")
    list_select_related = ("campaign", "organ")
    ordering = ("-campaign__starts_on", "joined_on", "pk")
    sections = (("成员单位", ("organ", "role", "contact", "campaign", "joined_on", "left_on")),)
