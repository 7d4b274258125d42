"""Forms of historical totals. They parse and offer initial values; all rules live in the operations."""

from __future__ import annotations

from django import forms

from foundation.core.forms import ActorForm
from foundation.regions.models import Jurisdiction
from inspections.enums import UNIT_OF, Measure

CHOICES = [("", "请选择"), *((each.value, f"{each.label}（{UNIT_OF[each].label}）") for each in Measure)]


class TotalForm(forms.Form):
    measure = forms.ChoiceField(label="指标", choices=CHOICES)
    period_from = forms.DateField(label="期间起")
    period_to = forms.DateField(label="期间止", help_text="起止两天都算在内；同一指标的期间不能重叠。")
    value = forms.IntegerField(label="数值", min_value=0)
    at_least = forms.BooleanField(label="数值为下限", required=False, help_text="文件写“220余人”“300多张”的，请勾选。")
    source_title = forms.CharField(label="依据文件", max_length=120, help_text="数字出自哪份文件，如“2023年工作总结”。")
    source_no = forms.CharField(label="文号", max_length=60, required=False)
    source_on = forms.DateField(label="文件日期")
    remark = forms.CharField(label="备注", max_length=300, required=False, widget=forms.Textarea)


class NewTotalForm(TotalForm, ActorForm):
    """The actor chooses among the bureaus of its area; with one only there is nothing to choose."""

    jurisdiction = forms.ModelChoiceField(label="管辖单位", queryset=Jurisdiction.objects.none(), empty_label=None)
    field_order = ["jurisdiction", *TotalForm.base_fields]

    def narrow(self) -> None:
        bureaus = Jurisdiction.objects.filter(pk__in=self.actor.scope).order_by("code")
        field = self.fields["jurisdiction"]
        if len(bureaus) > 1:
            field.empty_label, field.help_text = "请选择", "这个数字说的是哪个区县；全市的数字选本市。"
        field.queryset = bureaus


class OpinionForm(forms.Form):
    remark = forms.CharField(label="审核意见", max_length=300, required=False)


class ReturnForm(forms.Form):
    remark = forms.CharField(label="退回理由", max_length=300)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300)
