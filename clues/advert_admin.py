"""广告线索 and 广告筛查规则 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import chip, link
from foundation.core.pages import contribute
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage

from . import advert_pages as pages
from . import rules
from .enums import AdRuleKind, Carrier, Claim, ClueState, Medium
from .models import AdvertRule, Clue, Sighting

STATES = {ClueState.CLOSED: "ok", ClueState.CHECKING: "primary", ClueState.ACCEPTED: "primary"}

contribute(Clue, pages.DescribeAdvert)


@admin.register(Sighting)
class SightingAdmin(RegisterAdmin):
    view_rule = rules.can_view_clues
    menu = Menu("线索", 11, "ad_units")
    search_help = "线索编号、机构名称、招牌或地址"
    empty_text = "还没有广告线索。网格员、监督员和镇街用手机“上报违规广告”，或在这里“粘贴筛查广告”、用表格导入。"
    pages = (pages.ScreenPosts, ExportPage)
    list_display = ("number", "medium", "amount_text", "about", "claims_text", "happened_on", "state_text")
    list_filter = ("medium", "carrier", "nearness", "unit", "clue__state", "clue__jurisdiction", "clue__happened_on")
    list_select_related = ("clue__division", "clue__institution", "clue__unlicensed_site")
    search_fields = ("clue__number", "clue__institution__name", "clue__sign", "clue__address")
    ordering = ("-clue__happened_on", "-pk")
    sections = (
        ("广告", ("medium", "carrier", "nearness", "amount_text", "claims_text", "link")),
        ("线索", ("clue_text", "state_text", "happened_on", "division", "institution", "sign", "address")),
        ("正文和标出的用语", ("text_marked", "why")),
    )

    @admin.display(description="线索编号", ordering="clue__number")
    def number(self, row: Sighting) -> str:
        return row.clue.number

    @admin.display(description="线索")
    def clue_text(self, row: Sighting) -> str:
        return link(row.clue.number, reverse("admin:clues_clue_change", args=[row.clue_id]))

    @admin.display(description="数量", ordering="quantity")
    def amount_text(self, row: Sighting) -> str:
        return row.amount

    @admin.display(description="机构或地址")
    def about(self, row: Sighting) -> str:
        return row.clue.about or str(row.clue.division)

    @admin.display(description="虚假宣传类别")
    def claims_text(self, row: Sighting) -> str:
        return "、".join(Claim(claim).label for claim in row.claims)

    @admin.display(description="发现日期", ordering="clue__happened_on")
    def happened_on(self, row: Sighting):
        return row.clue.happened_on

    @admin.display(description="乡镇(街道)或社区")
    def division(self, row: Sighting) -> str:
        return str(row.clue.division)

    @admin.display(description="涉及机构")
    def institution(self, row: Sighting) -> str:
        return str(row.clue.institution or "")

    @admin.display(description="招牌或称呼")
    def sign(self, row: Sighting) -> str:
        return row.clue.sign

    @admin.display(description="地址")
    def address(self, row: Sighting) -> str:
        return row.clue.address

    @admin.display(description="线索状态", ordering="clue__state")
    def state_text(self, row: Sighting) -> str:
        return chip(row.clue.get_state_display(), STATES.get(ClueState(row.clue.state), "plain"))

    @admin.display(description="正文")
    def text_marked(self, row: Sighting) -> str:
        spans = [(start, end) for start, end, *_ in row.marks]
        return pages.highlighted(row.clue.content, spans) if row.clue.content else ""

    @admin.display(description="理由和依据")
    def why(self, row: Sighting) -> str:
        told = {code: (reason, law) for _, _, code, law, reason in row.marks}
        lines = format_html_join("", "<li>{} <span class='muted'>{}</span></li>", told.values())
        return format_html('<ul class="judged-why">{}</ul>', lines) if told else ""

    def summary(self, actor: Actor, row: Sighting) -> list[tuple[str, object, str]]:
        return [
            ("媒介", row.get_medium_display(), "plain"),
            *([("载体", row.get_carrier_display(), "bad")] if row.carrier else []),
            ("数量", row.amount, "plain"),
            ("标出", f"{len(row.marks)}处", "bad" if row.marks else "plain"),
            ("线索状态", row.clue.get_state_display(), STATES.get(ClueState(row.clue.state), "plain")),
        ]

    def timeline(self, actor: Actor, row: Sighting) -> list:
        return timeline(row.clue)


@admin.register(AdvertRule)
class AdvertRuleAdmin(RegisterAdmin):
    view_rule = rules.can_view_ad_rules
    menu = Menu("线索", 50, "rule")
    search_help = "代码、名称或依据"
    empty_text = "还没有筛查规则。"
    pages = (pages.AddRule, pages.ReviseRule, pages.EndRule)
    list_display = ("code", "name", "kind", "number_of_words", "law_text", "valid_from", "valid_to")
    list_filter = ("kind", "carrier", "claim")
    search_fields = ("code", "name", "law", "reason")
    ordering = ("code", "-valid_from")
    sections = (
        ("规则", ("code", "name", "kind", "law_text", "reason", "valid_from", "valid_to")),
        ("写法", ("words_text", "unless_text", "needs_text", "media_text", "carrier", "claim")),
    )

    def visible(self, actor: Actor) -> QuerySet[AdvertRule]:
        return AdvertRule.objects.visible_to(actor)

    @admin.display(description="用语(条)")
    def number_of_words(self, row: AdvertRule) -> int:
        return len(row.words)

    @admin.display(description="依据", ordering="law")
    def law_text(self, row: AdvertRule) -> str:
        return f"{row.law}{row.clause}"

    @admin.display(description="用语")
    def words_text(self, row: AdvertRule) -> str:
        return "；".join(row.words)

    @admin.display(description="同句出现则不标")
    def unless_text(self, row: AdvertRule) -> str:
        return "；".join(row.unless)

    @admin.display(description="全文须同时有")
    def needs_text(self, row: AdvertRule) -> str:
        return "、".join(AdRuleKind(kind).label for kind in row.needs)

    @admin.display(description="限于媒介")
    def media_text(self, row: AdvertRule) -> str:
        return "、".join(Medium(medium).label for medium in row.media)

    def summary(self, actor: Actor, row: AdvertRule) -> list[tuple[str, object, str]]:
        held = row.valid_from <= clock.today() and (row.valid_to is None or row.valid_to >= clock.today())
        state = ("施行中", "ok") if held else ("已停用或未施行", "plain")
        marks = [("载体", Carrier(row.carrier).label, "plain")] if row.carrier else []
        return [("状态", *state), ("种类", row.get_kind_display(), "plain"), *marks]

    def timeline(self, actor: Actor, row: AdvertRule) -> list:
        return timeline(row)
