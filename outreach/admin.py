"""宣传记录, 会议座谈 and 荣誉 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import chip
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage

from . import exporting, pages, rules  # noqa: F401  (exporting declares what ExportPage writes)
from .models import Honour, Meeting, Outreach


class HoldsFilter(admin.SimpleListFilter):
    title, parameter_name = "是否作废", "holds"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        return [("yes", "有效"), ("no", "已作废")]

    def queryset(self, request, queryset: QuerySet) -> QuerySet:
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(voided_at__isnull=self.value() == "yes")


class NotedAdmin(RegisterAdmin):
    """What the three registers share."""

    view_rule = rules.can_view
    list_select_related = ("organ", "jurisdiction")
    ordering = ("-happened_on", "-pk")

    @admin.display(description="状态", ordering="voided_at")
    def standing(self, row) -> SafeString:
        return chip("已作废", "bad") if row.voided_at else chip("有效", "ok")

    def summary(self, actor: Actor, row) -> list[tuple[str, object, str]]:
        return [("状态", self.standing(row), "plain"), ("日期", row.happened_on, "plain")]

    def timeline(self, actor: Actor, row) -> list:
        return timeline(row)


ENTERED = ("登记", ("organ", "jurisdiction", "recorded_by", "recorded_at"))


@admin.register(Outreach)
class OutreachAdmin(NotedAdmin):
    menu = Menu("名单与评价", 60, "campaign")
    search_help = "内容、地点或载体"
    empty_text = "还没有登记宣传。媒体、入户、推送、家访和公众号宣传都可以登记，统计时按渠道计次数和人次。"
    pages = (pages.RecordOutreach, pages.VoidOutreach, pages.Figures, ExportPage)
    list_display = ("title", "channel", "happened_on", "place", "audience_text", "organ", "standing")
    list_filter = (HoldsFilter, "channel", "happened_on")
    search_fields = ("title", "place")
    sections = (("宣传", ("channel", "title", "happened_on", "place", "audience_text", "link")), ENTERED)

    @admin.display(description="受众", ordering="audience")
    def audience_text(self, row: Outreach) -> str:
        return "—" if row.audience is None else f"{row.audience}{'余' if row.at_least else ''}人次"


@admin.register(Meeting)
class MeetingAdmin(NotedAdmin):
    menu = Menu("名单与评价", 61, "diversity_3")
    search_help = "会议名称、召集单位或议题"
    empty_text = "还没有登记会议。座谈会、推进会和联席会议都可以登记，写明参加单位、议题和议定事项。"
    pages = (pages.RecordMeeting, pages.VoidMeeting, ExportPage)
    list_display = ("title", "kind", "happened_on", "organiser", "people_text", "standing")
    list_filter = (HoldsFilter, "kind", "happened_on")
    search_fields = ("title", "organiser", "topics")
    sections = (
        ("会议", ("kind", "title", "happened_on", "organiser", "attendees_shown")),
        ("内容", ("topics", "decisions")),
        ENTERED,
    )

    @admin.display(description="参加")
    def people_text(self, row: Meeting) -> str:
        return f"{len(row.attendees)}个单位{row.people}人"

    @admin.display(description="参加单位")
    def attendees_shown(self, row: Meeting) -> str:
        return row.attendees_text


@admin.register(Honour)
class HonourAdmin(NotedAdmin):
    menu = Menu("名单与评价", 62, "military_tech")
    search_help = "荣誉名称或授予单位"
    empty_text = "还没有登记荣誉。获得的表彰、典型案例推广等在这里登记。"
    pages = (pages.RecordHonour, pages.VoidHonour, ExportPage)
    list_display = ("title", "giver", "happened_on", "document", "organ", "standing")
    list_filter = (HoldsFilter, "happened_on")
    search_fields = ("title", "giver")
    sections = (("荣誉", ("title", "giver", "happened_on", "document")), ENTERED)
