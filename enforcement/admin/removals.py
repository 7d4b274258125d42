"""广告处置 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import Prefetch, QuerySet

from clues.models import Sighting
from enforcement import removing, rules
from enforcement.enums import AdOutcome
from enforcement.models import RemovalItem, RemovalOfficer
from enforcement.pages import removals as pages
from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter, contribute_filter
from foundation.core.marks import chip
from foundation.core.pages import contribute
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from inspections.models import Campaign
from institutions.models import Institution

TONES = {
    AdOutcome.DISSUADED: "plain",
    AdOutcome.CONFISCATED: "notice",
    AdOutcome.DISMANTLED: "ok",
    AdOutcome.DELETED: "ok",
    AdOutcome.DESTROYED: "ok",
    AdOutcome.TRANSFERRED: "primary",
}

for page in (pages.Remove, pages.RemoveMany):
    contribute(Sighting, page)
for page in (pages.Flag, pages.Unflag):
    contribute(Institution, page)


class SightingWaiting(WaitingFilter):
    """The rows that the home tile counts."""

    title = "处置"
    WAITING = {"remove": ("待处置", removing.waiting)}


contribute_filter(Sighting, SightingWaiting)


class Voided(SimpleListFilter):
    """Void entries are shown to whoever asks for them only."""

    title, parameter_name = "作废", "voided"

    def lookups(self, request, model_admin):
        return [("yes", "已作废的"), ("all", "全部")]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        return queryset.filter(voided_at__isnull=self.value() != "yes")


class InCampaign(SimpleListFilter):
    title, parameter_name = "专项行动", "campaign"

    def lookups(self, request, model_admin):
        rows = Campaign.objects.visible_to(request.actor).filter(removals__isnull=False).distinct()
        return [(str(row.pk), row.name) for row in rows.order_by("-starts_on", "pk")]

    def queryset(self, request, queryset):
        chosen = self.value() or ""
        return queryset.filter(removal__campaigns__campaign=int(chosen)) if chosen.isdecimal() else queryset


@admin.register(RemovalItem)
class RemovalItemAdmin(RegisterAdmin):
    view_rule = rules.can_view_orders
    menu = Menu("执法", 30, "delete_sweep")
    search_help = "处置编号、线索编号、机构名称、招牌或地址"
    empty_text = "还没有广告处置。请在“线索—广告线索”中打开一条“登记处置”，或勾选多条“登记同一次处置”。"
    pages = (pages.Figures, ExportPage, pages.TagRemoval, pages.VoidItem)
    list_display = ("number", "done_on", "about", "medium", "outcome_chip", "amount_text", "departments", "void_text")
    list_filter = (
        *("outcome", "sighting__unit", "sighting__medium", InCampaign, Voided),
        *("removal__jurisdiction", "removal__done_on"),
    )
    search_fields = (
        *("removal__number", "sighting__clue__number", "sighting__clue__institution__name"),
        *("sighting__clue__sign", "sighting__clue__address"),
    )
    ordering = ("-removal__done_on", "-pk")
    sections = (
        ("处置", ("number", "done_on", "outcome", "amount_text", "assignment_text", "void_text")),
        ("广告", ("clue_number", "medium", "about", "place")),
        ("出动", ("officers_text", "departments", "campaigns_text", "remark")),
    )

    def visible(self, actor: Actor) -> QuerySet[RemovalItem]:
        rows = super().visible(actor).select_related("removal", "sighting__clue__division")
        return rows.select_related("sighting__clue__institution", "sighting__clue__unlicensed_site").prefetch_related(
            Prefetch("removal__officers", queryset=RemovalOfficer.objects.order_by("pk"))
        )

    @admin.display(description="处置编号", ordering="removal__number")
    def number(self, row: RemovalItem) -> str:
        return row.removal.number

    @admin.display(description="处置日期", ordering="removal__done_on")
    def done_on(self, row: RemovalItem):
        return row.removal.done_on

    @admin.display(description="机构或地址")
    def about(self, row: RemovalItem) -> str:
        return row.sighting.clue.about or str(row.sighting.clue.division)

    @admin.display(description="乡镇(街道)或社区")
    def place(self, row: RemovalItem) -> str:
        return str(row.sighting.clue.division)

    @admin.display(description="媒介", ordering="sighting__medium")
    def medium(self, row: RemovalItem) -> str:
        return row.sighting.get_medium_display()

    @admin.display(description="处置方式", ordering="outcome")
    def outcome_chip(self, row: RemovalItem) -> str:
        return chip(row.get_outcome_display(), TONES[AdOutcome(row.outcome)])

    @admin.display(description="数量", ordering="quantity")
    def amount_text(self, row: RemovalItem) -> str:
        return row.amount

    @admin.display(description="参加部门")
    def departments(self, row: RemovalItem) -> str:
        return "、".join(dict.fromkeys(one.organ_name for one in row.removal.officers.all() if one.organ_name))

    @admin.display(description="人员")
    def officers_text(self, row: RemovalItem) -> str:
        return "、".join(str(one) for one in row.removal.officers.all())

    @admin.display(description="专项行动")
    def campaigns_text(self, row: RemovalItem) -> str:
        tags = row.removal.campaigns.select_related("campaign").order_by("pk")
        return "、".join(tag.campaign.name for tag in tags)

    @admin.display(description="情况")
    def remark(self, row: RemovalItem) -> str:
        return row.removal.remark

    @admin.display(description="作废")
    def void_text(self, row: RemovalItem) -> str:
        return chip(f"已作废：{row.void_reason}", "black") if row.voided_at else ""

    @admin.display(description="移送交办")
    def assignment_text(self, row: RemovalItem) -> str:
        return f"{row.assignment.number} {removing.answered(row)}" if row.assignment_id else ""

    @admin.display(description="线索编号", ordering="sighting__clue__number")
    def clue_number(self, row: RemovalItem) -> str:
        return row.sighting.clue.number

    def summary(self, actor: Actor, row: RemovalItem) -> list[tuple[str, object, str]]:
        return [
            ("处置方式", row.get_outcome_display(), TONES[AdOutcome(row.outcome)]),
            ("数量", row.amount, "plain"),
            ("出动", f"{row.removal.officers.count()}人", "plain"),
        ]

    def timeline(self, actor: Actor, row: RemovalItem) -> list:
        return timeline(row.removal)
