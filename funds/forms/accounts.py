"""Forms of accounts, modes, minimum balances and exemptions."""

from __future__ import annotations

from datetime import date

from django import forms

from foundation.core import clock
from foundation.core.forms import MoneyField
from funds.enums import ExemptionKind, SupervisionMode
from funds.models import Bank
from institutions.models import Institution

REASON = forms.Textarea(attrs={"rows": 2})


class OpenAccountForm(forms.Form):
    SIDE_BY_SIDE = (("bank", "opened_on"), ("number", "holder"))

    bank = forms.ModelChoiceField(label="监管银行", queryset=Bank.objects.none(), help_text="本地入选的银行。")
    opened_on = forms.DateField(label="开户日期", initial=clock.today)
    number = forms.CharField(label="账号", max_length=40, help_text="加密保存，此后只显示尾号四位。")
    holder = forms.CharField(label="户名", max_length=120, help_text="应与机构名称一致。")

    def __init__(self, *args, institution: Institution, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = Bank.objects.serving(institution.jurisdiction).order_by("name")


class CloseAccountForm(forms.Form):
    closed_on = forms.DateField(label="销户日期", initial=clock.today)
    reason = forms.CharField(label="销户原因", max_length=300, widget=REASON)


class ModeForm(forms.Form):
    SIDE_BY_SIDE = (("mode", "effective_on"),)

    mode = forms.ChoiceField(label="监管方式", choices=SupervisionMode.choices)
    effective_on = forms.DateField(label="生效日期", initial=clock.today)
    deposit_fen = MoneyField(
        label="风险保证金(元)", required=False, help_text="只用风险保证金的必填；银行托管另交保证金的也填在这里。"
    )
    reason = forms.CharField(label="事由", max_length=300, widget=REASON)


class MinimumForm(forms.Form):
    SIDE_BY_SIDE = (("amount_fen", "effective_on"),)

    amount_fen = MoneyField(label="最低余额(元)")
    effective_on = forms.DateField(label="生效日期", initial=clock.today)
    reason = forms.CharField(label="理由", max_length=300, widget=REASON)


class ExemptionForm(forms.Form):
    SIDE_BY_SIDE = (("from_on", "until_on"),)

    kind = forms.ChoiceField(label="豁免情形", choices=ExemptionKind.choices)
    from_on = forms.DateField(label="自", initial=clock.today)
    until_on = forms.DateField(label="至", help_text="最长一年，期满后需要的重新提请。")
    reason = forms.CharField(label="理由", max_length=300, widget=REASON)


class RemarkForm(forms.Form):
    remark = forms.CharField(label="审核意见", max_length=300, required=False, widget=REASON)


class RefuseForm(forms.Form):
    remark = forms.CharField(label="不同意的理由", max_length=300, widget=REASON)


class EndExemptionForm(forms.Form):
    ended_on = forms.DateField(label="终止日期", initial=clock.today)
    reason = forms.CharField(label="终止理由", max_length=300, widget=REASON)


class DayForm(forms.Form):
    """The day as of which a money page is read."""

    on = forms.DateField(label="截至日期", help_text="余额、账户和登记按这一天；列表只列这一天及以前的。")

    def clean_on(self) -> date:
        if self.cleaned_data["on"] > clock.today():
            raise forms.ValidationError("日期不能晚于今天。")
        return self.cleaned_data["on"]
