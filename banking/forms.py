"""Forms of bank files."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from banking import queries
from banking.enums import AmountStyle, Column
from banking.intake import MAX_BYTES
from foundation.core.forms import ActorForm, MoneyField
from funds.models import Bank

_APART = re.compile(r"[、，,;；\s]+")


class HandInForm(ActorForm):
    bank = forms.ModelChoiceField(label="银行", queryset=Bank.objects.none(), help_text="只列出已设定文件格式的银行。")
    file = forms.FileField(
        label="对账文件",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls,.et,.ods"}),
        help_text=f"银行导出的原始文件，不要改动；不超过{MAX_BYTES >> 20}MB。",
    )

    def narrow(self) -> None:
        choices = queries.banks_to_hand_in(self.actor)
        self.fields["bank"].queryset = choices
        if choices.count() == 1:
            self.fields["bank"].initial = choices[0]


class ProfileForm(forms.Form):
    """One heading for each meaning; those of the other ways to write amounts stay empty."""

    SIDE_BY_SIDE = (
        ("account", "day"),
        ("serial", "memo"),
        ("balance", "style"),
        ("income", "outgo"),
        ("amount", "direction"),
        ("income_word", "outgo_word"),
        ("name", "number"),
        ("first", "last"),
        ("fee_words", "interest_words"),
    )

    account = forms.CharField(label="“本方账号”列的列名", max_length=40)
    day = forms.CharField(label="“交易日期”列的列名", max_length=40)
    serial = forms.CharField(
        label="“银行流水号”列的列名", max_length=40, required=False, help_text="银行每笔固定不变的编号；没有就留空。"
    )
    memo = forms.CharField(label="“摘要”列的列名", max_length=40)
    balance = forms.CharField(label="“余额”列的列名", max_length=40)
    style = forms.ChoiceField(label="金额写法", choices=AmountStyle.choices)
    income = forms.CharField(label="“收入金额”列的列名", max_length=40, required=False, help_text="两列写法填写。")
    outgo = forms.CharField(label="“支出金额”列的列名", max_length=40, required=False, help_text="两列写法填写。")
    amount = forms.CharField(label="“金额”列的列名", max_length=40, required=False, help_text="一列写法填写。")
    direction = forms.CharField(label="“收支方向”列的列名", max_length=40, required=False)
    income_word = forms.CharField(label="收入的写法", max_length=10, required=False, help_text="例如：贷。")
    outgo_word = forms.CharField(label="支出的写法", max_length=10, required=False, help_text="例如：借。")
    name = forms.CharField(label="“对方户名”列的列名", max_length=40, required=False)
    number = forms.CharField(label="“对方账号”列的列名", max_length=40, required=False)
    first = forms.CharField(label="期初余额行的摘要", max_length=20, initial="期初余额")
    last = forms.CharField(label="期末余额行的摘要", max_length=20, initial="期末余额")

    fee_words = forms.CharField(
        label="手续费的摘要", max_length=200, required=False, help_text="银行写手续费用的摘要，用顿号隔开；须完全一致。"
    )
    interest_words = forms.CharField(label="利息的摘要", max_length=200, required=False, help_text="例如：结息、利息。")
    fee_most_fen = MoneyField(label="单笔手续费上限(元)", help_text="超过的不按手续费记账，列为待查。")

    def facts(self) -> dict[str, Any]:
        """What ``set_profile`` takes."""
        given = self.cleaned_data
        return {
            "headings": {column: given[column] for column in Column.values},
            "style": given["style"],
            "first": given["first"],
            "last": given["last"],
            "income": given["income_word"],
            "outgo": given["outgo_word"],
            "fee_words": _APART.split(given["fee_words"]),
            "interest_words": _APART.split(given["interest_words"]),
            "fee_most_fen": given["fee_most_fen"],
        }


class TieForm(forms.Form):
    key = forms.ChoiceField(label="对应事项", help_text="只列出金额一致、尚未对上的缴费、核拨和退费。")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["key"].choices = choices
        if not choices:
            self.fields[
                "key"
            ].help_text = (
                "没有金额一致、尚未对上的事项。可先登记缴费（记下银行流水号，系统会自动对上），或返回后“说明差异”。"
            )


class ExplainForm(forms.Form):
    reason = forms.CharField(
        label="原因和依据",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明钱从哪里来、到哪里去，凭什么认定。",
    )
