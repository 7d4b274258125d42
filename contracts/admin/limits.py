"""收费规定 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from contracts import queries, rules
from contracts.enums import ProposalState
from contracts.models import ContractLimit
from contracts.pages import limits as pages
from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import chip
from foundation.core.site import Menu

PROPOSALS = {ProposalState.PROPOSED: "notice", ProposalState.APPROVED: "ok", ProposalState.REFUSED: "plain"}


class HoldsFilter(admin.SimpleListFilter):
    title, parameter_name = "施行", "holds"

    def lookups(self, request, model_admin):
        return [("1", "今天施行的")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.in_force(clock.today()) if self.value() == "1" else queryset


class LimitWaitingFilter(WaitingFilter):
    WAITING = {"1": ("待我审批", queries.limits_waiting)}


@admin.register(ContractLimit)
class ContractLimitAdmin(RegisterAdmin):
    view_rule = rules.can_view_contracts
    menu = Menu("资金", 59, "rule")
    search_help = "依据"
    empty_text = "还没有收费规定。"
    pages = (pages.Here, pages.ProposeLimit, pages.ApproveLimit, pages.RefuseLimit)
    list_display = ("code", "words_shown", "kinds", "place", "effective_from", "effective_to", "state_text")
    list_filter = (HoldsFilter, LimitWaitingFilter, "code", "category", "state")
    list_select_related = ("jurisdiction",)
    search_fields = ("source",)
    ordering = ("code", "jurisdiction__code", "category", "delivery", "-effective_from", "pupils_up_to")
    sections = (
        ("规定", ("code", "words_shown", "kinds", "place", "effective_from", "effective_to")),
        ("依据", ("source", "needs_review")),
        ("审批", ("state", "proposed_by", "reason", "decided_by", "remark")),
    )

    @admin.display(description="内容", ordering="value")
    def words_shown(self, row: ContractLimit) -> str:
        return row.words

    @admin.display(description="适用于")
    def kinds(self, row: ContractLimit) -> str:
        words = row.get_delivery_display() + row.get_category_display()
        return "，".join(filter(None, (words or "全部", row.band)))

    @admin.display(description="地区", ordering="jurisdiction__code")
    def place(self, row: ContractLimit) -> str:
        return row.jurisdiction.name if row.jurisdiction else "全国"

    @admin.display(description="状态", ordering="state")
    def state_text(self, row: ContractLimit) -> str:
        return chip(row.get_state_display(), PROPOSALS[ProposalState(row.state)])

    def summary(self, actor: Actor, row: ContractLimit) -> list[tuple[str, object, str]]:
        review = [("核对", "待核实", "notice")] if row.needs_review else []
        return [
            ("状态", row.get_state_display(), PROPOSALS[ProposalState(row.state)]),
            ("内容", row.words, "plain"),
            *review,
        ]

    def timeline(self, actor: Actor, row: ContractLimit) -> list:
        return timeline(row)
