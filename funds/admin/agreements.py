"""三方协议 and their scans in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.accounts.enums import Can
from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import chip, link, remaining
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from funds import queries, rules
from funds.enums import AgreementState
from funds.models import Agreement, FundsFile
from funds.pages import agreements as pages

from .accounts import to_funds

TONES = {
    AgreementState.DRAFTED: "notice",
    AgreementState.SIGNED: "ok",
    AgreementState.EXPIRED: "bad",
    AgreementState.TERMINATED: "plain",
}


class EndingFilter(WaitingFilter):
    title, parameter_name = "到期", "ending"
    WAITING = {"soon": ("60天内到期", queries.agreements_ending), "over": ("已到期未续签", queries.agreements_run_out)}


@admin.register(Agreement)
class AgreementAdmin(RegisterAdmin):
    """Also the narrow door of a bank's clerk, as the accounts are."""

    view_rule = rules.can_view_accounts
    menu = Menu("资金", 22, "handshake")
    search_help = "机构名称或银行"
    empty_text = "还没有三方协议。请在机构的“资金监管”页“拟定三方协议”。"
    pages = (pages.Sign, pages.IssuePaper, pages.Renew, pages.Terminate, ExportPage)
    list_display = ("institution", "bank", "mode", "valid_from", "valid_to", "standing")
    list_filter = (EndingFilter, "state", "mode", "bank", "valid_to")
    list_select_related = ("institution", "bank")
    search_fields = ("institution__name", "bank__name")
    ordering = ("valid_to", "pk")
    sections = (
        ("三方", ("organ", "bank", "party")),
        ("条款", ("account", "mode", "valid_from", "valid_to")),
        ("办理", ("drafted_by", "drafted_at", "signed_on", "renews", "ended_on", "end_reason")),
    )

    @admin.display(description="培训机构")
    def party(self, row: Agreement) -> str:
        return row.institution.name

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Agreement) -> SafeString:
        return chip(row.get_state_display(), TONES[AgreementState(row.state)])

    def summary(self, actor: Actor, row: Agreement) -> list[tuple[str, object, str]]:
        name = to_funds(row) if actor.can(Can.VIEW_FUNDS) else row.institution.name
        told = [("机构", name), ("状态", self.standing(row)), ("监管银行", row.bank)]
        if row.state == AgreementState.SIGNED:
            told.append(("到期", remaining((row.valid_to - clock.today()).days, working=False)))
        return [(label, value, "plain") for label, value in told]

    def timeline(self, actor: Actor, row: Agreement) -> list:
        return timeline(row) if actor.can(Can.VIEW_FUNDS) else []


@admin.register(FundsFile)
class FundsFileAdmin(RegisterAdmin):
    """No place in the menu: opened from an agreement or from a flag."""

    view_rule = rules.can_view_accounts
    search_help = "附件名称"
    empty_text = "没有附件。"
    pages = (pages.TakeFile,)
    list_display = ("filename_text", "institution", "size_text", "added_at")
    list_filter = ("format", "added_at")
    list_select_related = ("institution",)
    search_fields = ("name", "institution__name")
    ordering = ("-added_at", "-pk")
    sections = (
        ("附件", ("filename_text", "party", "belongs_to", "format", "size_text", "sha256")),
        ("登记", ("added_by", "added_at")),
    )

    @admin.display(description="文件", ordering="name")
    def filename_text(self, row: FundsFile) -> str:
        return row.filename

    @admin.display(description="机构")
    def party(self, row: FundsFile) -> str:
        return row.institution.name

    @admin.display(description="所属")
    def belongs_to(self, row: FundsFile) -> SafeString:
        owner = row.agreement or row.flag
        return link(owner, reverse(f"admin:funds_{owner._meta.model_name}_change", args=[owner.pk]))

    @admin.display(description="大小", ordering="size")
    def size_text(self, row: FundsFile) -> str:
        return filesizeformat(row.size)
