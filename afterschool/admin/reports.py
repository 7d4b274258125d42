"""参与情况, 学校开设, 服务内容 and 学期 in the staff site."""

from __future__ import annotations

from datetime import date

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from afterschool import listing, rules
from afterschool.enums import BlockKind
from afterschool.models import Block, Offering, Participation, Term
from afterschool.overview import Overview
from afterschool.pages import reports as pages
from afterschool.queries import tenths
from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import ScopedRelatedFilter, contribute_filter
from foundation.core.marks import amount, chip
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from foundation.imports.queries import imported_facts
from foundation.regions.models import School

contribute_filter(School, listing.OfSchoolsFilter)


@admin.register(Participation)
class ParticipationAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("课后服务", 10, "groups")
    search_help = "学校名称或标识码"
    empty_text = "还没有参与情况。学校或县(市、区)按学期、年级登记在校和自愿参加的人数，也可以在“数据导入”中上传表格。"
    pages = (pages.Record, Overview, pages.Correct, pages.Strike, ExportPage)
    list_display = (
        *("school", "county", "term", "grade", "enrolled", "joined", "rate", "exempt_text"),
        *("subsidy", "paid", "counted_on"),
    )
    list_filter = (
        listing.RecordsFilter,
        "term",
        ("school__jurisdiction", ScopedRelatedFilter),
        listing.TownFilter,
        listing.SchoolFilter,
        listing.ServiceFilter,
        "grade",
    )
    list_select_related = ("school__jurisdiction", "term")
    search_fields = ("school__name", "school__code")
    ordering = ("-term__starts_on", "school__name", "grade", "-effective_on", "-pk")
    sections = (
        ("统计", ("school_name", "county", "term", "grade", "counted_on")),
        ("人数", ("enrolled", "joined", "rate", "exempt_hardship", "exempt_boarding", "exempt_other")),
        ("经费", ("subsidy", "paid", "share")),
        ("时间", ("days_per_week", "minutes_per_day", "hours")),
        ("登记", ("recorded_by", "recorded_at", "reason", "standing")),
    )

    @admin.display(description="统计日期", ordering="effective_on")
    def counted_on(self, row: Participation) -> date:
        return row.effective_on

    @admin.display(description="学校")
    def school_name(self, row: Participation) -> str:
        return row.school.name

    @admin.display(description="县(市、区)", ordering="school__jurisdiction__code")
    def county(self, row: Participation) -> str:
        return row.school.jurisdiction.name

    @admin.display(description="参与率")
    def rate(self, row: Participation) -> str:
        return tenths(row.joined, row.enrolled)

    @admin.display(description="免收(人)")
    def exempt_text(self, row: Participation) -> int:
        return row.exempt

    @admin.display(description="财政补助", ordering="subsidy_fen")
    def subsidy(self, row: Participation) -> SafeString:
        return amount(row.subsidy_fen)

    @admin.display(description="家长缴费", ordering="paid_fen")
    def paid(self, row: Participation) -> SafeString:
        return amount(row.paid_fen)

    @admin.display(description="家长承担比例")
    def share(self, row: Participation) -> str:
        return tenths(row.paid_fen, row.subsidy_fen + row.paid_fen)

    @admin.display(description="5天×2小时")
    def hours(self, row: Participation) -> SafeString | str:
        if not row.joined:
            return "—"
        return chip("达到", "ok") if row.is_full else chip(f"{row.days_per_week}天×{row.minutes_per_day}分钟", "notice")

    @admin.display(description="记录状态")
    def standing(self, row: Participation) -> SafeString:
        if row.withdrawn:
            return chip("撤销记录", "plain")
        return chip("已被更正或撤销", "plain") if hasattr(row, "replaced_by") else chip("有效", "ok")

    def summary(self, actor: Actor, row: Participation) -> list[tuple[str, object, str]]:
        return [
            ("在校学生", f"{row.enrolled} 人", "plain"),
            ("自愿参加", f"{row.joined} 人", "plain"),
            ("参与率", self.rate(row), "plain"),
            ("记录状态", self.standing(row), "plain"),
        ]

    def timeline(self, actor: Actor, row: Participation) -> list:
        return [*timeline(row), *imported_facts(row)]


@admin.register(Offering)
class OfferingAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("课后服务", 20, "menu_book")
    search_help = "学校、课程或服务机构"
    empty_text = "还没有学校开设的内容。登记每所学校本学期开设的基本服务和兴趣课程，由谁承担、多少课时、怎么收费。"
    pages = (pages.Offer, pages.VoidOffering, ExportPage)
    list_display = ("school", "term", "block", "title", "carrier", "provider", "lessons", "fee", "standing")
    list_filter = ("term", listing.SchoolFilter, "carrier", "block__kind", ("voided_at", admin.EmptyFieldListFilter))
    list_select_related = ("school", "term", "block", "provider")
    search_fields = ("school__name", "title", "block__name", "provider__name")
    ordering = ("-term__starts_on", "school__name", "block__kind", "pk")
    sections = (
        ("开设", ("school_name", "term", "block", "title", "carrier", "provider")),
        ("课时和收费", ("lessons", "fee")),
        ("登记", ("recorded_by", "recorded_at", "standing", "void_reason")),
    )

    @admin.display(description="学校")
    def school_name(self, row: Offering) -> str:
        return row.school.name

    @admin.display(description="每课时收费", ordering="fee_fen")
    def fee(self, row: Offering) -> SafeString | str:
        return amount(row.fee_fen) if row.fee_fen else "不收费"

    @admin.display(description="状态", ordering="voided_at")
    def standing(self, row: Offering) -> SafeString:
        return chip("已作废", "plain") if row.voided_at else chip("有效", "ok")

    def timeline(self, actor: Actor, row: Offering) -> list:
        return timeline(row)


@admin.register(Block)
class BlockAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("课后服务", 60, "category")
    search_help = "服务内容"
    empty_text = "还没有服务内容。按本地做法登记“2+N”：两项基本服务和若干兴趣课程，名称可以自定。"
    pages = (pages.AddBlock, pages.RenameBlock, pages.CloseBlock)
    list_display = ("name", "kind_chip", "jurisdiction", "closed_on")
    list_filter = ("kind", "jurisdiction", ("closed_on", admin.EmptyFieldListFilter))
    list_select_related = ("jurisdiction",)
    search_fields = ("name",)
    ordering = ("jurisdiction__code", "kind", "pk")
    sections = (("服务内容", ("name", "kind", "jurisdiction", "closed_on")),)

    @admin.display(description="类别", ordering="kind")
    def kind_chip(self, row: Block) -> SafeString:
        return chip(row.get_kind_display(), "primary" if row.kind == BlockKind.BASIC else "plain")

    def timeline(self, actor: Actor, row: Block) -> list:
        return timeline(row)


@admin.register(Term)
class TermAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("课后服务", 70, "calendar_month")
    empty_text = "还没有学期。由省级或市级登记，全省通用。"
    pages = (pages.RegisterTerm,)
    list_display = ("name", "starts_on", "ends_on")
    list_filter = ("season", "year")
    ordering = ("-starts_on",)
    sections = (("学期", ("name", "starts_on", "ends_on", "recorded_at")),)

    def visible(self, actor: Actor) -> QuerySet[Term]:
        """The same for everybody."""
        return Term.objects.all()

    @admin.display(description="学期", ordering="starts_on")
    def name(self, row: Term) -> str:
        return str(row)

    def timeline(self, actor: Actor, row: Term) -> list:
        return timeline(row)
