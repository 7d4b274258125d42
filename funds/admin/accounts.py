"""监管账户, 最低余额 and 豁免监管 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.accounts.enums import Can
from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import amount, chip, link
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from funds import queries, rules
from funds.enums import ProposalState
from funds.models import Agreement, Exemption, FlagEvent, MinimumBalance, Obstacle, SupervisedAccount
from funds.models.proposals import Proposal
from funds.overview import TONES
from funds.pages import accounts as pages
from funds.pages import institution as institution_pages  # noqa: F401  (contributes to the register's pages)


class OpenFilter(WaitingFilter):
    title, parameter_name = "账户状态", "account"
    WAITING = {
        "active": ("在用", queries.active_accounts),
        "closed": ("已销户", queries.closed_accounts),
        "v14": ("无有效三方协议(V14)", queries.accounts_without_agreement),
    }


@admin.register(SupervisedAccount)
class SupervisedAccountAdmin(RegisterAdmin):
    """Also the narrow door of a bank's clerk, who sees the accounts at the own bank and nothing beside them."""

    view_rule = rules.can_view_accounts
    menu = Menu("资金", 20, "savings")
    search_help = "机构名称、户名或账号尾号"
    empty_text = "还没有监管账户。请在机构的“资金监管”页“登记监管账户”。"
    pages = (pages.SetFlagsOfMany, pages.CloseAccount, ExportPage)
    list_display = ("institution", "bank", "tail", "opened_on", "standing")
    list_filter = (OpenFilter, "bank", "opened_on")
    list_select_related = ("institution", "bank")
    search_fields = ("institution__name", "holder", "number_tail")
    ordering = ("institution__name", "-opened_on", "pk")
    sections = (
        ("账户", ("name_of_institution", "bank", "holder", "tail")),
        ("期间", ("opened_on", "closed_on", "recorded_at")),
    )

    @admin.display(description="账号", ordering="number_tail")
    def tail(self, row: SupervisedAccount) -> str:
        return f"****{row.number_tail}"

    @admin.display(description="机构")
    def name_of_institution(self, row: SupervisedAccount) -> str:
        return row.institution.name

    @admin.display(description="状态")
    def standing(self, row: SupervisedAccount) -> SafeString:
        active = row.closed_on is None or row.closed_on > clock.today()
        return chip("在用", "ok") if active else chip("已销户", "plain")

    def summary(self, actor: Actor, row: SupervisedAccount) -> list[tuple[str, object, str]]:
        name = to_funds(row) if actor.can(Can.VIEW_FUNDS) else row.institution.name
        told = [("机构", name), ("状态", self.standing(row)), ("监管银行", row.bank), ("账号", self.tail(row))]
        return [(label, value, "plain") for label, value in told]

    def timeline(self, actor: Actor, row: SupervisedAccount) -> list:
        return timeline(row) if actor.can(Can.VIEW_FUNDS) else []


def to_funds(row: SupervisedAccount | Agreement | FlagEvent | Obstacle | Proposal) -> SafeString:
    """The money page of the institution that a row is about."""
    return link(row.institution, reverse("admin:institutions_institution_funds", args=[row.institution_id]))


class ProposalAdmin(RegisterAdmin):
    """What minimum balances and exemptions have in common."""

    view_rule = rules.can_view
    search_help = "机构名称或理由"
    list_filter = ("state",)
    list_select_related = ("institution", "proposed_by", "decided_by")
    search_fields = ("institution__name", "reason")
    ordering = ("state_at", "pk")

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Proposal) -> SafeString:
        return chip(row.get_state_display(), TONES[ProposalState(row.state)])

    def summary(self, actor: Actor, row: Proposal) -> list[tuple[str, object, str]]:
        return [("状态", self.standing(row), "plain"), ("机构", to_funds(row), "plain")]

    def timeline(self, actor: Actor, row: Proposal) -> list:
        return timeline(row)


@admin.register(MinimumBalance)
class MinimumBalanceAdmin(ProposalAdmin):
    menu = Menu("资金", 24, "price_check")
    empty_text = "还没有最低余额。请在机构的“资金监管”页“提请最低余额”。"
    pages = (pages.Approve, pages.Refuse)
    list_display = ("institution", "money", "effective_on", "standing", "proposed_by", "decided_by")
    sections = (
        ("最低余额", ("money", "effective_on", "reason")),
        ("提请与审核", ("proposed_by", "proposed_at", "decided_by", "decided_at", "remark")),
    )

    @admin.display(description="最低余额(元)", ordering="amount_fen")
    def money(self, row: MinimumBalance) -> SafeString:
        return amount(row.amount_fen)


@admin.register(Exemption)
class ExemptionAdmin(ProposalAdmin):
    menu = Menu("资金", 26, "do_not_disturb_on")
    empty_text = "没有豁免。先服务后收费或不收费的机构，在其“资金监管”页“提请豁免监管”。"
    pages = (pages.Approve, pages.Refuse, pages.EndExemption, ExportPage)
    list_display = ("institution", "kind", "from_on", "until_on", "standing", "proposed_by", "decided_by")
    list_filter = ("state", "kind", "until_on")
    sections = (
        ("豁免", ("kind", "from_on", "until_on", "reason")),
        ("提请与审核", ("proposed_by", "proposed_at", "decided_by", "decided_at", "remark")),
        ("提前终止", ("ended_on", "end_reason")),
    )
