"""Pages of an account, and of what waits for a second person."""

from __future__ import annotations

from foundation.core.pages import BulkOperationPage, OperationPage, StepPage
from funds import rules, workflow
from funds.forms import accounts as forms
from funds.forms.flags import ManyFlagsForm
from funds.operations import accounts, flags, proposals


class CloseAccount(OperationPage):
    slug, label, kind = "close", "登记销户", "danger"
    form_class = forms.CloseAccountForm
    effect = "自销户之日起该账户不再在用，机构名录中的监管银行和尾号随之清空。"
    done = "已登记销户。"

    @staticmethod
    def rule(actor, account) -> bool:
        return rules.can_keep(actor, account.institution) and account.closed_on is None

    def run(self, *, by, at, **facts):
        return accounts.close_account(account=self.row, by=by, at=at, **facts)


class SetFlagsOfMany(BulkOperationPage):
    slug, label = "flag-many", "批量登记三项完成"
    rule = rules.can_keep_some
    form_class = ManyFlagsForm
    effect = "勾选账户的机构，所选事项自完成日期起计入三项监管率；已经完成的不变。"

    def run_one(self, row, *, by, at, **facts):
        return flags.set_flags(institution=row.institution, by=by, at=at, **facts)


class Approve(StepPage):
    slug, label, kind, step = "approve", "同意", "main", workflow.APPROVE
    rule = rules.can_decide
    form_class = forms.RemarkForm
    effect = "最低余额自生效日期起执行；豁免期内的机构不计入应监管机构。"
    done = "已同意。"

    def run(self, *, by, at, remark):
        return proposals.approve_proposal(proposal=self.row, remark=remark, by=by, at=at)


class Refuse(StepPage):
    slug, label, kind, step = "refuse", "不同意", "danger", workflow.REFUSE
    rule = rules.can_decide
    form_class = forms.RefuseForm
    done = "已退回。"

    def run(self, *, by, at, remark):
        return proposals.refuse_proposal(proposal=self.row, remark=remark, by=by, at=at)


class EndExemption(StepPage):
    slug, label, kind, step = "end", "提前终止", "danger", workflow.END
    form_class = forms.EndExemptionForm
    effect = "自终止之日起该机构重新计入应监管机构。"
    done = "已提前终止。"

    @staticmethod
    def rule(actor, exemption) -> bool:
        return rules.can_approve(actor, exemption.institution)

    def run(self, *, by, at, **facts):
        return proposals.end_exemption(exemption=self.row, by=by, at=at, **facts)
