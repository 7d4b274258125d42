"""Forms of the directory of banks."""

from __future__ import annotations

from django import forms

from foundation.accounts.models import Organ
from foundation.core import clock
from foundation.core.forms import ActorForm
from funds import queries
from funds.enums import BankStatus

REASON = forms.Textarea(attrs={"rows": 2})


class BankForm(ActorForm):
    SIDE_BY_SIDE = (("name", "city"), ("contact", "phone"))

    name = forms.CharField(label="银行名称", max_length=100, help_text="写到分行或支行。")
    city = forms.CharField(label="所在城市", max_length=40, required=False)
    contact = forms.CharField(label="联系人", max_length=60, required=False)
    phone = forms.CharField(label="联系电话", max_length=30, required=False)
    organ = forms.ModelChoiceField(
        label="银行工作台单位",
        queryset=Organ.objects.none(),
        required=False,
        help_text="该银行在本系统有经办人的，选择其单位；经办人只看到本行的账户和协议。",
    )

    def narrow(self) -> None:
        self.fields["organ"].queryset = queries.bank_organs(self.actor)


class AddBankForm(BankForm):
    reason = forms.CharField(label="说明", max_length=300, required=False, widget=REASON)


class BankStatusForm(forms.Form):
    SIDE_BY_SIDE = (("status", "effective_on"),)

    status = forms.ChoiceField(label="遴选状态", choices=BankStatus.choices)
    effective_on = forms.DateField(label="生效日期", initial=clock.today)
    reason = forms.CharField(label="理由", max_length=300, widget=REASON)
    basis = forms.CharField(label="依据文件", max_length=120, required=False, help_text="遴选结果通知的标题或文号。")

    def __init__(self, *args, choices: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = choices
