"""Pages of providers and of their selection."""

from __future__ import annotations

from afterschool import rules, workflow
from afterschool.forms import providers as forms
from afterschool.models import Provider, Selection, SelectionRound
from afterschool.operations import providers
from afterschool.standing import doubts
from foundation.core import clock
from foundation.core.pages import OperationPage, StepPage
from institutions.models import Institution


class AddFromRegister(OperationPage):
    """On the page of an institution: it becomes one of the bureau's providers."""

    slug, label = "afterschool", "登记为课后服务机构"
    rule = rules.can_add_institution
    form_class = forms.ServicesForm
    effect = "机构将列入本单位的课后服务机构，经遴选入选后才可以承担学校的课后服务。"
    done = "已登记为课后服务机构，请在“服务机构”中提请入选。"

    def run(self, *, by, at, services) -> Institution:
        home = self.row
        providers.add_institution_provider(
            jurisdiction=home.jurisdiction, institution=home, services=services, by=by, at=at
        )
        return home


class AddSocial(OperationPage):
    slug, label, kind, per_object = "add", "登记社会组织", "main", False
    rule = rules.can_keep
    form_class = forms.SocialForm
    effect = "校外培训机构请在该机构的页面点“登记为课后服务机构”，这里只登记名录以外的社会组织。"
    done = "社会组织已登记。"

    def run(self, *, by, at, **given) -> Provider:
        return providers.add_social_provider(by=by, at=at, **given)


class OpenRound(OperationPage):
    slug, label, kind, per_object = "open", "登记遴选批次", "main", False
    rule = rules.can_keep
    form_class = forms.RoundForm
    done = "遴选批次已登记。"

    def run(self, *, by, at, **given) -> SelectionRound:
        return providers.open_round(by=by, at=at, **given)


class Propose(OperationPage):
    slug, label, kind = "propose", "提请入选", "main"
    rule = rules.can_propose
    form_class = forms.ProposeForm
    done = "已提请，等待审核领导审核。"

    @property
    def effect(self) -> str:  # type: ignore[override]
        against = doubts(self.row, on=clock.today())
        told = f"提醒：{''.join(against)}仍要提请的，请写明理由。" if against else ""
        return f"{told}提请后由本单位审核领导中的另一人审核；同意后在有效期内对外公布。"

    def form_kwargs(self) -> dict:
        return {"provider": self.row}

    def run(self, *, by, at, **given) -> Provider:
        providers.propose_selection(provider=self.row, by=by, at=at, **given)
        return self.row


class Approve(StepPage):
    step = workflow.APPROVE
    slug, label, kind = "approve", step.label, "main"
    rule = rules.can_decide
    form_class = forms.ApproveForm
    done = "已同意入选。"

    @property
    def effect(self) -> str:  # type: ignore[override]
        against = "".join(doubts(self.row.provider, on=self.row.starts_on))
        told = f"提醒：{against}" if against else ""
        return f"{told}同意后，该机构自{self.row.starts_on}至{self.row.ends_on}可以承担课后服务，并对外公布。"

    def run(self, *, by, at, remark) -> Selection:
        return providers.approve_selection(selection=self.row, remark=remark, by=by, at=at)


class Refuse(StepPage):
    step = workflow.REFUSE
    slug, label, kind = "refuse", step.label, "danger"
    rule = rules.can_decide
    form_class = forms.RefuseForm
    done = "已登记不同意。"

    def run(self, *, by, at, remark) -> Selection:
        return providers.refuse_selection(selection=self.row, remark=remark, by=by, at=at)


class End(StepPage):
    step = workflow.END
    slug, label, kind = "end", step.label, "danger"
    rule = rules.can_end
    form_class = forms.EndForm
    effect = "自退出之日起，该机构不再承担课后服务；对外公布退出日期，以前的入选记录保留。"
    done = "已登记退出。"

    def run(self, *, by, at, exited_on, reason) -> Selection:
        return providers.end_selection(selection=self.row, exited_on=exited_on, reason=reason, by=by, at=at)
