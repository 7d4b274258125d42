"""Papers about one institution: each one form, one rule, one operation."""

from __future__ import annotations

from django import forms

from foundation.core import clock
from foundation.core.forms import LinesField, MoneyField
from foundation.core.pages import OperationPage
from foundation.documents.wording.institutions import COMMITMENTS

from . import rules
from .operations import papers

WORDS = forms.Textarea(attrs={"rows": 3})


class CommitmentForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=2021, max_value=2100)
    items = LinesField(
        label="承诺事项",
        max_length=4000,
        initial=COMMITMENTS,
        help_text="一行一条。",
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class RefundForm(forms.Form):
    SIDE_BY_SIDE = (
        ("held_on", "place", "coordinator"),
        ("course", "contract_no"),
        ("paid", "claimed"),
        ("agreed", "pay_by"),
    )

    held_on = forms.DateField(label="协调日期", initial=clock.today)
    place = forms.CharField(label="协调地点", max_length=100)
    coordinator = forms.CharField(label="协调人", max_length=60)
    course = forms.CharField(label="课程", max_length=100, required=False)
    contract_no = forms.CharField(label="合同编号", max_length=60, required=False)
    paid = MoneyField(label="已交费用(元)")
    claimed = MoneyField(label="请求退费(元)")
    parents_words = forms.CharField(
        label="家长陈述", max_length=2000, widget=WORDS, help_text="不写学生和家长的姓名、电话：姓名由本人在纸上填写。"
    )
    institutions_words = forms.CharField(label="培训机构陈述", max_length=2000, widget=WORDS)
    agreed = MoneyField(label="同意退还(元)", required=False, help_text="没有达成一致的不填。")
    pay_by = forms.DateField(label="退还期限", required=False)
    remark = forms.CharField(label="说明", max_length=1000, required=False, widget=WORDS)


class PaperPage(OperationPage):
    rule = rules.can_issue_papers


class IssueCommitment(PaperPage):
    slug, label = "commitment", "出具承诺书"
    form_class = CommitmentForm
    effect = "将编号生成《规范办学承诺书》，由机构签名盖章后交回；每家机构每年一份。"
    done = "承诺书已出具，请打印交机构签署。"

    def form_kwargs(self) -> dict:
        return {"initial": {"year": clock.today().year}}

    def run(self, *, by, at, **given):
        papers.issue_commitment(institution=self.row, by=by, at=at, **given)
        return self.row


class RecordRefundTalk(PaperPage):
    slug, label = "refund-talk", "退费协调记录"
    form_class = RefundForm
    effect = "将编号出具《退费协调记录》；没有达成一致的，写明家长可以走的途径。"
    done = "退费协调记录已出具，请打印由双方签名。"

    def form_kwargs(self) -> dict:
        return {"initial": {"coordinator": self.request.actor.name, "place": self.request.actor.organ_name}}

    def run(self, *, by, at, paid, claimed, agreed, **given):
        amounts = {"paid_fen": paid, "claimed_fen": claimed, "agreed_fen": agreed}
        talk = papers.RefundTalk(**amounts, **given)
        papers.record_refund_talk(institution=self.row, talk=talk, by=by, at=at)
        return self.row


PAGES = (IssueCommitment, RecordRefundTalk)
