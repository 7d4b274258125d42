"""退费 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import amount, chip, link
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from funds.overview import to_money
from institutions.admin.filters import HomeFilter
from payouts import queries, rules
from payouts.enums import RefundState
from payouts.models import Refund
from payouts.pages import steps

TONES = {
    **dict.fromkeys((RefundState.ASKED, RefundState.AGREED, RefundState.SETTLED, RefundState.APPROVED), "notice"),
    RefundState.DISPUTED: "bad",
    RefundState.PAID: "ok",
    RefundState.DECLINED: "plain",
    RefundState.WITHDRAWN: "plain",
}


class OfContractFilter(HomeFilter):
    path = "contract__institution"


class RefundFilter(WaitingFilter):
    title, parameter_name = "待办", "refund"
    WAITING = {
        "to_approve": ("待核定", queries.refunds_to_approve),
        "to_handle": ("待办理", queries.refunds_to_handle),
    }


@admin.register(Refund)
class RefundAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("资金", 62, "undo")
    search_help = "机构名称或合同编号"
    empty_text = "还没有退费。请在合同页“登记退费申请”。"
    pages = (
        steps.AgreeRefund,
        steps.ApproveRefund,
        steps.PayRefund,
        steps.SettleRefund,
        steps.ObjectRefund,
        steps.AgreeBySilence,
        steps.DeclineRefund,
        steps.WithdrawRefund,
        ExportPage,
    )
    list_display = ("contract", "home", "wanted", "given", "standing", "asked_on", "paid_on")
    list_filter = (RefundFilter, OfContractFilter, "state", "asked_by", "asked_on", "paid_on")
    list_select_related = ("contract__institution", "entered_by", "coordinator", "approved_by")
    search_fields = ("contract__number", "contract__institution__name")
    ordering = ("-asked_on", "-pk")
    sections = (
        (
            "申请",
            (
                "contract_link",
                "home_link",
                "wanted",
                "unused",
                "frozen",
                "asked_on",
                "asked_by",
                "reason",
                "entered_by",
            ),
        ),
        ("机构答复", ("answer", "answered_on", "silent", "given")),
        ("协调", ("coordinator", "coordinated_on", "outcome")),
        ("核定与退款", ("standing", "approved_by", "approved_at", "paid_on", "bank_reference")),
    )

    @admin.display(description="机构", ordering="contract__institution__name")
    def home(self, row: Refund) -> str:
        return row.contract.institution.name

    @admin.display(description="机构")
    def home_link(self, row: Refund) -> SafeString:
        return to_money(row.contract.institution)

    @admin.display(description="合同")
    def contract_link(self, row: Refund) -> SafeString:
        return link(row.contract, reverse("admin:contracts_contract_change", args=[row.contract_id]))

    @admin.display(description="申请金额(元)", ordering="asked_fen")
    def wanted(self, row: Refund) -> SafeString:
        return amount(row.asked_fen)

    @admin.display(description="同意金额(元)", ordering="agreed_fen")
    def given(self, row: Refund) -> SafeString:
        return amount(row.agreed_fen)

    @admin.display(description="申请时未消课(元)")
    def unused(self, row: Refund) -> SafeString:
        return amount(row.unused_fen)

    @admin.display(description="为此冻结(元)")
    def frozen(self, row: Refund) -> SafeString:
        return amount(row.frozen_fen)

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Refund) -> SafeString:
        return chip(row.get_state_display(), TONES[RefundState(row.state)])

    def summary(self, actor: Actor, row: Refund) -> list[tuple[str, object, str]]:
        told = [("状态", self.standing(row)), ("申请(元)", self.wanted(row)), ("同意(元)", self.given(row))]
        return [(label, value, "plain") for label, value in told]

    def timeline(self, actor: Actor, row: Refund) -> list:
        return timeline(row)
