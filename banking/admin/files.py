"""对账文件, 账户日余额 and 银行明细 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.safestring import SafeString

from banking import rules
from banking.enums import FileState
from banking.models import AccountDay, BankFile, BankLine
from banking.pages import files as pages
from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.ciphers import masked
from foundation.core.marks import amount, chip
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage

TONES = {FileState.ACCEPTED: "ok", FileState.REFUSED: "bad"}


@admin.register(BankFile)
class BankFileAdmin(RegisterAdmin):
    """Seen by the clerks of the bank, too."""

    view_rule = rules.can_view
    menu = Menu("资金", 65, "receipt_long")
    search_help = "文件名"
    empty_text = (
        "还没有您可以查看的对账文件。文件由遴选银行的单位或银行报送；本县账户的余额和明细见“账户日余额”“银行明细”。"
    )
    pages = (pages.HandIn, pages.TakeFile, ExportPage)
    list_display = ("received_at", "bank", "name", "standing", "period", "lines", "fresh")
    list_filter = ("state", "received_at")
    list_select_related = ("bank", "received_by")
    search_fields = ("name",)
    ordering = ("-received_at", "-pk")
    sections = (
        ("核对结果", ("standing", "reason", "period", "accounts", "lines", "fresh")),
        ("文件", ("name", "size_text", "sha256", "received_by", "received_at")),
    )

    @admin.display(description="结果", ordering="state")
    def standing(self, row: BankFile) -> SafeString:
        return chip(row.get_state_display(), TONES[FileState(row.state)])

    @admin.display(description="对账期间", ordering="first_on")
    def period(self, row: BankFile) -> str:
        return f"{row.first_on}至{row.last_on}" if row.first_on else "—"

    @admin.display(description="大小", ordering="size")
    def size_text(self, row: BankFile) -> str:
        return filesizeformat(row.size)

    def summary(self, actor: Actor, row: BankFile) -> list[tuple[str, object, str]]:
        return [
            ("银行", row.bank, "plain"),
            ("结果", self.standing(row), "plain"),
            ("对账期间", self.period(row), "plain"),
        ]

    def timeline(self, actor: Actor, row: BankFile) -> list:
        return timeline(row)


class OfAccount(RegisterAdmin):
    """What days and lines have in common."""

    view_rule = rules.can_view
    list_select_related = ("account__institution", "file")

    @admin.display(description="账户", ordering="account__number_tail")
    def account_text(self, row: AccountDay | BankLine) -> str:
        return f"{row.account.institution.name} 尾号{row.account.number_tail}"


@admin.register(AccountDay)
class AccountDayAdmin(OfAccount):
    search_help = "机构名称或账号尾号"
    empty_text = "还没有账户日余额：接收对账文件后就有。"
    list_display = ("day", "account_text", "opening", "closing", "lines", "file")
    list_filter = ("day",)
    search_fields = ("account__institution__name", "account__number_tail")
    ordering = ("-day", "account__institution__name", "pk")
    sections = (("余额", ("account_text", "day", "opening", "closing", "lines", "file")),)

    @admin.display(description="期初余额(元)", ordering="opening_fen")
    def opening(self, row: AccountDay) -> SafeString:
        return amount(row.opening_fen)

    @admin.display(description="期末余额(元)", ordering="closing_fen")
    def closing(self, row: AccountDay) -> SafeString:
        return amount(row.closing_fen)


@admin.register(BankLine)
class BankLineAdmin(OfAccount):
    menu = Menu("资金", 66, "format_list_numbered")
    search_help = "机构名称、账号尾号、摘要或流水号"
    empty_text = "还没有银行明细：接收对账文件后就有。"
    pages = (ExportPage,)
    list_display = ("day", "account_text", "money", "memo", "meaning_text", "name_text", "serial")
    list_select_related = ("account__institution", "file", "meaning")
    list_filter = ("day",)
    search_fields = ("account__institution__name", "account__number_tail", "memo", "serial")
    ordering = ("-day", "pk")
    sections = (
        ("明细", ("account_text", "day", "money", "memo", "serial", "meaning_text")),
        ("对方", ("name_text", "number_text")),
        ("来源", ("file", "row")),
    )

    @admin.display(description="金额(元)", ordering="fen")
    def money(self, row: BankLine) -> SafeString:
        return amount(row.fen)

    @admin.display(description="含义")
    def meaning_text(self, row: BankLine) -> SafeString | str:
        meaning = getattr(row, "meaning", None)
        if meaning is None:
            return "—"
        return chip(meaning.get_means_display(), "bad" if meaning.is_open else "ok")

    @admin.display(description="对方户名")
    def name_text(self, row: BankLine) -> str:
        return masked(row.name, head=1, tail=0)

    @admin.display(description="对方账号")
    def number_text(self, row: BankLine) -> str:
        return masked(row.number, head=0)
