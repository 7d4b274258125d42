"""核查任务 in the staff site, and the way to them from a clue."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString

from clues.models import Clue
from clues.rules import can_view_clues
from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import chip
from foundation.core.pages import contribute
from foundation.core.site import Menu
from supervisors.enums import TaskState
from supervisors.models import ClueTask
from supervisors.pages import verifying as pages

TONES = {TaskState.OPEN: "notice", TaskState.DONE: "ok", TaskState.CANCELLED: "plain"}

contribute(Clue, pages.AssignClue)


@admin.register(ClueTask)
class ClueTaskAdmin(RegisterAdmin):
    view_rule = can_view_clues
    menu = Menu("监督员", 65, "pin_drop")
    search_help = "线索编号、核查对象或监督员姓名"
    empty_text = "还没有核查任务。在线索页面点“交监督员核查”。"
    pages = (pages.CancelTask,)
    list_display = ("clue_number", "place", "supervisor_name", "due_on", "standing", "visit")
    list_filter = ("state", "due_on")
    list_select_related = ("clue", "supervisor", "visit")
    search_fields = ("clue__number", "place", "supervisor__name")
    ordering = ("-given_at", "-pk")
    sections = (
        ("任务", ("clue", "place", "address", "check_points", "supervisor", "due_on", "given_by", "given_at")),
        ("结果", ("state", "state_at", "visit", "result", "reason")),
    )

    @admin.display(description="线索", ordering="clue__number")
    def clue_number(self, row: ClueTask) -> str:
        return row.clue.number

    @admin.display(description="监督员", ordering="supervisor__name")
    def supervisor_name(self, row: ClueTask) -> str:
        return row.supervisor.name

    @admin.display(description="核查要点")
    def check_points(self, row: ClueTask) -> str:
        return "；".join(row.points)

    @admin.display(description="状态", ordering="state")
    def standing(self, row: ClueTask) -> SafeString:
        return chip(row.get_state_display(), TONES[TaskState(row.state)])

    def timeline(self, actor: Actor, row: ClueTask) -> list:
        return timeline(row)
