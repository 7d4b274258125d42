"""The day-by-day count, the days of a calendar, and the 待办 tiles."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from foundation.core import clock, marks
from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.panels import Panel, panel

from . import queries, rules, working_days
from .models import CalendarYear, Deadline


@panel(Deadline, label="逐日计算", order=10)
def count(actor: Actor, deadline: Deadline) -> Panel:
    days = queries.day_by_day(deadline, along=working_days.calendar())
    rows = [
        (
            day.date,
            day.weekday,
            day.kind.label if day.confirmed else f"{day.kind.label}（暂定）",
            marks.chip(f"第 {day.number} 天", "primary") if day.counts else "不计",
            day.why,
        )
        for day in days
    ]
    return Panel(
        ("日期", "星期", "性质", "计数", "为什么算、为什么不算"), rows, empty="到期日由经办人指定，不逐日计算。"
    )


@panel(Deadline, label="中止记录", order=20)
def pauses(actor: Actor, deadline: Deadline) -> Panel:
    rows = [(row.from_on, row.resumed_on or "尚未恢复", row.reason) for row in deadline.pauses.order_by("from_on")]
    return Panel(("中止之日", "恢复之日", "理由"), rows, empty="没有中止过")


@panel(CalendarYear, label="放假与调休", order=10)
def named_days(actor: Actor, version: CalendarYear) -> Panel:
    rows = [
        (day.date, "周" + "一二三四五六日"[day.date.weekday()], day.get_kind_display(), day.name)
        for day in version.days.order_by("date")
    ]
    return Panel(("日期", "星期", "性质", "名称"), rows)


@todo_tile(order=20)
def due_soon(actor: Actor) -> Tile | None:
    if not rules.can_view_deadlines(actor):
        return None
    rows = queries.due_within(queries.open_for(actor), queries.SOON, on=clock.today())
    return Tile("即将到期", rows.count(), _list(due="soon"), tone="notice", note=f"{queries.SOON} 个工作日内")


@todo_tile(order=30)
def overdue(actor: Actor) -> Tile | None:
    if not rules.can_view_deadlines(actor):
        return None
    rows = queries.overdue(queries.open_for(actor), on=clock.today())
    return Tile("已超期", rows.count(), _list(due="overdue"), tone="bad")


def _list(**conditions: str) -> str:
    return f"{reverse('admin:deadlines_deadline_changelist')}?{urlencode({'mine': '1', **conditions})}"
