"""三项登记 with the rates made of them, and 催办记录, in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import chip
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from funds import progress, queries, rules
from funds.models import FlagEvent, Push
from funds.pages import rates as pages

from .accounts import to_funds


@admin.register(FlagEvent)
class FlagEventAdmin(RegisterAdmin):
    """The rates are read with aggregates alone; rows are seen by those who see funds."""

    view_rule = rules.can_see_rates
    search_help = "机构名称或依据"
    empty_text = "还没有三项登记。请在机构的“资金监管”页“登记三项完成”。"
    pages = (pages.Rates, pages.RateRows, pages.PushMissing, pages.StrikeFlag, ExportPage)
    list_display = ("institution", "flag", "standing", "effective_on", "evidence", "recorded_at")
    list_filter = ("flag", "up", "effective_on")
    list_select_related = ("institution", "replaced_by")
    search_fields = ("institution__name", "evidence")
    ordering = ("-recorded_at", "-pk")
    sections = (("登记", ("flag", "effective_on", "evidence", "recorded_by", "recorded_at")),)

    @admin.display(description="登记", ordering="up")
    def standing(self, row: FlagEvent) -> SafeString:
        if row.withdrawn or hasattr(row, "replaced_by"):
            return chip("更正" if row.withdrawn else "已更正", "plain")
        return chip("完成", "ok") if row.up else chip("撤销", "bad")

    def summary(self, actor: Actor, row: FlagEvent) -> list[tuple[str, object, str]]:
        return [("机构", to_funds(row), "plain"), ("登记", self.standing(row), "plain")]

    def timeline(self, actor: Actor, row: FlagEvent) -> list:
        return timeline(row)


@admin.register(Push)
class PushAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("资金", 15, "campaign")
    search_help = "催办单位"
    empty_text = "还没有催办。请在“三项监管率”中“催办未完成机构”。"
    list_display = ("flag", "organ", "pushed_at", "due_on", "number_of_institutions")
    list_filter = ("flag", "due_on")
    list_select_related = ("organ",)
    search_fields = ("organ__name",)
    ordering = ("-pushed_at", "-pk")
    sections = (("催办", ("flag", "organ", "pushed_by", "pushed_at", "due_on")),)

    def get_queryset(self, request):
        return queries.with_pushed(super().get_queryset(request))

    @admin.display(description="机构(家)")
    def number_of_institutions(self, row: Push) -> int:
        return row.pushed

    def summary(self, actor: Actor, row: Push) -> list[tuple[str, object, str]]:
        now = progress.of(row)
        return [
            ("事项", row.get_flag_display(), "plain"),
            ("今天已完成", now.text, "ok" if now.done == now.all else "notice"),
            ("办理期限", row.due_on, "plain"),
        ]

    def timeline(self, actor: Actor, row: Push) -> list:
        return timeline(row)
