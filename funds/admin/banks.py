"""监管银行 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.ciphers import masked
from foundation.core.marks import chip
from foundation.core.site import Menu
from funds import rules
from funds.enums import BankStatus
from funds.models import Bank
from funds.pages import banks as pages

TONES = {BankStatus.CANDIDATE: "notice", BankStatus.SELECTED: "ok", BankStatus.WITHDRAWN: "plain"}


@admin.register(Bank)
class BankAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("资金", 32, "account_balance")
    search_help = "银行名称或城市"
    empty_text = "还没有监管银行。请“登记银行”，经遴选后设为“入选”。"
    pages = (pages.AddBank, pages.SetBankStatus, pages.ChangeBank)
    list_display = ("name", "standing", "jurisdiction", "city", "organ")
    list_filter = ("status", "jurisdiction")
    list_select_related = ("jurisdiction", "organ")
    search_fields = ("name", "city")
    ordering = ("jurisdiction__code", "name", "pk")
    sections = (
        ("银行", ("name", "city", "jurisdiction", "organ")),
        ("联系", ("contact", "telephone")),
    )

    @admin.display(description="遴选状态", ordering="status")
    def standing(self, row: Bank) -> SafeString:
        return chip(row.get_status_display(), TONES[BankStatus(row.status)])

    @admin.display(description="联系电话")
    def telephone(self, row: Bank) -> str:
        return masked(row.phone)

    def summary(self, actor: Actor, row: Bank) -> list[tuple[str, object, str]]:
        return [
            ("遴选状态", row.get_status_display(), TONES[BankStatus(row.status)]),
            ("遴选单位", row.jurisdiction, "plain"),
        ]

    def timeline(self, actor: Actor, row: Bank) -> list:
        return timeline(row)
