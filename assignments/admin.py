"""交办 in the staff site: what was asked, and what each organ owes."""

from __future__ import annotations

from django.contrib import admin

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.site import Menu

from . import pages, queries, rules
from .enums import OPEN, PartState
from .models import Assignment, Part


class MineFilter(WaitingFilter):
    title = "与我有关"
    parameter_name = "mine"
    WAITING = {
        "waiting": ("待我办理", queries.waiting_for),
        "judging": ("待我审核", queries.to_judge),
        "returned": ("退回", queries.returned_to),
    }


TONES = {PartState.DONE: "ok", PartState.RETURNED: "bad", PartState.ANSWERED: "notice"}


@admin.register(Assignment)
class AssignmentAdmin(RegisterAdmin):
    view_rule = rules.can_view_assignments
    menu = Menu("工作台", 20, "send")
    search_help = "编号、事项或要求"
    empty_text = "还没有交办事项。市、县教育行政部门可以“交办任务”给下级、镇街和部门。"
    pages = (pages.Assign,)
    list_display = ("number", "title", "organ", "urgency", "issued_at", "due_on")
    list_filter = ("urgency", "due_on")
    list_select_related = ("organ",)
    search_fields = ("number", "title", "content")
    ordering = ("-issued_at", "-pk")
    sections = (
        ("事项", ("number", "title", "content", "urgency", "due_on")),
        ("交办", ("organ", "issued_by", "issued_at", "parent", "matter")),
    )

    def timeline(self, actor: Actor, row: Assignment) -> list:
        return timeline(row)


@admin.register(Part)
class PartAdmin(RegisterAdmin):
    view_rule = rules.can_view_assignments
    menu = Menu("工作台", 30, "task_alt")
    search_help = "编号、事项或单位"
    empty_text = "没有承办任务。"
    pages = (pages.Receive, pages.Answer, pages.PassOn, pages.Accept, pages.SendBack, pages.Cancel)
    list_display = ("number", "title", "organ", "state", "due_on", "answered_at")
    list_filter = (MineFilter, "state", "due_on")
    list_select_related = ("assignment", "organ")
    search_fields = ("assignment__number", "assignment__title", "organ__name")
    ordering = ("due_on", "pk")
    sections = (
        ("任务", ("number", "title", "content", "given_by", "due_on")),
        ("办理", ("organ", "state", "received_at", "answered_at", "result")),
        ("审核", ("remark", "returns", "closed_at")),
    )

    @admin.display(description="编号", ordering="assignment__number")
    def number(self, row: Part) -> str:
        return row.assignment.number

    @admin.display(description="事项", ordering="assignment__title")
    def title(self, row: Part) -> str:
        return row.assignment.title

    @admin.display(description="要求")
    def content(self, row: Part) -> str:
        return row.assignment.content

    @admin.display(description="交办单位")
    def given_by(self, row: Part) -> str:
        return row.assignment.organ.name

    def summary(self, actor: Actor, row: Part) -> list[tuple[str, object, str]]:
        late = row.state in OPEN and row.due_on < clock.today()
        return [
            ("状态", row.get_state_display(), TONES.get(PartState(row.state), "plain")),
            ("办理期限", row.due_on, "bad" if late else "plain"),
            ("承办单位", row.organ, "plain"),
        ]

    def timeline(self, actor: Actor, row: Part) -> list:
        return timeline(row)
