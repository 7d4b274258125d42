"""核拨 and 暂停核拨 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString

from foundation.accounts.enums import Can
from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import amount, chip
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from funds.overview import to_money
from institutions.admin.filters import HomeFilter
from payouts import rules
from payouts.enums import ReleaseState
from payouts.models import Hold, Release
from payouts.pages import contracts as contributed  # noqa: F401  (contributes to contracts, payments, institutions)
from payouts.pages import slips as slips_contributed  # noqa: F401
from payouts.pages import steps

TONES = {
    ReleaseState.PROPOSED: "notice",
    ReleaseState.APPROVED: "notice",
    ReleaseState.PAID: "ok",
    ReleaseState.REFUSED: "plain",
    ReleaseState.FAILED: "bad",
}


@admin.register(Release)
class ReleaseAdmin(RegisterAdmin):
    """Banks see what they are to pay from the accounts that lie with them."""

    view_rule = rules.can_view_releases
    menu = Menu("资金", 61, "payments")
    search_help = "机构名称或银行回单号"
    empty_text = "还没有核拨。请在机构页“提请核拨”。"
    pages = (steps.ApproveRelease, steps.PayRelease, steps.RefuseRelease, steps.FailRelease, ExportPage)
    list_display = ("home", "money", "lines_count", "standing", "proposed_at", "paid_on")
    list_filter = (HomeFilter, "state", "paid_on", "proposed_at")
    list_select_related = ("institution", "account__bank", "proposed_by", "decided_by")
    search_fields = ("institution__name", "bank_reference")
    ordering = ("-proposed_at", "-pk")
    sections = (
        ("核拨", ("home_link", "account_text", "money", "lines_count", "up_to")),
        ("提请与审核", ("proposed_by", "proposed_at", "decided_by", "decided_at", "remark")),
        ("付款", ("standing", "paid_on", "bank_reference")),
    )

    @admin.display(description="机构", ordering="institution__name")
    def home(self, row: Release) -> str:
        return row.institution.name

    @admin.display(description="机构")
    def home_link(self, row: Release) -> SafeString:
        return to_money(row.institution)

    @admin.display(description="付款账户")
    def account_text(self, row: Release) -> str:
        return f"{row.account.bank} 尾号{row.account.number_tail}"

    @admin.display(description="金额(元)", ordering="amount_fen")
    def money(self, row: Release) -> SafeString:
        return amount(row.amount_fen)

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Release) -> SafeString:
        return chip(row.get_state_display(), TONES[ReleaseState(row.state)])

    def summary(self, actor: Actor, row: Release) -> list[tuple[str, object, str]]:
        told = [("状态", self.standing(row)), ("金额(元)", self.money(row)), ("人次", row.lines_count)]
        return [(label, value, "plain") for label, value in told]

    def timeline(self, actor: Actor, row: Release) -> list:
        return timeline(row) if actor.can(Can.VIEW_FUNDS) else []


@admin.register(Hold)
class HoldAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("资金", 63, "pause_circle")
    search_help = "机构名称或理由"
    empty_text = "没有暂停核拨的机构。"
    pages = (steps.EndHold, ExportPage)
    list_display = ("institution", "from_on", "until_on", "reason", "standing")
    list_filter = ("from_on", "until_on")
    list_select_related = ("institution", "set_by", "ended_by")
    search_fields = ("institution__name", "reason")
    ordering = ("-from_on", "-pk")
    sections = (
        ("暂停", ("home_link", "from_on", "until_on", "reason", "set_by", "set_at")),
        ("恢复", ("standing", "ended_by", "ended_at", "end_reason")),
    )

    @admin.display(description="机构")
    def home_link(self, row: Hold) -> SafeString:
        return to_money(row.institution)

    @admin.display(description="状态")
    def standing(self, row: Hold) -> SafeString:
        over = row.ended_at is not None or row.until_on < clock.today()
        return chip("已恢复", "plain") if over else chip("暂停中", "bad")

    def timeline(self, actor: Actor, row: Hold) -> list:
        return timeline(row)
