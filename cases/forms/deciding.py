"""Forms from the notice to the execution of the decision, and of what the public reads."""

from __future__ import annotations

from django import forms

from cases import papers, published, queries
from cases.enums import Outcome, StatementKind
from cases.models import CasePaper, Penalty, Statement
from cases.operations.decision import Opinion
from cases.operations.publication import PublicWords, Wording
from cases.operations.say import HearingPlan
from enforcement.forms.orders import ServiceForm
from foundation.accounts.models import Post
from foundation.core import clock

from .filing import OfficerChoice
from .investigating import CaseForm, SanctionsForm, SumField


class ContactForm(CaseForm):
    contact = forms.CharField(label="联系人和电话", max_length=100)


class DecisionPaperForm(ContactForm):
    payment = forms.CharField(
        label="罚没款缴纳方式", max_length=300, required=False, help_text="缴款银行、账户；没有罚没款的不填。"
    )


class ServeForm(ServiceForm, CaseForm):
    paper = forms.ModelChoiceField(label="送达文书", queryset=CasePaper.objects.none(), empty_label=None)
    field_order = ["paper"]

    def narrow(self) -> None:
        self.fields["paper"].queryset = queries.unserved(self.case)


class StatementForm(CaseForm):
    kind = forms.ChoiceField(label="种类", choices=StatementKind.choices)
    text = forms.CharField(label="内容", max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    given_by = forms.CharField(label="陈述人", max_length=60)
    given_on = forms.DateField(label="日期", initial=clock.today)


class AnswerForm(CaseForm):
    statement = forms.ModelChoiceField(label="陈述申辩", queryset=Statement.objects.none(), empty_label=None)
    accepted = forms.TypedChoiceField(
        label="复核结果", choices=[("no", "不予采纳"), ("yes", "采纳")], coerce=lambda value: value == "yes"
    )
    answer = forms.CharField(label="复核意见", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def narrow(self) -> None:
        self.fields["statement"].queryset = queries.unanswered(self.case)


class CallForm(CaseForm):
    host = OfficerChoice(label="主持人", queryset=Post.objects.none(), empty_label="请选择")
    planned_on = forms.DateField(label="听证日期")
    place = forms.CharField(label="听证地点", max_length=120)
    open_to_all = forms.BooleanField(label="公开举行", required=False, initial=True)

    def narrow(self) -> None:
        today = clock.today()
        self.fields["host"].queryset = queries.possible_hosts(self.case, on=today)
        first = queries.earliest_hearing(self.case, called_on=today)
        self.fields["planned_on"].initial = first
        self.fields["planned_on"].help_text = f"应提前七个工作日通知，最早{first}。"

    def plan(self) -> HearingPlan:
        return HearingPlan(**self.cleaned_data)


class HeldForm(CaseForm):
    held_on = forms.DateField(label="听证日期", initial=clock.today)
    text = forms.CharField(label="听证情况", max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))
    withdrawn = forms.BooleanField(label="当事人撤回要求或无正当理由未到场", required=False)


class ProposeDecisionForm(SanctionsForm, CaseForm):
    outcome = forms.ChoiceField(label="处理意见", choices=Outcome.choices)
    grounds = forms.CharField(
        label="处理理由", max_length=3000, widget=forms.Textarea(attrs={"rows": 5}), help_text="裁量情节和理由。"
    )
    discussion = forms.CharField(
        label="集体讨论记录",
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="停止招生、停止举办、吊销许可、限制从业和数额较大的罚没款必须填写。",
    )
    transferred_to = forms.CharField(label="移送单位", max_length=120, required=False)
    field_order = ["outcome", "grounds", "fine", "confiscation", "others", "detail", "discussion", "transferred_to"]

    def narrow(self) -> None:
        self.initial = self.initial_of(queries.noticed(self.case)) | self.initial

    def opinion(self) -> Opinion:
        given = self.cleaned_data
        return Opinion(
            outcome=Outcome(given["outcome"]),
            grounds=given["grounds"],
            sanctions=self.sanctions(),
            discussion=given["discussion"],
            transferred_to=given["transferred_to"],
        )


class PenaltyChoice(forms.ModelChoiceField):
    def label_from_instance(self, penalty: Penalty) -> str:
        return "：".join(papers.shown(penalty))


class FulfilForm(CaseForm):
    penalty = PenaltyChoice(label="处罚", queryset=Penalty.objects.none(), empty_label=None)
    done_on = forms.DateField(label="履行日期", initial=clock.today)
    amount = SumField(label="缴纳金额(元)", required=False, help_text="含加处罚款；不涉及款项的不填。")
    note = forms.CharField(label="履行情况", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def narrow(self) -> None:
        self.fields["penalty"].queryset = queries.decided(self.case)


class PublishForm(CaseForm):
    party = forms.CharField(label="当事人", max_length=120, help_text="自然人隐去名字，只写姓氏，如“王某”。")
    facts = forms.CharField(
        label="违法事实",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="隐去未成年人和个人信息。",
    )
    penalty = forms.CharField(label="处罚内容", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    basis = forms.CharField(label="处罚依据", max_length=300)
    until = forms.DateField(label="公开至", help_text="警告和通报批评公开三个月，其他公开三年。")

    def narrow(self) -> None:
        case = self.case
        self.initial = {
            "party": published.masked(case.party_name, case),
            "facts": published.masked(case.report, case),
            "penalty": "；".join(papers.told(row) for row in queries.decided(case)),
            "basis": case.violation.punished_by,
            "until": queries.public_until(case, since=clock.today()),
            **self.initial,
        }

    def words(self) -> PublicWords:
        return PublicWords(**self.cleaned_data)


class OverturnForm(CaseForm):
    on = forms.DateField(label="变更或撤销之日", initial=clock.today)
    authority = forms.CharField(label="机关和文号", max_length=200)


class WordForm(forms.Form):
    name = forms.CharField(label="违法行为", max_length=60)
    conduct = forms.CharField(label="行为表现", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    forbidden_by = forms.CharField(label="违反条款", max_length=300)
    punished_by = forms.CharField(label="处罚依据", max_length=300)
    consequence = forms.CharField(label="处罚种类和幅度", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    competent = forms.CharField(label="主管部门", max_length=100)
    since = forms.DateField(label="施行起")

    def wording(self) -> Wording:
        return Wording(**{key: value for key, value in self.cleaned_data.items() if key != "since"})
