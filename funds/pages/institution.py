"""One institution's money page, and what is kept from there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from foundation.core import clock
from foundation.core.pages import OperationPage, Page, contribute, dressed
from foundation.core.panels import panels_for
from funds import attaching, overview, queries, rules
from funds.enums import Flag
from funds.forms import accounts as forms
from funds.forms import agreements as agreement_forms
from funds.forms import flags as flag_forms
from funds.forms import obstacles as obstacle_forms
from funds.operations import accounts, agreements, flags, obstacles, proposals
from institutions.models import Institution


class InstitutionFunds(Page):
    """资金监管: one institution's money on one page, as of any day: what is kept of it here and in higher apps."""

    slug, label = "funds", "资金监管"
    rule = rules.can_view_of
    template_name = "funds/institution.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = dressed(forms.DayForm(request.GET if "on" in request.GET else None, initial={"on": clock.today()}))
        on = form.cleaned_data["on"] if form.is_valid() else clock.today()
        offered = [page for page in KEPT if page.offered_to(request.actor, self.row)]
        return self.render(
            form=form,
            on=on,
            is_today=on == clock.today(),
            summary=overview.summary(self.row, on=on),
            sections=panels_for(request.actor, overview.Money(self.row, on)),
            buttons=[
                {"label": page.label, "url": page.url_for(self.register, self.row), "kind": page.kind}
                for page in offered
            ],
        )


class KeptPage(OperationPage):
    """Opened from the money page, and leads back there."""

    has_button = False
    rule = rules.can_keep

    def back_url(self) -> str:
        return reverse("admin:institutions_institution_funds", args=[self.row.pk])

    def next_url(self, result) -> str:
        return self.back_url()


class OpenAccount(KeptPage):
    slug, label, kind = "account", "登记监管账户", "main"
    form_class = forms.OpenAccountForm
    effect = "一家机构同一时间只能有一个监管账户；账号加密保存，机构名录同时显示监管银行和尾号。"
    done = "已登记监管账户。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        """Not while there is one: the second would be refused (V14)."""
        return super().offered_to(actor, row) and queries.account_on(row, on=clock.today()) is None

    def form_kwargs(self) -> dict:
        return {"institution": self.row, "initial": {"holder": self.row.name}}

    def run(self, *, by, at, **facts):
        return accounts.open_account(institution=self.row, by=by, at=at, **facts)


class SetMode(KeptPage):
    slug, label = "mode", "设定监管方式"
    form_class = forms.ModeForm
    effect = "自生效日期起按新的方式监管，原来的方式保留在历史中。"
    done = "已设定监管方式。"

    def run(self, *, by, at, deposit_fen, **facts):
        return accounts.set_mode(institution=self.row, deposit_fen=deposit_fen or 0, by=by, at=at, **facts)


class SetFlags(KeptPage):
    slug, label = "flag", "登记三项完成"
    form_class = flag_forms.SetFlagsForm
    effect = "自完成日期起计入三项监管率；依据和附件随登记保存，不能修改。"
    done = "已登记。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        """While one is left to do, and there is an account that it is about."""
        today = clock.today()
        left = len(queries.flags_up(row, on=today)) < len(Flag) and queries.account_on(row, on=today) is not None
        return left and super().offered_to(actor, row)

    def form_kwargs(self) -> dict:
        return {"institution": self.row}

    def run(self, *, by, at, files, **facts):
        with attaching.taking(files) as taken:
            return flags.set_flags(institution=self.row, files=taken, by=by, at=at, **facts)


class RevokeFlag(KeptPage):
    slug, label, kind = "unflag", "撤销登记", "danger"
    form_class = flag_forms.RevokeFlagForm
    effect = "自撤销日期起不再计入该项监管率；此前的统计不变。"
    done = "已撤销。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and queries.flags_up(row, on=clock.today()) != []

    def form_kwargs(self) -> dict:
        return {"choices": [(one.value, one.label) for one in queries.flags_up(self.row, on=clock.today())]}

    def run(self, *, by, at, **facts):
        return flags.revoke_flag(institution=self.row, by=by, at=at, **facts)


class ProposeMinimum(KeptPage):
    slug, label = "minimum", "提请最低余额"
    form_class = forms.MinimumForm
    effect = "由审核领导中的另一人同意后生效。"
    done = "已提请，待审核。"

    def run(self, *, by, at, **facts):
        return proposals.propose_minimum(institution=self.row, by=by, at=at, **facts)


class ProposeExemption(KeptPage):
    slug, label = "exemption", "提请豁免监管"
    form_class = forms.ExemptionForm
    effect = "由审核领导中的另一人同意后，豁免期内不计入应监管机构。"
    done = "已提请，待审核。"

    def run(self, *, by, at, **facts):
        return proposals.propose_exemption(institution=self.row, by=by, at=at, **facts)


class DraftAgreement(KeptPage):
    slug, label = "tripartite", "拟定三方协议"
    form_class = agreement_forms.DraftForm
    effect = "拟定后出具文本交三方签署；登记签署后生效。"
    done = "已拟定三方协议。"

    def form_kwargs(self) -> dict:
        account, mode = queries.account_on(self.row, on=clock.today()), queries.mode_on(self.row, on=clock.today())
        known = {"account": account, "bank": account.bank if account else None, "mode": mode.mode if mode else None}
        return {"institution": self.row, "initial": known}

    def next_url(self, result) -> str:
        return reverse("admin:funds_agreement_change", args=[result.pk])

    def run(self, *, by, at, **facts):
        return agreements.draft_agreement(institution=self.row, by=by, at=at, **facts)


class OpenObstacle(KeptPage):
    slug, label = "obstacle", "登记问题"
    form_class = obstacle_forms.ObstacleForm
    effect = "列入监管问题台账，到期前提醒负责单位。"
    done = "已登记问题。"

    def run(self, *, by, at, **facts):
        return obstacles.open_obstacle(institution=self.row, by=by, at=at, **facts)


KEPT: tuple[type[KeptPage], ...] = (
    OpenAccount,
    SetFlags,
    SetMode,
    DraftAgreement,
    ProposeMinimum,
    ProposeExemption,
    OpenObstacle,
    RevokeFlag,
)
for page in (InstitutionFunds, *KEPT):
    contribute(Institution, page)
