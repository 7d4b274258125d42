"""Forms of releases and refunds."""

from __future__ import annotations

from django import forms

from foundation.core import clock
from foundation.core.forms import MoneyField
from payouts.enums import AskedBy

#: What guardians ask themselves, no officer enters.
BY_OFFICERS = [(way.value, way.label) for way in AskedBy if way != AskedBy.ONLINE]
WORDS = forms.Textarea(attrs={"rows": 2})


def day(label: str) -> forms.DateField:
    return forms.DateField(label=label, initial=clock.today)


class WhyForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300, widget=WORDS)


class RemarkForm(forms.Form):
    remark = forms.CharField(label="意见", max_length=300, required=False, widget=WORDS)


class ArrivedForm(forms.Form):
    arrived_on = day("到账日期")


class UpToForm(forms.Form):
    up_to = forms.DateField(label="上课截至", initial=clock.today, help_text="这一天及以前、还没有提交过的上课记录。")


class PaidForm(forms.Form):
    SIDE_BY_SIDE = (("paid_on", "bank_reference"),)

    paid_on = day("付款日期")
    bank_reference = forms.CharField(label="银行回单号", max_length=60)


class AskForm(forms.Form):
    SIDE_BY_SIDE = (("amount_fen", "asked_on"),)

    amount_fen = MoneyField(label="申请金额(元)", help_text="不超过未消课金额。")
    asked_on = day("申请日期")
    asked_by = forms.ChoiceField(label="申请方式", choices=BY_OFFICERS)
    reason = forms.CharField(label="退费原因", max_length=300, widget=WORDS)


class AgreeForm(forms.Form):
    SIDE_BY_SIDE = (("amount_fen", "answered_on"),)

    amount_fen = MoneyField(label="同意金额(元)")
    answered_on = day("答复日期")
    answer = forms.CharField(label="机构答复", max_length=300, widget=WORDS)


class ObjectForm(forms.Form):
    answered_on = day("答复日期")
    answer = forms.CharField(label="机构答复", max_length=300, widget=WORDS)


class DeclineForm(forms.Form):
    coordinated_on = day("协调日期")
    outcome = forms.CharField(
        label="协调情况", max_length=300, widget=WORDS, help_text="写明双方意见，并告知家长可以起诉。"
    )


class SettleForm(forms.Form):
    SIDE_BY_SIDE = (("amount_fen", "coordinated_on"),)

    amount_fen = MoneyField(label="协调一致金额(元)")
    coordinated_on = day("协调日期")
    outcome = forms.CharField(label="协调情况", max_length=300, widget=WORDS)


class HoldForm(forms.Form):
    until_on = forms.DateField(label="暂停至", help_text="含当日；到期自动恢复。")
    reason = forms.CharField(label="理由", max_length=300, widget=WORDS)
