"""Forms of providers and of their selection."""

from __future__ import annotations

from django import forms

from afterschool.models import Provider, SelectionRound
from foundation.core import clock
from foundation.regions.forms import BureauForm

from .reports import REASON


class ServicesForm(forms.Form):
    services = forms.CharField(
        label="服务内容", max_length=200, required=False, help_text="对外公布，如书法、篮球、编程。"
    )


class SocialForm(BureauForm, ServicesForm):
    name = forms.CharField(label="社会组织名称", max_length=120)
    credit_code = forms.CharField(label="统一社会信用代码", max_length=24)
    field_order = ["jurisdiction", "name", "credit_code", "services"]


class RoundForm(BureauForm):
    name = forms.CharField(label="批次名称", max_length=80, help_text="如2026年秋季第三方服务机构遴选。")
    selected_on = forms.DateField(label="遴选日期", initial=clock.today, help_text="遴选结果公布的日期。")
    basis = forms.CharField(label="依据文件", max_length=120, required=False, help_text="公告的标题或文号，对外公布。")


class ProposeForm(forms.Form):
    SIDE_BY_SIDE = (("starts_on", "ends_on"),)

    round = forms.ModelChoiceField(label="遴选批次", queryset=SelectionRound.objects.none())
    starts_on = forms.DateField(label="有效期起", initial=clock.today)
    ends_on = forms.DateField(label="有效期止", help_text="最长3年。")
    reason = forms.CharField(label="提请理由", max_length=300, widget=REASON)
    overruled = forms.CharField(
        label="仍然提请的理由", max_length=300, required=False, widget=REASON, help_text="有提醒的才填写。"
    )

    def __init__(self, *args, provider: Provider, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        own = SelectionRound.objects.filter(jurisdiction=provider.jurisdiction_id)
        self.fields["round"].queryset = own.order_by("-selected_on", "-pk")
        self.fields["round"].initial = own.order_by("-selected_on", "-pk").first()


class ApproveForm(forms.Form):
    remark = forms.CharField(label="审核意见", max_length=300, required=False, widget=REASON)


class RefuseForm(forms.Form):
    remark = forms.CharField(label="不同意的理由", max_length=300, widget=REASON)


class EndForm(forms.Form):
    exited_on = forms.DateField(label="退出日期", initial=clock.today)
    reason = forms.CharField(label="退出理由", max_length=300, widget=REASON, help_text="对外只公布日期，不公布理由。")
