"""Pages of the lists that change something: each one form, one rule, one operation."""

from __future__ import annotations

from foundation.core import clock
from foundation.core.pages import BulkOperationPage, OperationPage, StepPage

from . import forms, rules, terms, workflow
from .enums import ListKind
from .operations import entries


class ProposePage(OperationPage):
    """Contributed to an institution's page."""

    rule = rules.can_propose
    form_class = forms.ProposalForm
    list_kind: ListKind
    done = "已提请，待另一人审核。"

    def form_kwargs(self) -> dict:
        return {"initial": {"until": terms.default_until(self.row, self.list_kind, since=clock.today())}}

    def run(self, *, by, at, **facts):
        entries.propose_listing(institution=self.row, kind=self.list_kind, by=by, at=at, **facts)
        return self.row


class ProposeWhite(ProposePage):
    slug, label, list_kind = "propose-white", "提请列入白名单", ListKind.WHITE
    effect = "经另一人审核同意后，该机构将在公众网站白名单中公布。期限默认12个月或至许可到期(较早者)。"


class ProposeBlack(ProposePage):
    slug, label, list_kind = "propose-black", "提请列入黑名单", ListKind.BLACK
    effect = "经另一人审核同意后，该机构将在公众网站黑名单中公布。期限默认12个月，情节严重的为36个月。"

    def make_form(self, **given):
        form = super().make_form(**given)
        severe = terms.default_until(self.row, ListKind.BLACK, since=clock.today(), severe=True)
        form.fields["until"].help_text = f"情节严重的填 {severe}(36个月)。"
        return form


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
    rule = rules.can_decide
    form_class = forms.RemarkForm
    effect = "将在公众网站公布 1 家机构，并编入下一期名单。"
    done = "已同意列入。"

    def run(self, *, by, at, remark):
        return entries.approve_listing(entry=self.row, remark=remark, by=by, at=at)


class Reject(StepPage):
    slug, label, step = "reject", "退回", workflow.REJECT
    rule = rules.can_decide
    form_class = forms.RefusalForm
    effect = "提请退回，不公布。"
    done = "已退回。"

    def run(self, *, by, at, remark):
        return entries.reject_listing(entry=self.row, remark=remark, by=by, at=at)


class ProposeRemoval(StepPage):
    slug, label, step = "propose-removal", "提请移出", workflow.PROPOSE_REMOVAL
    rule = rules.can_propose_removal
    form_class = forms.RemovalForm
    effect = "另一人审核同意前，该机构仍在公布的名单中。"
    done = "已提请移出，待另一人审核。"

    def run(self, *, by, at, reason):
        return entries.propose_delisting(entry=self.row, reason=reason, by=by, at=at)


class ApproveRemoval(StepPage):
    slug, label, kind, step = "approve-removal", "同意移出", "danger", workflow.APPROVE_REMOVAL
    rule = rules.can_decide_removal
    form_class = forms.RemarkForm
    effect = "将从公众网站移出 1 家机构，网页、接口和检索中立即不再出现；记录保留。"
    done = "已移出名单。"

    def run(self, *, by, at, remark):
        return entries.approve_delisting(entry=self.row, remark=remark, by=by, at=at)


class RejectRemoval(StepPage):
    slug, label, step = "reject-removal", "不同意移出", workflow.REJECT_REMOVAL
    rule = rules.can_decide_removal
    form_class = forms.RefusalForm
    effect = "该机构继续公布在名单中。"
    done = "已退回移出提请。"

    def run(self, *, by, at, remark):
        return entries.reject_delisting(entry=self.row, remark=remark, by=by, at=at)


class ApproveMany(BulkOperationPage):
    slug, label, kind = "approve-many", "批量同意列入", "main"
    rule = rules.can_approve_somewhere
    form_class = forms.RemarkForm
    effect = "这些机构将在公众网站公布，并编入下一期名单；您自己提请的不能由您审核。"

    def run_one(self, row, *, by, at, remark):
        return entries.approve_listing(entry=row, remark=remark, by=by, at=at)
