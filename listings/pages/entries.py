"""Pages of the lists that change something: each one form, one rule, one operation."""

from __future__ import annotations

from typing import ClassVar

from foundation.core import clock
from foundation.core.pages import BulkOperationPage, OperationPage, StepPage
from listings import list_rules, rules, terms, workflow
from listings.enums import ListKind
from listings.forms import entries as forms
from listings.operations import entries, removal


class ProposePage(OperationPage):
    """Contributed to an institution's page; says beforehand what the list asks for and is not met."""

    rule = rules.can_propose
    form_class = forms.ProposalForm
    template_name = "listings/propose.html"
    list_kind: ClassVar[ListKind]
    done = "已提请。需要告知当事人的，请在名单记录页面出具事先告知书；其他的待另一人审核。"

    def form_kwargs(self) -> dict:
        until = terms.default_until(self.row, self.list_kind, since=clock.today())
        return {"institution": self.row, "initial": {"until": until}}

    def context(self, **extra) -> dict:
        return super().context(**extra) | {"told": self.told()}

    def told(self) -> list[str]:
        """What the list asks for, in the words of the check."""
        on = clock.today()
        rule = list_rules.rule_for(self.list_kind, self.row.jurisdiction, on)
        return [f"{check.label}：{check.word}（{check.told}）" for check in list_rules.checks(self.row, rule, on=on)]

    def run(self, *, by, at, **facts):
        entries.propose_listing(institution=self.row, kind=self.list_kind, by=by, at=at, **facts)
        return self.row


class ProposeWhite(ProposePage):
    slug, label, list_kind = "propose-white", "提请列入白名单", ListKind.WHITE
    effect = "经另一人审核同意后，该机构将在公众网站白名单中公布。期限默认12个月或至许可到期(较早者)。"


class ProposeBlack(ProposePage):
    slug, label, list_kind = "propose-black", "提请列入黑名单", ListKind.BLACK
    form_class = forms.HeardProposalForm
    effect = "先向当事人送达事先告知书，陈述申辩期满或其书面放弃后，由另一人审核；同意后才公布。期限默认12个月。"

    def make_form(self, **given):
        form = super().make_form(**given)
        severe = terms.default_until(self.row, ListKind.BLACK, since=clock.today(), severe=True)
        form.fields["until"].help_text = f"情节严重的填 {severe}(36个月)。"
        return form


class ProposeOther(ProposePage):
    slug, label, list_kind = "propose-other", "提请列入其他名单", ListKind.WARNING
    form_class = forms.OtherProposalForm
    effect = "预警名单、课后服务白名单或红榜：是否公布、是否先听取申辩、期限多长，按本地名单规则办理。"

    def form_kwargs(self) -> dict:
        return {"institution": self.row}

    def told(self) -> list[str]:
        return []

    def run(self, *, by, at, kind, until, effective_on, **facts):
        until = until or terms.default_until(self.row, kind, since=effective_on)
        entries.propose_listing(
            institution=self.row, kind=kind, until=until, effective_on=effective_on, by=by, at=at, **facts
        )
        return self.row


class ProposeWhiteMany(BulkOperationPage):
    """Contributed to the register's list: the ticked institutions are proposed for the white list."""

    slug, label = "propose-white-many", "批量提请列入白名单"
    rule = rules.can_propose_somewhere
    form_class = forms.BulkProposalForm
    effect = "这些机构将逐家提请列入白名单；经另一人审核同意后在公众网站公布。"

    def run_one(self, row, *, by, at, effective_on, until, **facts):
        until = until or terms.default_until(row, ListKind.WHITE, since=effective_on)
        return entries.propose_listing(
            institution=row, kind=ListKind.WHITE, effective_on=effective_on, until=until, by=by, at=at, **facts
        )


class Approve(StepPage):
    slug, label, kind, step = "approve", "同意列入", "main", workflow.APPROVE
    rule = rules.can_approve_now
    form_class = forms.DecisionForm
    effect = "将列入 1 家机构；向社会公布的名单，将在公众网站公布并编入下一期。听取过申辩的，同时出具处理结果告知书。"
    done = "已同意列入。"

    def run(self, *, by, at, remark, answer):
        return entries.approve_listing(entry=self.row, remark=remark, answer=answer, by=by, at=at)


class Reject(StepPage):
    slug, label, step = "reject", "退回", workflow.REJECT
    rule = rules.can_decide
    form_class = forms.RefusalForm
    effect = "提请退回，不公布；已告知当事人的，同时出具不予列入的告知书。"
    done = "已退回。"

    def run(self, *, by, at, remark):
        return entries.reject_listing(entry=self.row, remark=remark, by=by, at=at)


class ProposeRemoval(StepPage):
    slug, label, step = "propose-removal", "提请移出", workflow.PROPOSE_REMOVAL
    rule = rules.can_propose_removal
    form_class = forms.RemovalForm
    effect = "另一人审核同意前，该机构仍在公布的名单中。"
    done = "已提请移出，待另一人审核。"

    def run(self, *, by, at, reason, ground):
        return removal.propose_delisting(entry=self.row, reason=reason, ground=ground, by=by, at=at)


class ApproveRemoval(StepPage):
    slug, label, kind, step = "approve-removal", "同意移出", "danger", workflow.APPROVE_REMOVAL
    rule = rules.can_decide_removal
    form_class = forms.RemarkForm
    effect = "将从公众网站移出 1 家机构，网页、接口和检索中立即不再出现；记录保留。"
    done = "已移出名单。"

    def run(self, *, by, at, remark):
        return removal.approve_delisting(entry=self.row, remark=remark, by=by, at=at)


class RejectRemoval(StepPage):
    slug, label, step = "reject-removal", "不同意移出", workflow.REJECT_REMOVAL
    rule = rules.can_decide_removal
    form_class = forms.RefusalForm
    effect = "该机构继续公布在名单中。"
    done = "已退回移出提请。"

    def run(self, *, by, at, remark):
        return removal.reject_delisting(entry=self.row, remark=remark, by=by, at=at)


class ApproveMany(BulkOperationPage):
    slug, label, kind = "approve-many", "批量同意列入", "main"
    rule = rules.can_approve_somewhere
    form_class = forms.RemarkForm
    effect = "这些机构将列入各自的名单并公布；您自己提请的不能由您审核，须听取申辩而尚未听取的不会列入。"

    def run_one(self, row, *, by, at, remark):
        return entries.approve_listing(entry=row, remark=remark, by=by, at=at)
