"""风险预警, 风险评分, 风险迹象, 爆雷跑路, 排查 and 预警阈值 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.urls import reverse
from django.utils.safestring import SafeString

from alerts import exporting, queries, rules  # noqa: F401  (exporting declares what ExportPage writes)
from alerts.enums import TONES, AlertState, Grade
from alerts.models import Alert, Runaway, ScoreDay, Search, Sign, Threshold
from alerts.pages import alerts as pages
from alerts.pages import monthly, runaways, thresholds
from contracts.admin.limits import PROPOSALS
from contracts.enums import ProposalState
from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import amount, chip, link
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from institutions.admin.filters import HomeFilter


class AlertFilter(WaitingFilter):
    title, parameter_name = "待办", "alert"
    WAITING = {"mine": ("我负责的", queries.own_alerts), "untaken": ("待认领", queries.untaken_alerts)}


class OpenOnFilter(SimpleListFilter):
    """What was open at the end of a day: behind a number of the month's report."""

    title, parameter_name = "当日待处置", "open_on"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        day = clock.parse_day(request.GET.get(self.parameter_name, ""))
        return [(day.isoformat(), f"{day}待处置")] if day else []

    def queryset(self, request, queryset):
        day = clock.parse_day(self.value() or "")
        return queries.open_at(queryset, on=day) if day else queryset


class ThresholdFilter(WaitingFilter):
    WAITING = {"1": ("待我审批", queries.thresholds_waiting)}


class Traced(RegisterAdmin):
    """Registers whose rows have a trail."""

    view_rule = rules.can_view

    def timeline(self, actor: Actor, row) -> list:
        return timeline(row)

    @admin.display(description="状态")
    def standing(self, row: Sign | Runaway) -> SafeString:
        return chip("已更正", "plain") if row.struck_at else chip("有效", "ok")


def to_institution(row: Alert | ScoreDay) -> SafeString:
    return link(row.institution.name, reverse("admin:institutions_institution_change", args=[row.institution_id]))


@admin.register(Alert)
class AlertAdmin(Traced):
    menu = Menu("资金", 70, "warning")
    search_help = "机构名称"
    empty_text = "没有预警。系统每晚按规则核对，有情形就在这里列出。"
    pages = (
        pages.TakeAlert,
        pages.CloseAlert,
        pages.SendVisit,
        pages.HoldReleases,
        pages.DisagreeAlert,
        monthly.FundsMonth,
        ExportPage,
    )
    list_display = ("institution", "rule_text", "grade_text", "words", "owner", "due_text", "state_text")
    list_filter = (AlertFilter, HomeFilter, OpenOnFilter, "state", "grade", "rule", "due_on", "opened_on", "ended_on")
    list_select_related = ("institution", "owner", "ended_by")
    search_fields = ("institution__name",)
    ordering = ("-state", "due_on", "pk")
    sections = (
        ("预警", ("words", "remedy", "fresh_on", "opened_on", "refreshed_on")),
        ("处置", ("owner", "action", "due_on", "state_text", "ended_on", "ended_by", "result")),
    )

    @admin.display(description="规则", ordering="rule")
    def rule_text(self, row: Alert) -> str:
        return str(row)

    @admin.display(description="等级", ordering="grade")
    def grade_text(self, row: Alert) -> SafeString:
        return chip(row.get_grade_display(), TONES[Grade(row.grade)])

    @admin.display(description="处置期限", ordering="due_on")
    def due_text(self, row: Alert) -> SafeString | str:
        late = row.state == AlertState.OPEN and row.due_on < clock.today()
        return chip(f"{row.due_on} 超期", "bad") if late else str(row.due_on)

    @admin.display(description="状态", ordering="state")
    def state_text(self, row: Alert) -> SafeString:
        return chip(row.get_state_display(), "notice" if row.state == AlertState.OPEN else "plain")

    def summary(self, actor: Actor, row: Alert) -> list[tuple[str, object, str]]:
        return [
            ("机构", to_institution(row), "plain"),
            ("等级", self.grade_text(row), "plain"),
            ("状态", self.state_text(row), "plain"),
            ("处置期限", self.due_text(row), "plain"),
        ]


@admin.register(ScoreDay)
class ScoreDayAdmin(RegisterAdmin):
    """The newest score of each institution, the highest first. Regulators come here for the numbers and see no row."""

    view_rule = rules.can_see_counts
    menu = Menu("资金", 71, "speed")
    search_help = "机构名称"
    empty_text = "还没有评分。系统每晚为有监管账户或合同资金的机构评分。"
    pages = (pages.Counts,)
    list_display = ("institution", "level_text", "points_text", "parts_text", "on")
    list_filter = ("level",)
    list_select_related = ("institution",)
    search_fields = ("institution__name",)
    ordering = ("-tenths", "institution__name", "pk")
    sections = (("评分", ("on", "points_text", "parts_text", "at_once")),)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(newest=True)

    @admin.display(description="等级", ordering="level")
    def level_text(self, row: ScoreDay) -> SafeString:
        return chip(row.get_level_display() if row.tenths else "正常", TONES[Grade(row.level)] if row.tenths else "ok")

    @admin.display(description="分值", ordering="tenths")
    def points_text(self, row: ScoreDay) -> str:
        return row.points

    @admin.display(description="构成")
    def parts_text(self, row: ScoreDay) -> str:
        said = " + ".join(f"{part['rule']} {part['tenths'] / 10:g}" for part in row.parts) or "—"
        return f"{said}（{row.at_once}直接定红）" if row.at_once else said

    def summary(self, actor: Actor, row: ScoreDay) -> list[tuple[str, object, str]]:
        return [
            ("机构", to_institution(row), "plain"),
            ("等级", self.level_text(row), "plain"),
            ("分值", row.points, "plain"),
        ]


@admin.register(Sign)
class SignAdmin(Traced):
    menu = Menu("资金", 73, "visibility")
    search_help = "机构名称或情况"
    empty_text = "还没有风险迹象。请在机构页“登记风险迹象”。"
    pages = (pages.StrikeSign,)
    list_display = ("institution", "kind", "seen_on", "words", "source", "standing")
    list_filter = ("kind", "seen_on")
    list_select_related = ("institution", "reported_by")
    search_fields = ("institution__name", "words")
    ordering = ("-seen_on", "-pk")
    sections = (
        ("迹象", ("institution", "kind", "seen_on", "words", "source", "reported_by", "reported_at")),
        ("更正", ("standing", "struck_at", "strike_reason")),
    )


@admin.register(Runaway)
class RunawayAdmin(Traced):
    menu = Menu("资金", 74, "directions_run")
    search_help = "机构名称"
    empty_text = "没有登记爆雷跑路。0起须有排查记录，见“期间核查”。"
    pages = (runaways.EnterRunaway, runaways.Proof, runaways.StrikeRunaway, ExportPage)
    list_display = ("happened_on", "name", "kind", "persons", "money", "source", "standing")
    list_filter = ("kind", "happened_on")
    list_select_related = ("jurisdiction", "institution", "entered_by")
    search_fields = ("name",)
    ordering = ("-happened_on", "-pk")
    sections = (
        ("事件", ("name", "institution", "jurisdiction", "kind", "happened_on", "persons", "money", "words")),
        ("来源", ("source", "entered_by", "entered_at")),
        ("更正", ("standing", "struck_at", "strike_reason")),
    )

    @admin.display(description="涉及金额(元)", ordering="amount_fen")
    def money(self, row: Runaway) -> SafeString:
        return amount(row.amount_fen)


@admin.register(Search)
class SearchAdmin(Traced):
    menu = Menu("资金", 75, "manage_search")
    search_help = "来源或结果"
    empty_text = "还没有排查记录。请“登记排查”。"
    pages = (runaways.NoteSearch,)
    list_display = ("jurisdiction", "first_on", "last_on", "sources", "found", "searched_by", "searched_at")
    list_filter = ("first_on",)
    list_select_related = ("jurisdiction", "searched_by")
    search_fields = ("sources", "found")
    ordering = ("-first_on", "-pk")
    sections = (("排查", ("jurisdiction", "first_on", "last_on", "sources", "found", "searched_by", "searched_at")),)


@admin.register(Threshold)
class ThresholdAdmin(Traced):
    menu = Menu("资金", 76, "tune")
    search_help = "依据"
    empty_text = "没有阈值。"
    pages = (thresholds.ProposeThreshold, thresholds.ApproveThreshold, thresholds.RefuseThreshold)
    list_display = ("code", "value", "place", "effective_from", "source", "state_text")
    list_filter = (ThresholdFilter, "state", "code", "effective_from")
    list_select_related = ("jurisdiction", "set_by", "decided_by")
    search_fields = ("source",)
    ordering = ("code", "-effective_from", "pk")
    sections = (
        ("阈值", ("code", "value", "place", "effective_from", "source")),
        ("审批", ("state_text", "set_by", "set_at", "decided_by", "remark")),
    )

    @admin.display(description="适用")
    def place(self, row: Threshold) -> str:
        return str(row.jurisdiction) if row.jurisdiction_id else "各地"

    @admin.display(description="状态", ordering="state")
    def state_text(self, row: Threshold) -> SafeString:
        return chip(row.get_state_display(), PROPOSALS[ProposalState(row.state)])

    def summary(self, actor: Actor, row: Threshold) -> list[tuple[str, object, str]]:
        told = [("数值", row.value, "plain"), ("施行起", row.effective_from, "plain")]
        return [("状态", self.state_text(row), "plain"), *told]
