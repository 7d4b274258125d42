"""线索 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from assignments.enums import Urgency
from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import chip
from foundation.core.pages import contribute
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from foundation.regions.models import GridArea
from institutions.models import Institution, UnlicensedSite

from . import advert_admin, exporting, grid_pages, pages, rules, sender_pages, triage_pages, whistle_pages  # noqa: F401  (exporting declares what ExportPage writes)
from .enums import ClueState, OpeningState, Verdict, WhistleState
from .models import Clue, SenderOpening, Whistle

STATES = {
    ClueState.RECEIVED: "notice",
    ClueState.HANDED: "notice",
    ClueState.ACCEPTED: "primary",
    ClueState.CHECKING: "primary",
    ClueState.CLOSED: "ok",
    ClueState.REFUSED: "plain",
    ClueState.MERGED: "plain",
}
WHISTLES = {WhistleState.RAISED: "notice", WhistleState.ENDED: "ok", WhistleState.WITHDRAWN: "plain"}
OPENINGS = {OpeningState.ASKED: "notice", OpeningState.ALLOWED: "ok", OpeningState.REFUSED: "plain"}
VERDICTS = {Verdict.TRUE: "bad", Verdict.PARTLY: "notice", Verdict.UNTRUE: "plain"}

for model in (Institution, UnlicensedSite):
    contribute(model, pages.ReportAbout)


contribute(GridArea, grid_pages.IssueGridRecord)


@admin.register(Clue)
class ClueAdmin(RegisterAdmin):
    view_rule = rules.can_view_clues
    menu = Menu("线索", 10, "campaign")
    search_help = "线索编号、工单编号、机构名称、招牌或地址"
    empty_text = "还没有线索。网格员、监督员等用手机上报的，以及在这里“登记线索”的来电来信，都列在这里等待受理。"
    pages = (
        *(pages.TakeIn, ExportPage, triage_pages.Accept, pages.StartChecking, pages.Close),
        *(triage_pages.HandOver, triage_pages.GiveBack, triage_pages.Merge, triage_pages.RefuseClue),
        *(triage_pages.AskForCheck, pages.WriteToSender, triage_pages.RecordCallBack),
        *(pages.SetPoints, sender_pages.AskForSender, pages.Evidence),
    )
    list_display = (
        *("number", "subject", "about", "division", "channel"),
        *("urgency_text", "received_at", "state_text", "verdict_text"),
    )
    list_filter = ("state", "subject", "channel", "urgency", "verdict", "jurisdiction", "received_at")
    list_select_related = ("division", "institution", "unlicensed_site")
    search_fields = ("number", "order_no", "institution__name", "sign", "address")
    ordering = ("-received_at", "-pk")
    sections = (
        ("线索", ("number", "subject", "urgency", "channel", "order_no", "happened_on", "received_on", "received_at")),
        ("地点", ("jurisdiction", "division", "institution", "unlicensed_site", "sign", "address")),
        ("上报", ("reported_by", "reported_organ", "sender")),
        ("反映内容", ("content", "points_text", "evidence_shown")),
        ("受理", ("state", "visit_from_on", "refusal", "merged_into", "recused")),
        ("核查", ("checked_by", "verdict", "result")),
    )

    @admin.display(description="机构或地址")
    def about(self, row: Clue) -> str:
        return row.about

    @admin.display(description="缓急", ordering="urgency")
    def urgency_text(self, row: Clue) -> str:
        return chip(row.get_urgency_display(), "plain" if row.urgency == Urgency.NORMAL else "bad")

    @admin.display(description="状态", ordering="state")
    def state_text(self, row: Clue) -> str:
        return chip(row.get_state_display(), STATES[ClueState(row.state)])

    @admin.display(description="核查结论", ordering="verdict")
    def verdict_text(self, row: Clue) -> str:
        return chip(row.get_verdict_display(), VERDICTS[Verdict(row.verdict)]) if row.verdict else ""

    @admin.display(description="核查要点")
    def points_text(self, row: Clue) -> str:
        return "；".join(row.points)

    @admin.display(description="反映人提供的照片")
    def evidence_shown(self, row: Clue) -> str:
        url = pages.Evidence.url_for(self, row)
        tiles = [
            (f"{url}?photo={pk}", number)
            for number, pk in enumerate(row.evidence.order_by("pk").values_list("pk", flat=True), start=1)
        ]
        tile = '<li><a href="{0}"><img src="{0}" width="160" loading="lazy" alt="反映照片 {1}"></a></li>'
        return format_html('<ul class="photos">{}</ul>', format_html_join("", tile, tiles)) if tiles else ""

    def summary(self, actor: Actor, row: Clue) -> list[tuple[str, object, str]]:
        urgent = row.urgency != Urgency.NORMAL
        return [
            ("状态", row.get_state_display(), STATES[ClueState(row.state)]),
            ("缓急", row.get_urgency_display(), "bad" if urgent else "plain"),
            ("机构或地址", row.about or row.division, "plain"),
            *([("另有反映", f"另有{others}人反映", "notice")] if (others := row.merged.count()) else []),
            *([("核查结论", row.get_verdict_display(), VERDICTS[Verdict(row.verdict)])] if row.verdict else []),
        ]

    def timeline(self, actor: Actor, row: Clue) -> list:
        return timeline(row)


@admin.register(SenderOpening)
class SenderOpeningAdmin(RegisterAdmin):
    view_rule = rules.can_view_clues
    menu = Menu("线索", 30, "key")
    search_help = "线索编号"
    empty_text = "还没有拆封申请。确有必要知道反映人是谁时，在线索页面点“申请拆封反映人”，由另一人批准。"
    pages = (sender_pages.Allow, sender_pages.Refuse, sender_pages.ReadSender)
    list_display = ("number", "purpose", "asked_by", "asked_at", "state_text", "decided_by", "ends_at")
    list_filter = ("state", "asked_at")
    list_select_related = ("clue", "asked_by", "decided_by")
    search_fields = ("clue__number",)
    ordering = ("-asked_at", "-pk")
    sections = (
        ("申请", ("clue", "purpose", "asked_by", "asked_at")),
        ("审批", ("state", "decided_by", "remark", "ends_at")),
    )

    @admin.display(description="线索编号", ordering="clue__number")
    def number(self, row: SenderOpening) -> str:
        return row.clue.number

    @admin.display(description="状态", ordering="state")
    def state_text(self, row: SenderOpening) -> str:
        return chip(row.get_state_display(), OPENINGS[OpeningState(row.state)])

    def summary(self, actor: Actor, row: SenderOpening) -> list[tuple[str, object, str]]:
        ends = [("有效至", f"{timezone.localtime(row.ends_at):%Y-%m-%d %H:%M}", "plain")] if row.ends_at else []
        return [("状态", row.get_state_display(), OPENINGS[OpeningState(row.state)]), *ends]

    def timeline(self, actor: Actor, row: SenderOpening) -> list:
        return timeline(row.clue)


@admin.register(Whistle)
class WhistleAdmin(RegisterAdmin):
    view_rule = rules.can_view_whistles
    menu = Menu("线索", 40, "sports")
    search_help = "吹哨编号或地址"
    empty_text = "还没有吹哨。镇街发现自己处理不了的情况，在这里“吹哨”，被叫到的部门在时限内报到。"
    pages = (whistle_pages.Blow, whistle_pages.ReportIn, whistle_pages.End, whistle_pages.Withdraw)
    list_display = ("number", "subject", "division", "organ", "raised_at", "due_at", "state_text")
    list_filter = ("state", "subject", "jurisdiction", "raised_at")
    list_select_related = ("division", "organ")
    search_fields = ("number", "address")
    ordering = ("-raised_at", "-pk")
    sections = (
        ("吹哨", ("number", "subject", "organ", "raised_by", "raised_at", "due_at")),
        ("地点和情况", ("division", "address", "words")),
        ("结果", ("state", "result")),
    )

    @admin.display(description="状态", ordering="state")
    def state_text(self, row: Whistle) -> str:
        return chip(row.get_state_display(), WHISTLES[WhistleState(row.state)])

    def summary(self, actor: Actor, row: Whistle) -> list[tuple[str, object, str]]:
        calls = list(row.calls.order_by("pk"))
        here = sum(call.reported_at is not None for call in calls)
        return [
            ("状态", row.get_state_display(), WHISTLES[WhistleState(row.state)]),
            ("报到", f"{here}/{len(calls)}", "ok" if here == len(calls) else "notice"),
            ("报到时限", f"{timezone.localtime(row.due_at):%Y-%m-%d %H:%M}", "plain"),
        ]

    def timeline(self, actor: Actor, row: Whistle) -> list:
        return timeline(row)
