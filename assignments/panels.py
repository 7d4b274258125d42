"""Progress on an assignment's page; what waits, on the home page."""

from __future__ import annotations

from django.urls import reverse

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.panels import Panel, panel
from foundation.deadlines.kinds import MatterKind, kept

from . import queries
from .models import Assignment, Part

kept(Part, kind=MatterKind("assignment", "交办任务", 30))  # an organ's, not one person's

PROGRESS = ("分组", "总数(件)", "未反馈", "其中超期", "待审核", "已办结", "办结率")


@panel(Assignment, label="承办单位", order=10)
def parts(actor: Actor, assignment: Assignment) -> Panel:
    rows = [
        (part.organ, part.get_state_display(), part.due_on, part.result or "—", part.remark or "—")
        for part in assignment.parts.select_related("organ").order_by("organ__jurisdiction__code", "pk")
    ]
    return Panel(("单位", "状态", "期限", "办理情况", "审核意见"), rows)


@panel(Assignment, label="按层级的进度", order=20)
def by_level(actor: Actor, assignment: Assignment) -> Panel:
    return _progress(queries.progress_by_level(assignment, on=clock.today()))


@panel(Assignment, label="按部门的进度", order=30)
def by_department(actor: Actor, assignment: Assignment) -> Panel:
    return _progress(queries.progress_by_department(assignment, on=clock.today()))


def _progress(found: list[queries.Progress]) -> Panel:
    rows = [(p.group, p.all, p.open, p.overdue, p.answered, p.done, f"{p.percent}%") for p in found]
    return Panel(PROGRESS, rows)


@todo_tile(order=10)
def waiting(actor: Actor) -> Tile | None:
    return _tile("待我办理的交办", queries.waiting_for(actor).count(), "waiting", "notice")


@todo_tile(order=11)
def judging(actor: Actor) -> Tile | None:
    return _tile("待我审核的反馈", queries.to_judge(actor).count(), "judging", "notice")


@todo_tile(order=40)
def returned(actor: Actor) -> Tile | None:
    return _tile("退回", queries.returned_to(actor).count(), "returned", "bad")


def _tile(label: str, count: int, mine: str, tone: str) -> Tile | None:
    url = reverse("admin:assignments_part_changelist") + f"?mine={mine}"
    return Tile(label, count, url, tone=tone) if count else None
