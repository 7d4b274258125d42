"""历史汇总 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import chip
from foundation.core.pages import contribute
from foundation.core.site import Menu
from foundation.exports.declaring import Column, as_listed, declare
from foundation.exports.pages import ExportPage
from inspections.enums import TotalState
from inspections.models import HistoricalTotal
from inspections.pages import totals as pages
from inspections.queries import totals as queries
from inspections.rules import totals as rules

TONES = {
    TotalState.PENDING: "notice",
    TotalState.CONFIRMED: "ok",
    TotalState.RETURNED: "bad",
    TotalState.VOIDED: "plain",
}


class WaitingForMe(WaitingFilter):
    """The rows that the home tile 待审核历史汇总 counts."""

    title = "待我审核"
    WAITING = {"me": ("待我审核", queries.waiting_for)}


@admin.register(HistoricalTotal)
class HistoricalTotalAdmin(RegisterAdmin):
    view_rule = rules.can_view_totals
    menu = Menu("检查", 90, "history")
    search_help = "依据文件或文号"
    empty_text = "还没有历史汇总。只有总数、没有逐条记录的往年数字，从这里录入，由另一人审核确认。"
    pages = (
        pages.EnterTotal,
        pages.ConfirmTotal,
        pages.ReturnTotal,
        pages.ResubmitTotal,
        pages.WithdrawTotal,
        pages.VoidTotal,
    )
    list_display = ("measure", "amount_text", "period_text", "jurisdiction", "source_title", "state_text", "entered_by")
    list_filter = (WaitingForMe, "state", "measure", "jurisdiction")
    list_select_related = ("jurisdiction", "entered_by")
    search_fields = ("source_title", "source_no")
    ordering = ("-period_to", "-pk")
    sections = (
        ("汇总", ("jurisdiction", "measure", "amount_text", "period_text", "state_text")),
        ("依据", ("source_title", "source_no", "source_on", "remark")),
        ("经手", ("entered_by", "entered_at", "decided_by", "decision_remark", "records_then", "void_reason")),
    )

    @admin.display(description="数值", ordering="value")
    def amount_text(self, row: HistoricalTotal) -> str:
        return row.amount

    @admin.display(description="期间", ordering="period_from")
    def period_text(self, row: HistoricalTotal) -> str:
        return f"{row.period_from}至{row.period_to}"

    @admin.display(description="状态", ordering="state")
    def state_text(self, row: HistoricalTotal) -> object:
        return chip(row.get_state_display(), TONES[TotalState(row.state)])

    def visible(self, actor: Actor) -> QuerySet[HistoricalTotal]:
        return super().visible(actor).select_related("jurisdiction", "entered_by", "decided_by")

    def summary(self, actor: Actor, row: HistoricalTotal) -> list[tuple[str, object, str]]:
        return [
            ("状态", row.get_state_display(), TONES[TotalState(row.state)]),
            ("数值", row.amount, "plain"),
            ("期间", self.period_text(row), "plain"),
            ("录入", row.entered_by, "plain"),
        ]

    def timeline(self, actor: Actor, row: HistoricalTotal) -> list:
        return timeline(row)


declare(
    HistoricalTotal,
    columns=[
        Column("jurisdiction", "管辖单位"),
        Column("measure", "指标"),
        Column("value", "数值", kind="number"),
        Column("unit", "单位", lambda row: row.unit.label),
        Column("at_least", "下限", lambda row: "余" if row.at_least else ""),
        Column("period_from", "期间起", kind="date"),
        Column("period_to", "期间止", kind="date"),
        Column("source_title", "依据文件"),
        Column("source_no", "文号", kind="code"),
        Column("source_on", "文件日期", kind="date"),
        Column("state", "状态"),
        Column("entered_by", "录入人"),
        Column("decided_by", "审核人"),
        Column("remark", "备注"),
    ],
    rows=as_listed(HistoricalTotal),
    view_rule=rules.can_view_totals,
)
contribute(HistoricalTotal, ExportPage)
