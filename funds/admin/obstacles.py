"""监管问题台账 and 管理员培训 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import chip
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from funds import queries, rules
from funds.enums import ObstacleState
from funds.models import AdminTraining, Obstacle
from funds.pages import obstacles as pages

from .accounts import to_funds


class OverdueFilter(WaitingFilter):
    WAITING = {"overdue": ("超期未解决", queries.obstacles_overdue), "mine": ("我负责的", queries.own_obstacles)}


@admin.register(Obstacle)
class ObstacleAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("资金", 28, "report")
    search_help = "机构名称或问题"
    empty_text = "没有监管问题。开户、核验、支付中遇到的问题请“登记问题”，分类解决。"
    pages = (pages.OpenObstacle, pages.ByKind, pages.CloseObstacle, ExportPage)
    list_display = ("kind", "words", "institution", "owner", "due_on", "standing")
    list_filter = (OverdueFilter, "state", "kind", "due_on")
    list_select_related = ("institution", "owner")
    search_fields = ("institution__name", "words")
    ordering = ("-state", "due_on", "pk")
    sections = (
        ("问题", ("kind", "words", "jurisdiction", "found_on", "opened_by")),
        ("解决", ("owner", "due_on", "closed_on", "result")),
    )

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Obstacle) -> SafeString:
        if row.state == ObstacleState.CLOSED:
            return chip("已解决", "ok")
        return chip("超期", "bad") if row.due_on < clock.today() else chip("未解决", "notice")

    def summary(self, actor: Actor, row: Obstacle) -> list[tuple[str, object, str]]:
        about = to_funds(row) if row.institution_id else f"{row.jurisdiction}（全县）"
        return [("对象", about, "plain"), ("状态", self.standing(row), "plain"), ("解决期限", row.due_on, "plain")]

    def timeline(self, actor: Actor, row: Obstacle) -> list:
        return timeline(row)


@admin.register(AdminTraining)
class AdminTrainingAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("资金", 34, "school")
    search_help = "培训主题"
    empty_text = "还没有管理员培训。请“登记培训”。"
    pages = (pages.HoldTraining,)
    list_display = ("held_on", "topic", "mode", "organ", "persons", "number_of_organs")
    list_filter = ("mode", "held_on")
    list_select_related = ("organ",)
    search_fields = ("topic",)
    ordering = ("-held_on", "-pk")
    sections = (("培训", ("topic", "mode", "held_on", "place", "organ", "persons", "recorded_by", "recorded_at")),)

    def get_queryset(self, request):
        return queries.with_attending(super().get_queryset(request))

    @admin.display(description="参训单位(个)")
    def number_of_organs(self, row: AdminTraining) -> int:
        return row.organs_there

    def timeline(self, actor: Actor, row: AdminTraining) -> list:
        return timeline(row)
