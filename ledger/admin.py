"""The books in the staff site: 合同资金 and 资金分录. Nothing here writes."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.audit.models import DailyRoot, Link
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import amount, chip, copyable, link
from foundation.core.site import Menu
from institutions.admin.filters import HomeFilter

from . import pages, rules, words
from .models import Entry, Purse
from .queries import figures_of
from .sealing import ENTRIES


class ReversalFilter(admin.SimpleListFilter):
    title, parameter_name = "冲正", "reversal"

    def lookups(self, request, model_admin):
        return [("yes", "冲正分录"), ("undone", "已被冲正"), ("no", "有效分录")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = {
            "yes": {"reverses__isnull": False},
            "undone": {"reversals__isnull": False},
            "no": {"reverses__isnull": True, "reversals__isnull": True},
        }
        return queryset.filter(**chosen[self.value()]) if self.value() in chosen else queryset


class OfBooks(RegisterAdmin):
    view_rule = rules.can_view_books
    list_select_related = ("institution",)

    @admin.display(description="机构", ordering="institution__name")
    def home(self, row: Entry | Purse) -> SafeString:
        return link(row.institution.name, reverse("admin:institutions_institution_funds", args=[row.institution_id]))


@admin.register(Purse)
class PurseAdmin(OfBooks):
    menu = Menu("资金", 80, "account_balance_wallet")
    search_help = "机构名称或资金编号"
    empty_text = "还没有合同资金。缴费存入监管专户后，每份合同在这里有一本账。"
    list_display = ("named", "home", "deposited", "consumed", "unused", "released", "refunded", "frozen", "at_bank")
    list_filter = (HomeFilter, "jurisdiction")
    search_fields = ("number", "institution__name")
    ordering = ("-pk",)
    sections = (("合同资金", ("named", "home", "opened_at")),)

    @admin.display(description="资金编号", ordering="number")
    def named(self, row: Purse) -> str:
        return str(row)

    @admin.display(description="已缴", ordering="deposited_fen")
    def deposited(self, row: Purse) -> SafeString:
        return amount(row.deposited_fen)

    @admin.display(description="已消课", ordering="consumed_fen")
    def consumed(self, row: Purse) -> SafeString:
        return amount(row.consumed_fen)

    @admin.display(description="未消课")
    def unused(self, row: Purse) -> SafeString:
        return amount(figures_of(row).unused)

    @admin.display(description="已核拨", ordering="released_fen")
    def released(self, row: Purse) -> SafeString:
        return amount(row.released_fen)

    @admin.display(description="核定退费", ordering="refunded_fen")
    def refunded(self, row: Purse) -> SafeString:
        return amount(row.refunded_fen)

    @admin.display(description="冻结", ordering="frozen_fen")
    def frozen(self, row: Purse) -> SafeString:
        return amount(row.frozen_fen)

    @admin.display(description="应在专户")
    def at_bank(self, row: Purse) -> SafeString:
        return amount(figures_of(row).at_bank)

    def summary(self, actor: Actor, row: Purse) -> list[tuple[str, object, str]]:
        now = figures_of(row)
        told = (("已缴", now.deposited), ("已消课", now.consumed), ("未消课", now.unused), ("已核拨", now.released))
        rest = (("核定退费", now.refunded), ("已付退费", now.repaid), ("冻结", now.frozen), ("应在专户", now.at_bank))
        return [(label, amount(fen), "plain") for label, fen in (*told, *rest)]


@admin.register(Entry)
class EntryAdmin(OfBooks):
    menu = Menu("资金", 81, "menu_book")
    search_help = "机构名称、资金编号或凭据编号"
    empty_text = "还没有分录。缴费入账、消课、核拨、退费和银行收付都在这里留下一笔，不能修改，只能冲正。"
    pages = (pages.Roots,)
    list_display = ("happened_on", "home", "kind_text", "money", "sides", "source", "by_name", "checker")
    list_filter = (HomeFilter, ReversalFilter, "kind", "happened_on", "jurisdiction")
    list_select_related = ("institution", "purse", "debit_account", "credit_account")
    search_fields = ("institution__name", "=purse__number", "=source_number")
    ordering = ("-happened_on", "-pk")
    sections = (
        ("分录", ("happened_on", "home", "kind_text", "money", "debit", "credit", "of_purse")),
        ("经办", ("by_name", "checker", "at", "recorded_at", "reason")),
        ("凭据", ("source", "undoes", "request_hash")),
    )

    @admin.display(description="种类", ordering="kind")
    def kind_text(self, row: Entry) -> SafeString:
        return words.kind(row)

    @admin.display(description="金额(元)", ordering="amount_fen")
    def money(self, row: Entry) -> SafeString:
        return amount(row.amount_fen)

    @admin.display(description="借方 / 贷方")
    def sides(self, row: Entry) -> str:
        return f"{self.debit(row)} / {self.credit(row)}"

    @admin.display(description="借方")
    def debit(self, row: Entry) -> str:
        return row.debit_account.get_kind_display()

    @admin.display(description="贷方")
    def credit(self, row: Entry) -> str:
        return row.credit_account.get_kind_display()

    @admin.display(description="凭据")
    def source(self, row: Entry) -> str:
        return words.source(row)

    @admin.display(description="复核人", ordering="checker_name")
    def checker(self, row: Entry) -> str:
        return row.checker_name or "—"

    @admin.display(description="合同资金")
    def of_purse(self, row: Entry) -> SafeString | str:
        if row.purse_id is None:
            return "不属于某份合同"
        return link(row.purse, reverse("admin:ledger_purse_change", args=[row.purse_id]))

    @admin.display(description="冲正")
    def undoes(self, row: Entry) -> SafeString | str:
        if row.reverses_id is None:
            return "—"
        return link(f"冲正编号{row.reverses_id}", reverse("admin:ledger_entry_change", args=[row.reverses_id]))

    def summary(self, actor: Actor, row: Entry) -> list[tuple[str, object, str]]:
        """With its place in the chain: not yet sealed, sealed, or under a day's root."""
        sealed = Link.objects.filter(stream=ENTRIES.name, row_id=row.pk).first()
        told = [("种类", words.kind(row), "plain"), ("金额(元)", amount(row.amount_fen), "plain")]
        if sealed is None:
            return [*told, ("封存", chip("待封存", "notice"), "plain")]
        days = DailyRoot.objects.filter(stream=ENTRIES.name, first_no__lte=sealed.no, last_no__gte=sealed.no)
        root = days.first()
        day = link(f"{root.day} 日根", reverse("admin:ledger_entry_roots") + f"?day={root.day}") if root else "今日未结"
        return [*told, ("封存序号", copyable(str(sealed.no)), "plain"), ("日根", day, "plain")]
