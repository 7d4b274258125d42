"""培训合同 and the requests to see who signed them, in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from clues.admin import OPENINGS
from clues.enums import OpeningState
from contracts import exporting, rules  # noqa: F401  (exporting declares what ExportPage writes)
from contracts.enums import ContractState
from contracts.models import Contract, ContractParty, PartyOpening
from contracts.pages import contracts as pages
from contracts.pages import money
from contracts.people import name_blind, phone_blind
from contracts.queries import agreeing, openings_waiting
from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import amount, chip, link
from foundation.core.pages import contribute
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from institutions.admin.filters import HomeFilter
from institutions.models import Institution

STATES = {ContractState.ACTIVE: "ok", ContractState.ENDED: "plain", ContractState.TERMINATED: "notice"}

contribute(Institution, pages.Sign)


class AgreementFilter(admin.SimpleListFilter):
    title, parameter_name = "三一致", "agreement"

    def lookups(self, request, model_admin):
        return [("yes", "一致"), ("no", "不一致或缺凭据")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "yes":
            return agreeing(queryset)
        return queryset.exclude(pk__in=agreeing(Contract.objects.all())) if self.value() == "no" else queryset


@admin.register(Contract)
class ContractAdmin(RegisterAdmin):
    view_rule = rules.can_view_contracts
    menu = Menu("资金", 40, "contract")
    search_help = "合同编号、机构、课程；学员或监护人的全名、监护人电话"
    empty_text = "还没有登记培训合同。在机构页面点“登记培训合同”，或在“机构名录 › 数据导入”导入。"
    pages = (
        *(money.Coverage, money.RecordPayment, money.RecordInvoice, money.RecordLesson),
        *(pages.End, pages.Terminate, pages.AskForParty, pages.DestroyParty, ExportPage),
    )
    list_display = ("number", "institution", "pupil", "course_name", "total", "signed_on", "ends_on", "state_text")
    list_filter = (
        *(AgreementFilter, HomeFilter),
        *("state", "category", "delivery", "on_model_contract", "bought_via", "way", "supervision"),
        *("jurisdiction", "signed_on"),
    )
    list_select_related = ("institution", "consent__party")
    search_fields = ("number", "institution__name", "course_name")
    ordering = ("-signed_on", "-pk")
    sections = (
        ("合同", ("number", "institution", "site", "course_name", "category", "delivery", "training_class", "pupils")),
        ("课时和价格", ("lessons", "gift_lessons", "lesson_minutes", "unit_price", "total", "way")),
        ("期限", ("signed_on", "starts_on", "ends_on", "first_lesson_on", "closed_on", "close_reason")),
        ("约定", ("supervision", "refund_window_days", "on_model_contract", "bought_via", "on_platform")),
        ("学员和监护人", ("pupil", "guardian", "phone", "consent_text")),
    )

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Names and telephones are found whole or not at all: what is stored of them is a keyed hash."""
        found, double = super().get_search_results(request, queryset, search_term)
        term = search_term.strip()
        if len(term) < 2:
            return found, double
        by_name = Q(pupil_blind=name_blind(term)) | Q(guardian_blind=name_blind(term))
        parties = ContractParty.objects.filter(by_name | Q(phone_blind=phone_blind(term)), destroyed_at__isnull=True)
        return found | queryset.filter(pk__in=parties.values("pk")), double

    @admin.display(description="学员")
    def pupil(self, row: Contract) -> str:
        return self._masked(row, "pupil_masked")

    @admin.display(description="监护人")
    def guardian(self, row: Contract) -> str:
        return self._masked(row, "guardian_masked")

    @admin.display(description="监护人电话")
    def phone(self, row: Contract) -> str:
        return self._masked(row, "phone_masked")

    @staticmethod
    def _masked(row: Contract, name: str) -> str:
        party = row.consent.party
        return "已销毁" if party.destroyed_at else getattr(party, name)

    @admin.display(description="监护人同意")
    def consent_text(self, row: Contract) -> str:
        consent = row.consent
        return f"{consent.given_on}，{consent.get_way_display()}，告知书{consent.text_version}"

    @admin.display(description="总价", ordering="total_fen")
    def total(self, row: Contract) -> str:
        return amount(row.total_fen)

    @admin.display(description="课时单价")
    def unit_price(self, row: Contract) -> str:
        return amount(row.unit_price_fen)

    @admin.display(description="状态", ordering="state")
    def state_text(self, row: Contract) -> str:
        return chip(row.get_state_display(), STATES[ContractState(row.state)])

    def summary(self, actor: Actor, row: Contract) -> list[tuple[str, object, str]]:
        wrong = row.findings.filter(cleared_on__isnull=True).count()
        return [
            ("状态", row.get_state_display(), STATES[ContractState(row.state)]),
            ("总价", amount(row.total_fen), "plain"),
            ("课时", f"{row.lessons}（另赠{row.gift_lessons}）" if row.gift_lessons else row.lessons, "plain"),
            *([("未消除的问题", f"{wrong}个", "bad")] if wrong else []),
            ("示范文本", "使用" if row.on_model_contract else "未使用", "ok" if row.on_model_contract else "notice"),
        ]

    def timeline(self, actor: Actor, row: Contract) -> list:
        return timeline(row)


class OpeningWaitingFilter(WaitingFilter):
    WAITING = {"1": ("待我审批", openings_waiting)}


@admin.register(PartyOpening)
class PartyOpeningAdmin(RegisterAdmin):
    view_rule = rules.can_view_contracts
    menu = Menu("资金", 58, "key")
    search_help = "合同编号"
    empty_text = "还没有查看申请。确有必要知道学员和监护人是谁时，在合同页面点“申请查看学员信息”，由另一人批准。"
    pages = (pages.Allow, pages.Refuse, pages.ReadParty)
    list_display = ("number", "purpose", "asked_by", "asked_at", "state_text", "decided_by", "ends_at")
    list_filter = (OpeningWaitingFilter, "state", "asked_at")
    list_select_related = ("contract", "asked_by", "decided_by")
    search_fields = ("contract__number",)
    ordering = ("-asked_at", "-pk")
    sections = (
        ("申请", ("contract_link", "purpose", "asked_by", "asked_at")),
        ("审批", ("state", "decided_by", "remark", "ends_at")),
    )

    @admin.display(description="合同")
    def contract_link(self, row: PartyOpening) -> str:
        return link(row.contract, reverse("admin:contracts_contract_change", args=[row.contract_id]))

    @admin.display(description="合同编号", ordering="contract__number")
    def number(self, row: PartyOpening) -> str:
        return row.contract.number

    @admin.display(description="状态", ordering="state")
    def state_text(self, row: PartyOpening) -> str:
        return chip(row.get_state_display(), OPENINGS[OpeningState(row.state)])

    def summary(self, actor: Actor, row: PartyOpening) -> list[tuple[str, object, str]]:
        ends = [("有效至", f"{timezone.localtime(row.ends_at):%Y-%m-%d %H:%M}", "plain")] if row.ends_at else []
        return [("状态", row.get_state_display(), OPENINGS[OpeningState(row.state)]), *ends]

    def timeline(self, actor: Actor, row: PartyOpening) -> list:
        return timeline(row.contract)
