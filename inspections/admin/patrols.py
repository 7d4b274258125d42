"""巡查排班 in the staff site: shifts, their calendar, their groups."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import chip, link
from foundation.core.pages import contribute
from foundation.core.site import Menu
from inspections.enums import ShiftKind, ShiftState
from inspections.models import PatrolGroup, Shift, Visit
from inspections.pages import patrols as pages
from inspections.queries import patrols as queries
from inspections.rules import patrols as rules

TONES = {
    ShiftState.PLANNED: "plain",
    ShiftState.UNDER_WAY: "primary",
    ShiftState.DONE: "ok",
    ShiftState.CANCELLED: "black",
}

JOINT = "联合"

contribute(Visit, pages.SetJointOutcome)


class MineFilter(WaitingFilter):
    """The rows that the home tile 今日巡查 counts."""

    title = "与我有关"
    parameter_name = "mine"
    WAITING = {"today": ("我今天的巡查", lambda actor: queries.shifts_of(actor, on=clock.today()))}


@admin.register(Shift)
class ShiftAdmin(RegisterAdmin):
    view_rule = rules.can_view_shifts
    menu = Menu("检查", 40, "directions_walk")
    search_help = "编号或名称"
    empty_text = "还没有排班。“排班”后加分组，到当天“开始巡查”。"
    pages = (
        pages.PlanShift,
        pages.Calendar,
        pages.BeginShift,
        pages.FinishShift,
        pages.AddGroup,
        pages.ChangeShift,
        pages.TakeLedger,
        pages.CancelShift,
    )
    list_display = ("title", "kind", "held_on", "slot_text", "openness", "organ", "state_chip")
    list_filter = (MineFilter, "state", "kind", "slot", "covert", "held_on", "campaign")
    list_select_related = ("organ",)
    search_fields = ("number", "title")
    ordering = ("-held_on", "-pk")
    sections = (
        ("班次", ("number", "title", "kind", "held_on", "slot_text", "openness", "jurisdiction", "organ")),
        (JOINT, ("level", "round", "focus")),
        ("说明", ("state", "campaign", "planned_by", "remark")),
    )

    def details(self, actor: Actor, row: Shift) -> list:
        """Level, round and focus are of joint patrols alone."""
        found = super().details(actor, row)
        return found if row.kind == ShiftKind.JOINT else [section for section in found if section[0] != JOINT]

    @admin.display(description="时段", ordering="slot")
    def slot_text(self, row: Shift) -> str:
        return f"{row.get_slot_display()}（{'班外' if queries.is_off_hours(row) else '班内'}）"

    @admin.display(description="明察暗访", ordering="covert")
    def openness(self, row: Shift) -> str:
        return "暗访" if row.covert else "明察"

    @admin.display(description="状态", ordering="state")
    def state_chip(self, row: Shift) -> str:
        return chip(row.get_state_display(), TONES[ShiftState(row.state)])

    def summary(self, actor: Actor, row: Shift) -> list[tuple[str, object, str]]:
        this = Shift.objects.filter(pk=row.pk)
        went, found = queries.turnout(this), queries.seen_on(this, actor)
        return [
            ("状态", row.get_state_display(), TONES[ShiftState(row.state)]),
            ("出动", f"{went.groups}组 {went.persons}人，{went.organs}个单位", "plain"),
            ("检查", f"{found.visits}家次 {found.sites}家", "plain"),
            ("发现问题", f"{found.with_problem}家（{found.rate}）", "bad" if found.with_problem else "ok"),
        ]

    def timeline(self, actor: Actor, row: Shift) -> list:
        return timeline(row)


@admin.register(PatrolGroup)
class PatrolGroupAdmin(RegisterAdmin):
    view_rule = rules.can_view_shifts
    search_help = "组名或班次名称"
    empty_text = "没有分组。"
    pages = (pages.FileGroupVisit, pages.Attendance, pages.ChangeGroup, pages.RemoveGroup)
    list_display = ("name", "shift", "areas_text")
    list_filter = ("shift__held_on", "shift__state")
    list_select_related = ("shift",)
    search_fields = ("name", "shift__title")
    ordering = ("-shift__held_on", "-pk")
    sections = (("分组", ("name", "shift_link", "areas_text")),)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("shift").prefetch_related(queries.AREAS)

    @admin.display(description="班次")
    def shift_link(self, row: PatrolGroup) -> str:
        return link(row.shift, self.admin_site.get_model_admin(Shift).row_url(row.shift))

    @admin.display(description="负责区域")
    def areas_text(self, row: PatrolGroup) -> str:
        return "、".join(str(area) for area in row.areas.all())

    def summary(self, actor: Actor, row: PatrolGroup) -> list[tuple[str, object, str]]:
        return [
            ("班次", row.shift.get_state_display(), TONES[ShiftState(row.shift.state)]),
            ("日期", f"{row.shift.held_on} {row.shift.get_slot_display()}", "plain"),
        ]
