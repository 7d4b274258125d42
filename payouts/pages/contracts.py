"""At the pages of contracts, payments and institutions: money arrives, lessons are told, something is asked for."""

from __future__ import annotations

from contracts.models import Contract, Payment
from foundation.core import clock
from foundation.core.pages import OperationPage, contribute
from institutions.models import Institution
from payouts import forms, queries, rules
from payouts.operations import books, holds, lessons, refunds, releases


class ConfirmDeposit(OperationPage):
    slug, label, kind = "deposit", "确认入账", "main"
    form_class = forms.ArrivedForm
    effect = "这笔缴费记入合同资金；入账后只能冲正，不能修改。"
    done = "已入账。"

    @staticmethod
    def rule(actor, payment) -> bool:
        return payment.contract is not None and rules.can_keep(actor, payment.contract)

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        """Once: a second one would be refused."""
        return super().offered_to(actor, row) and not queries.is_deposited(row)

    def run(self, *, by, at, arrived_on):
        return books.confirm_deposit(payment=self.row, arrived_on=arrived_on, by=by, at=at)


class ProposeLessons(OperationPage):
    slug, label, kind = "tell-lessons", "提交消课", "main"
    rule = rules.can_keep
    form_class = forms.UpToForm
    effect = "上课记录汇总为一笔消课告知家长；家长确认，或在期限内未提异议的，视为确认。"
    done = "已提交，等待家长确认。"

    def run(self, *, by, at, up_to):
        lessons.propose_lessons(contract=self.row, up_to=up_to, by=by, at=at)
        return self.row


class AskRefund(OperationPage):
    slug, label = "ask-refund", "登记退费申请"
    rule = rules.can_keep
    form_class = forms.AskForm
    effect = "申请的金额随即冻结，不会核拨给机构；机构应在期限内答复，逾期未答复视为同意。"
    done = "已登记，等待机构答复。"

    def run(self, *, by, at, **asked):
        refunds.ask_refund(contract=self.row, asked=refunds.Asked(**asked), by=by, at=at)
        return self.row


class ProposeRelease(OperationPage):
    slug, label = "release", "提请核拨"
    rule = rules.can_propose_release
    form_class = forms.RemarkForm
    effect = "汇总该机构所有合同已消课、未核拨、未冻结的费用，一份合同一行；由审核领导审核后交银行付款。"
    done = "已提请，等待审核。"

    def run(self, *, by, at, remark):
        releases.propose_release(institution=self.row, remark=remark, by=by, at=at)
        return self.row


class HoldReleases(OperationPage):
    slug, label, kind = "hold-releases", "暂停核拨", "danger"
    rule = rules.can_hold
    form_class = forms.HoldForm
    effect = "暂停期间不能提请和审核该机构的核拨；退费照常办理。"
    done = "已暂停核拨。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        """Once: while releases are held, a second hold would be refused."""
        return super().offered_to(actor, row) and queries.hold_on(row, on=clock.today()) is None

    def run(self, *, by, at, **facts):
        holds.hold_releases(institution=self.row, by=by, at=at, **facts)
        return self.row


contribute(Payment, ConfirmDeposit)
contribute(Contract, ProposeLessons)
contribute(Contract, AskRefund)
contribute(Institution, ProposeRelease)
contribute(Institution, HoldReleases)
