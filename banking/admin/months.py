"""月结单 in the staff site: seen by those who see funds, and by the bank on whose account it is."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString

from banking import rules
from banking.models import MonthStatement
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import amount
from foundation.core.site import Menu


@admin.register(MonthStatement)
class MonthStatementAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("资金", 64, "account_balance")
    search_help = "机构名称或账号尾号"
    empty_text = "还没有月结单。每月5日起，系统为账簿里的每个监管账户生成上个月的。"
    list_display = ("home", "bank_text", "month_text", "opening", "deposited", "released", "repaid", "other", "closing")
    list_filter = ("month", "account__bank")
    list_select_related = ("account__institution", "account__bank")
    search_fields = ("account__institution__name", "account__number_tail")
    ordering = ("-month", "account__institution__name", "pk")
    sections = (
        ("账户", ("home", "bank_text", "month_text")),
        ("余额", ("opening", "deposited", "released", "repaid", "other", "closing")),
        ("另有", ("frozen", "carried", "made_at")),
    )

    @admin.display(description="机构", ordering="account__institution__name")
    def home(self, row: MonthStatement) -> str:
        return row.account.institution.name

    @admin.display(description="监管账户")
    def bank_text(self, row: MonthStatement) -> str:
        return f"{row.account.bank} 尾号{row.account.number_tail}"

    @admin.display(description="月份", ordering="month")
    def month_text(self, row: MonthStatement) -> str:
        return f"{row.month:%Y-%m}"

    @admin.display(description="期初余额(元)", ordering="opening_fen")
    def opening(self, row: MonthStatement) -> SafeString:
        return amount(row.opening_fen)

    @admin.display(description="缴费入账(元)", ordering="deposited_fen")
    def deposited(self, row: MonthStatement) -> SafeString:
        return amount(row.deposited_fen)

    @admin.display(description="核拨(元)", ordering="released_fen")
    def released(self, row: MonthStatement) -> SafeString:
        return amount(row.released_fen)

    @admin.display(description="退费(元)", ordering="repaid_fen")
    def repaid(self, row: MonthStatement) -> SafeString:
        return amount(row.repaid_fen)

    @admin.display(description="其他(元)", ordering="other_fen")
    def other(self, row: MonthStatement) -> SafeString:
        return amount(row.other_fen)

    @admin.display(description="期末余额(元)", ordering="closing_fen")
    def closing(self, row: MonthStatement) -> SafeString:
        return amount(row.closing_fen)

    @admin.display(description="期末冻结(元)")
    def frozen(self, row: MonthStatement) -> SafeString:
        return amount(row.frozen_fen)

    @admin.display(description="补记以前月份(元)")
    def carried(self, row: MonthStatement) -> SafeString:
        return amount(row.carried_fen)

    def summary(self, actor: Actor, row: MonthStatement) -> list[tuple[str, object, str]]:
        told = [("月份", self.month_text(row)), ("期初(元)", self.opening(row)), ("期末(元)", self.closing(row))]
        return [(label, value, "plain") for label, value in told]
