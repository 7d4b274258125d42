"""Forms of tripartite agreements."""

from __future__ import annotations

from django import forms

from foundation.core import clock
from foundation.core.forms import LinesField
from foundation.documents.wording.institutions import CLAUSES
from funds.enums import SupervisionMode
from funds.models import Bank, SupervisedAccount
from inspections.forms.papers import files_field
from institutions.models import Institution

REASON = forms.Textarea(attrs={"rows": 2})


class DraftForm(forms.Form):
    SIDE_BY_SIDE = (("bank", "account"), ("valid_from", "valid_to"))

    bank = forms.ModelChoiceField(label="监管银行", queryset=Bank.objects.none())
    account = forms.ModelChoiceField(
        label="监管账户", queryset=SupervisedAccount.objects.none(), required=False, help_text="还没有开户的不选。"
    )
    mode = forms.ChoiceField(label="监管方式", choices=SupervisionMode.choices)
    valid_from = forms.DateField(label="有效期起", initial=clock.today)
    valid_to = forms.DateField(label="有效期至", help_text="到期前60、30、7天提醒续签。")

    def __init__(self, *args, institution: Institution, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = Bank.objects.serving(institution.jurisdiction).order_by("name")
        self.fields["account"].queryset = institution.supervised_accounts.active(clock.today())


class PaperForm(forms.Form):
    clauses = LinesField(
        label="约定事项",
        max_length=4000,
        initial=CLAUSES,
        help_text="一行一条；本地有规定文本的，在这里改成本地的。",
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class SignForm(forms.Form):
    signed_on = forms.DateField(label="签署日期", initial=clock.today)
    files = files_field()


class RenewForm(forms.Form):
    valid_to = forms.DateField(label="续签至")


class TerminateForm(forms.Form):
    ended_on = forms.DateField(label="终止日期", initial=clock.today)
    reason = forms.CharField(label="终止理由", max_length=300, widget=REASON)
