"""消课记录 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import amount, chip, link
from foundation.core.site import Menu
from funds.overview import to_money
from payouts import rules
from payouts.enums import ConsumptionState
from payouts.models import Consumption
from payouts.pages import steps
from payouts.queries import silent_until

TONES = {
    ConsumptionState.PROPOSED: "notice",
    ConsumptionState.CONFIRMED: "ok",
    ConsumptionState.DISPUTED: "bad",
    ConsumptionState.CANCELLED: "plain",
}


@admin.register(Consumption)
class ConsumptionAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("资金", 60, "school")
    search_help = "机构名称或合同编号"
    empty_text = "还没有消课记录。请在合同页“提交消课”。"
    pages = (steps.ConfirmLessons, steps.NoteReached, steps.UpholdLessons, steps.DisputeLessons, steps.CancelLessons)
    list_display = ("contract", "home", "lessons", "money", "period", "standing", "told_on")
    list_filter = ("state", "told_on")
    list_select_related = ("contract__institution", "contract__jurisdiction")
    search_fields = ("contract__number", "contract__institution__name")
    ordering = ("-told_on", "-pk")
    sections = (
        ("消课", ("contract_link", "home_link", "lessons", "money", "period")),
        ("确认", ("standing", "told_on", "reached_on", "may_object_until", "confirmed_by", "remark", "proposed_by")),
    )

    @admin.display(description="机构", ordering="contract__institution__name")
    def home(self, row: Consumption) -> str:
        return row.contract.institution.name

    @admin.display(description="机构")
    def home_link(self, row: Consumption) -> SafeString:
        return to_money(row.contract.institution)

    @admin.display(description="合同")
    def contract_link(self, row: Consumption) -> SafeString:
        return link(row.contract, reverse("admin:contracts_contract_change", args=[row.contract_id]))

    @admin.display(description="金额(元)", ordering="amount_fen")
    def money(self, row: Consumption) -> SafeString:
        return amount(row.amount_fen)

    @admin.display(description="上课日期", ordering="first_on")
    def period(self, row: Consumption) -> str:
        return f"{row.first_on}" if row.first_on == row.last_on else f"{row.first_on}至{row.last_on}"

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Consumption) -> SafeString:
        return chip(row.get_state_display(), TONES[ConsumptionState(row.state)])

    @admin.display(description="家长可提异议至")
    def may_object_until(self, row: Consumption) -> str:
        until = silent_until(row)
        return f"{until}（含当日）" if until else "告知还没有送达，不会视为确认"

    def summary(self, actor: Actor, row: Consumption) -> list[tuple[str, object, str]]:
        return [("状态", self.standing(row), "plain"), ("金额(元)", self.money(row), "plain")]

    def timeline(self, actor: Actor, row: Consumption) -> list:
        return timeline(row)
