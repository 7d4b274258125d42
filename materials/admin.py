"""培训材料, 材料审核队伍, 班级用材料 and 未审先用警示 in the staff site."""

from __future__ import annotations

from datetime import date

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import chip, copyable, link
from foundation.core.pages import contribute
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from institutions.models import Institution

from . import exporting, pages, queries, rules  # noqa: F401  (exporting declares what ExportPage writes)
from .enums import SetState
from .models import MaterialSet, MaterialUse, Reviewer, UseAlarm

for page in (pages.RegisterSet, pages.RecordUse):
    contribute(Institution, page)

TONES = {
    SetState.APPROVED: "ok",
    SetState.REFUSED: "bad",
    SetState.WITHDRAWN: "bad",
    SetState.RETURNED: "notice",
}


def institution_link(row: Institution) -> SafeString:
    return link(row.name, reverse("admin:institutions_institution_change", args=[row.pk]))


class SetWaiting(WaitingFilter):
    WAITING = {"send": ("待送外审", queries.to_send), "decide": ("待我审定", queries.to_decide)}


class CountedFilter(admin.SimpleListFilter):
    """The rows behind the numbers of 审核统计, by the same queries; the days stand in the address beside it."""

    title, parameter_name = "统计口径", "counted"
    OF_PERIOD = {"reviewed": ("其间审核", queries.reviewed), "passed": ("其间审核通过", queries.passed)}
    OF_DAY = {
        "used": ("在用", queries.in_use),
        "covered": ("在用且已审", queries.approved_in_use),
        "uncovered": ("在用未审", queries.unapproved_in_use),
    }

    def __init__(self, request, params, model, model_admin) -> None:
        super().__init__(request, params, model, model_admin)
        for name in ("first", "last"):
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1]

    def expected_parameters(self) -> list[str]:
        return ["counted", "first", "last"]

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in {**self.OF_PERIOD, **self.OF_DAY}.items()]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        last = self._day("last") or clock.today()
        first = self._day("first") or last.replace(month=1, day=1)
        if (value := self.value()) in self.OF_PERIOD:
            return queryset.filter(pk__in=self.OF_PERIOD[value][1](request.actor, first=first, last=last).values("pk"))
        if value in self.OF_DAY:
            return queryset.filter(pk__in=self.OF_DAY[value][1](request.actor, on=last).values("pk"))
        return queryset

    def _day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self.used_parameters.get(name, ""))
        except ValueError:
            return None


@admin.register(MaterialSet)
class MaterialSetAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("机构名录", 64, "menu_book")
    search_help = "材料名称、机构或备案号"
    empty_text = "还没有登记培训材料。在机构页面点“登记培训材料”，或用“数据导入”成批登记；凡编必审、凡用必审。"
    pages = (
        *(pages.PassInside, pages.Send, pages.GiveOpinion, pages.Approve, pages.Return, pages.Refuse),
        *(pages.Resubmit, pages.Withdraw, pages.Figures, ExportPage),
    )
    list_display = ("title_text", "institution", "subject", "stage", "kind", "state_chip", "number", "valid_to")
    list_filter = (SetWaiting, CountedFilter, "state", "kind", "stage", "institution__category")
    list_select_related = ("institution",)
    search_fields = ("title", "institution__name", "number", "isbn")
    ordering = ("-pk",)
    sections = (
        (
            "材料",
            ("institution_text", "title", "edition", "subject", "stage", "kind", "isbn", "author"),
        ),
        ("登记与内审", ("registered_on", "inside_by", "inside_on", "inside_note")),
        ("审核与备案", ("state", "state_at", "number_text", "valid_from", "valid_to")),
    )

    @admin.display(description="材料名称", ordering="title")
    def title_text(self, row: MaterialSet) -> str:
        return str(row)

    @admin.display(description="机构")
    def institution_text(self, row: MaterialSet) -> SafeString:
        return institution_link(row.institution)

    @admin.display(description="备案号")
    def number_text(self, row: MaterialSet) -> SafeString | str:
        return copyable(row.number) if row.number else "—"

    @admin.display(description="状态", ordering="state")
    def state_chip(self, row: MaterialSet) -> SafeString:
        if row.state == SetState.APPROVED and not row.holds_on(clock.today()):
            return chip("审核已过期", "bad")
        return chip(row.get_state_display(), TONES.get(SetState(row.state), "plain"))

    def summary(self, actor: Actor, row: MaterialSet) -> list[tuple[str, object, str]]:
        using = row.uses.filter(stopped_on__isnull=True).count()
        alarms = row.alarms.filter(closed_on__isnull=True).count()
        return [
            ("状态", self.state_chip(row), "plain"),
            ("备案号", row.number or "—", "plain"),
            ("有效期至", row.valid_to or "—", "plain"),
            ("在用班级", f"{using}个", "plain"),
            ("未审先用", f"{alarms}个班级", "bad" if alarms else "plain"),
        ]

    def timeline(self, actor: Actor, row: MaterialSet) -> list:
        return timeline(row)


@admin.register(Reviewer)
class ReviewerAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("机构名录", 65, "groups")
    search_help = "姓名、单位或科目"
    empty_text = "还没有聘任审核人员。点“聘任审核人员”，组成本局的培训材料审核队伍。"
    pages = (pages.NameReviewer, pages.EndReviewer)
    list_display = ("name", "workplace", "subjects", "jurisdiction", "since", "until", "standing")
    list_filter = ("jurisdiction",)
    list_select_related = ("jurisdiction",)
    search_fields = ("name", "workplace", "subjects")
    ordering = ("-until", "name", "pk")
    sections = (("审核人员", ("name", "workplace", "subjects", "jurisdiction", "since", "until", "ended_on")),)

    @admin.display(description="状态")
    def standing(self, row: Reviewer) -> SafeString:
        today = clock.today()
        if row.serves_on(today):
            return chip("任期内", "ok")
        return chip("未到任期", "plain") if row.ended_on is None and today < row.since else chip("任期已满", "plain")

    def summary(self, actor: Actor, row: Reviewer) -> list[tuple[str, object, str]]:
        return [("状态", self.standing(row), "plain"), ("任期", f"{row.since}至{row.until}", "plain")]

    def timeline(self, actor: Actor, row: Reviewer) -> list:
        return timeline(row)


class RunningFilter(admin.SimpleListFilter):
    title, parameter_name = "是否在用", "running"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        return [("yes", "在用"), ("no", "已停用")]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(stopped_on__isnull=self.value() == "yes")


class OfClass(RegisterAdmin):
    """What uses and alarms show of the class and the set."""

    view_rule = rules.can_view
    list_select_related = ("training_class__course__institution", "material")

    def visible(self, actor: Actor) -> QuerySet:
        return super().visible(actor).select_related("training_class__course__institution", "material")

    @admin.display(description="机构", ordering="training_class__course__institution__name")
    def institution_text(self, row) -> str:
        return row.training_class.course.institution.name

    @admin.display(description="机构")
    def institution_url(self, row) -> SafeString:
        return institution_link(row.training_class.course.institution)

    @admin.display(description="培训材料")
    def material_url(self, row) -> SafeString:
        return link(str(row.material), reverse("admin:materials_materialset_change", args=[row.material_id]))

    def timeline(self, actor: Actor, row) -> list:
        return timeline(row)


@admin.register(MaterialUse)
class MaterialUseAdmin(OfClass):
    menu = Menu("机构名录", 66, "auto_stories")
    search_help = "班级、材料或机构"
    empty_text = "还没有登记班级使用的材料。在机构页面点“登记班级用材料”。"
    pages = (pages.Stop,)
    list_display = ("training_class", "institution_text", "material", "since", "source", "standing")
    list_filter = (RunningFilter, "source")
    search_fields = ("training_class__name", "material__title", "training_class__course__institution__name")
    ordering = ("-since", "-pk")
    sections = (
        ("班级用材料", ("institution_url", "training_class", "material_url", "since", "source", "note", "entered_by")),
        ("停用", ("stopped_on", "stop_reason")),
    )

    @admin.display(description="状态", ordering="stopped_on")
    def standing(self, row: MaterialUse) -> SafeString:
        return chip("已停用", "plain") if row.stopped_on else chip("在用", "ok")

    def summary(self, actor: Actor, row: MaterialUse) -> list[tuple[str, object, str]]:
        return [("状态", self.standing(row), "plain"), ("材料", row.material.get_state_display(), "plain")]


class AlarmStanding(admin.SimpleListFilter):
    title, parameter_name = "是否解除", "standing"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        return [("open", "未解除"), ("closed", "已解除")]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if self.value() not in {"open", "closed"}:
            return queryset
        return queryset.filter(closed_on__isnull=self.value() == "open")


@admin.register(UseAlarm)
class UseAlarmAdmin(OfClass):
    menu = Menu("机构名录", 67, "report")
    search_help = "班级、材料或机构"
    empty_text = "没有未审先用警示。班级使用未经审核、审核已撤销或已过期的材料时，这里逐条列出。"
    pages = (pages.StopAlarmed, ExportPage)
    list_display = ("training_class", "institution_text", "material", "cause", "source", "opened_on", "standing_chip")
    list_filter = (AlarmStanding, "cause", "source", "closing", "opened_on")
    search_fields = ("training_class__name", "material__title", "training_class__course__institution__name")
    ordering = ("-opened_on", "-pk")
    sections = (
        ("警示", ("institution_url", "training_class", "material_url", "cause", "source", "opened_on")),
        ("解除", ("closed_on", "closing", "reason")),
    )

    @admin.display(description="状态", ordering="closed_on")
    def standing_chip(self, row: UseAlarm) -> SafeString:
        return chip(row.get_closing_display(), "ok") if row.closed_on else chip("未解除", "bad")

    def summary(self, actor: Actor, row: UseAlarm) -> list[tuple[str, object, str]]:
        return [
            ("状态", self.standing_chip(row), "plain"),
            ("原因", row.get_cause_display(), "plain"),
            ("发现日期", row.opened_on, "plain"),
        ]
