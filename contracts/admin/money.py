"""缴费, 发票, 上课记录 and what the validations found, in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from contracts import rules
from contracts.enums import FINDINGS, VERDICTS, FindingLevel, Verdict
from contracts.models import ContractFinding, Invoice, Lesson, Payment
from contracts.pages import money as pages
from contracts.people import name_blind
from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import amount, chip, link
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage


class MoneyAdmin(RegisterAdmin):
    """Rows of an institution that the bureau keeps: names masked, found whole or not at all."""

    view_rule = rules.can_view_contracts
    names_people = True

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        found, double = super().get_search_results(request, queryset, search_term)
        term = search_term.strip()
        if len(term) < 2 or not self.names_people:
            return found, double
        return found | queryset.filter(Q(name_blind=name_blind(term)) & ~Q(name_blind="")), double

    @admin.display(description="付款人")
    def payer(self, row: Payment) -> str:
        return "已销毁" if row.destroyed_at else row.name_masked

    @admin.display(description="购买方")
    def buyer(self, row: Invoice) -> str:
        return "已销毁" if row.destroyed_at else row.name_masked

    @admin.display(description="金额", ordering="amount_fen")
    def money(self, row: Payment | Invoice) -> str:
        return amount(row.amount_fen)

    @admin.display(description="合同")
    def contract_link(self, row) -> str:
        return self._link(row.contract)

    @admin.display(description="缴费")
    def payment_link(self, row) -> str:
        return self._link(row.payment)

    @staticmethod
    def _link(row) -> str:
        name = f"admin:contracts_{row._meta.model_name}_change" if row else ""
        return link(row, reverse(name, args=[row.pk])) if row else "—"

    def timeline(self, actor: Actor, row) -> list:
        return timeline(row)


@admin.register(Payment)
class PaymentAdmin(MoneyAdmin):
    menu = Menu("资金", 50, "payments")
    search_help = "流水号、机构、合同编号；付款人的全名"
    empty_text = "还没有登记缴费。在合同页面点“登记缴费”，或在“机构名录 › 数据导入”导入。"
    pages = (pages.LinkPayment, ExportPage)
    list_display = ("reference", "institution", "payer", "money", "paid_on", "contract", "verdict_text")
    list_filter = ("verdict", "channel", "told_by", "jurisdiction", "paid_on")
    list_select_related = ("institution", "contract")
    search_fields = ("reference", "institution__name", "contract_no", "contract__number")
    ordering = ("-paid_on", "-pk")
    sections = (
        ("缴费", ("reference", "told_by", "institution", "payer", "money", "paid_on", "channel", "account_tail")),
        ("购买", ("contract_link", "contract_no", "months", "lessons", "covers_from", "covers_to")),
        ("三一致", ("verdict_text", "edit")),
    )

    @admin.display(description="三一致", ordering="verdict")
    def verdict_text(self, row: Payment) -> str:
        return chip(row.get_verdict_display(), VERDICTS[Verdict(row.verdict)])

    def summary(self, actor: Actor, row: Payment) -> list[tuple[str, object, str]]:
        return [
            ("三一致", row.get_verdict_display(), VERDICTS[Verdict(row.verdict)]),
            ("金额", amount(row.amount_fen), "plain"),
            ("缴费日期", row.paid_on, "plain"),
        ]


@admin.register(Invoice)
class InvoiceAdmin(MoneyAdmin):
    menu = Menu("资金", 55, "receipt_long")
    search_help = "发票号码、机构、合同编号；购买方的全名"
    empty_text = "还没有登记发票。在合同页面点“登记发票”，或在“机构名录 › 数据导入”导入。"
    pages = (ExportPage,)
    list_display = ("number", "institution", "buyer", "money", "issued_on", "contract", "payment")
    list_filter = ("jurisdiction", "issued_on")
    list_select_related = ("institution", "contract", "payment")
    search_fields = ("number", "institution__name", "contract_no", "contract__number")
    ordering = ("-issued_on", "-pk")
    sections = (
        ("发票", ("number", "institution", "buyer", "money", "issued_on")),
        ("对应", ("contract_link", "contract_no", "payment_link")),
    )


@admin.register(Lesson)
class LessonAdmin(MoneyAdmin):
    names_people = False
    menu = Menu("资金", 56, "event_available")
    search_help = "合同编号或机构"
    empty_text = "还没有上课记录。在合同页面点“登记上课”，或在“机构名录 › 数据导入”导入。"
    list_display = ("held_on", "institution", "contract", "lessons", "starts_time", "ends_time")
    list_filter = ("jurisdiction", "held_on")
    list_select_related = ("institution", "contract")
    search_fields = ("contract__number", "institution__name")
    ordering = ("-held_on", "-pk")
    sections = (("上课", ("institution", "contract_link", "held_on", "starts_time", "ends_time", "lessons")),)


class OpenFilter(admin.SimpleListFilter):
    title, parameter_name = "状态", "open"

    def lookups(self, request, model_admin):
        return [("1", "未消除"), ("0", "已消除")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(cleared_on__isnull=self.value() == "1") if self.value() in ("0", "1") else queryset


@admin.register(ContractFinding)
class ContractFindingAdmin(MoneyAdmin):
    names_people = False
    menu = Menu("资金", 57, "report")
    search_help = "机构、合同编号或流水号"
    empty_text = "没有发现收费问题。登记或导入合同、缴费、发票和上课记录后，系统按收费规定逐条校验，问题列在这里。"
    list_display = ("code_text", "level_text", "institution", "about_text", "words", "found_on", "cleared_on")
    list_filter = (OpenFilter, "level", "code", "jurisdiction", "found_on")
    list_select_related = ("institution", "contract", "payment")
    search_fields = ("institution__name", "contract__number", "payment__reference")
    ordering = ("cleared_on", "-found_on", "-pk")
    sections = (
        ("问题", ("code_text", "level_text", "institution", "contract_link", "payment_link", "words")),
        ("依据和改正", ("clause", "remedy")),
        ("日期", ("found_on", "cleared_on")),
    )

    @admin.display(description="合同编号或流水号")
    def about_text(self, row: ContractFinding) -> str:
        about = row.contract.number if row.contract else row.payment.reference if row.payment else ""
        return about or "监管专户"

    @admin.display(description="校验", ordering="code")
    def code_text(self, row: ContractFinding) -> str:
        return str(row)

    @admin.display(description="等级", ordering="level")
    def level_text(self, row: ContractFinding) -> str:
        return chip(row.get_level_display(), FINDINGS[FindingLevel(row.level)])

    def summary(self, actor: Actor, row: ContractFinding) -> list[tuple[str, object, str]]:
        state = ("已消除", "ok") if row.cleared_on else ("未消除", "bad")
        return [("状态", *state), ("等级", row.get_level_display(), FINDINGS[FindingLevel(row.level)])]
