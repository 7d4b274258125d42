"""对账差异 and 日对账 in the staff site: seen by those who see funds, by no bank."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.safestring import SafeString

from banking import queries, rules
from banking.enums import TONES, CheckState, DifferenceState
from banking.models import DayCheck, Difference
from banking.pages import desk as pages
from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import amount, chip, link
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from institutions.admin.filters import HomeFilter

SIGNED = {CheckState.OPEN: "notice", CheckState.SIGNED: "ok"}


class OfAccountFilter(HomeFilter):
    path = "account__institution"


class DifferenceFilter(WaitingFilter):
    parameter_name = "difference"
    WAITING = {
        "open": ("待查清", queries.open_differences),
        "late": ("逾期未查清", queries.late_differences),
    }


class CheckFilter(WaitingFilter):
    parameter_name = "check"
    WAITING = {"to_sign": ("可签认", queries.days_to_sign), "uneven": ("有待查差异", queries.uneven_days)}


class OfBooks(RegisterAdmin):
    """What differences and days have in common."""

    view_rule = rules.can_view_desk
    search_help = "机构名称或账号尾号"
    search_fields = ("account__institution__name", "account__number_tail")

    @admin.display(description="机构", ordering="account__institution__name")
    def home(self, row: Difference | DayCheck) -> str:
        return row.account.institution.name

    @admin.display(description="银行账户")
    def account_text(self, row: Difference | DayCheck) -> SafeString:
        url = reverse("admin:funds_supervisedaccount_change", args=[row.account_id])
        return link(f"{row.account.bank} 尾号{row.account.number_tail}", url)

    def timeline(self, actor: Actor, row: Difference | DayCheck) -> list:
        return timeline(row)


@admin.register(Difference)
class DifferenceAdmin(OfBooks):
    menu = Menu("资金", 67, "difference")
    empty_text = "没有对账差异：银行与账上一致。"
    pages = (pages.TieDifference, pages.ExplainDifference, ExportPage)
    list_display = ("day", "home", "kind", "bank_money", "books_money", "standing", "owner_name", "due_on")
    list_filter = (DifferenceFilter, OfAccountFilter, "kind", "state", "account__bank", "day", "due_on")
    list_select_related = ("account__institution", "account__bank", "owner", "line__meaning", "explained_by")
    ordering = ("-day", "pk")
    sections = (
        ("差异", ("home", "account_text", "kind", "day", "ended_on", "bank_money", "books_money", "effect")),
        ("涉及", ("about",)),
        ("办理", ("standing", "owner_name", "due_on", "found_at", "explanation", "explained_by")),
    )

    @admin.display(description="银行金额(元)", ordering="bank_fen")
    def bank_money(self, row: Difference) -> SafeString:
        return amount(row.bank_fen)

    @admin.display(description="账上金额(元)", ordering="books_fen")
    def books_money(self, row: Difference) -> SafeString:
        return amount(row.books_fen)

    @admin.display(description="银行余额多于账上(元)", ordering="effect_fen")
    def effect(self, row: Difference) -> SafeString:
        return amount(row.effect_fen)

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Difference) -> SafeString:
        if row.state == DifferenceState.OPEN and not row.blocks:
            return chip("已审核，等银行付款", "notice")
        return chip(row.get_state_display(), TONES[DifferenceState(row.state)])

    @admin.display(description="责任人")
    def owner_name(self, row: Difference) -> str:
        return row.owner.get_full_name() if row.owner else "—"

    @admin.display(description="涉及事项")
    def about(self, row: Difference) -> SafeString | str:
        for name, view in ABOUT.items():
            if (pk := getattr(row, f"{name}_id")) is not None:
                return link(
                    f"{type(row)._meta.get_field(name).verbose_name}", reverse(f"admin:{view}_change", args=[pk])
                )
        return "首次对账前的余额" if row.key == "opening" else "分录"

    def summary(self, actor: Actor, row: Difference) -> list[tuple[str, object, str]]:
        return [
            ("机构", row.account.institution.name, "plain"),
            ("状态", self.standing(row), "plain"),
            ("查清期限", row.due_on, "plain"),
        ]


#: What a difference may be about, and where that is seen.
ABOUT = {
    "line": "banking_bankline",
    "payment": "contracts_payment",
    "release": "payouts_release",
    "refund": "payouts_refund",
}


@admin.register(DayCheck)
class DayCheckAdmin(OfBooks):
    menu = Menu("资金", 68, "fact_check")
    empty_text = "还没有日对账：接收对账文件后就有。"
    pages = (pages.SignDay, pages.SignDays)
    list_display = ("day", "home", "bank_money", "books_money", "listed", "matched", "waiting", "standing")
    list_filter = (CheckFilter, "state", "account__bank", "day")
    list_select_related = ("account__institution", "account__bank", "prepared_by", "signed_by")
    ordering = ("-day", "account__institution__name", "pk")
    sections = (
        ("对账", ("home", "account_text", "day", "bank_money", "books_money", "listed", "residue")),
        ("笔数", ("matched", "waiting")),
        ("签认", ("standing", "prepared_by", "signed_by", "state_at")),
    )

    @admin.display(description="银行余额(元)", ordering="bank_fen")
    def bank_money(self, row: DayCheck) -> SafeString:
        return amount(row.bank_fen)

    @admin.display(description="账上余额(元)", ordering="books_fen")
    def books_money(self, row: DayCheck) -> SafeString:
        return amount(row.books_fen)

    @admin.display(description="已列差异(元)", ordering="listed_fen")
    def listed(self, row: DayCheck) -> SafeString:
        return amount(row.listed_fen)

    @admin.display(description="无法说明(元)")
    def residue(self, row: DayCheck) -> SafeString:
        return amount(row.residue_fen)

    @admin.display(description="状态", ordering="state")
    def standing(self, row: DayCheck) -> SafeString:
        if row.residue_fen or row.waiting:
            return chip("有待查差异", "bad")
        return chip(row.get_state_display(), SIGNED[CheckState(row.state)])

    def summary(self, actor: Actor, row: DayCheck) -> list[tuple[str, object, str]]:
        told = [
            ("状态", self.standing(row)),
            ("银行余额(元)", self.bank_money(row)),
            ("账上余额(元)", self.books_money(row)),
        ]
        return [(label, value, "plain") for label, value in told]
