"""Forms of the staff pages."""

from __future__ import annotations

import re

from django import forms

from foundation.core.errors import InvalidInput
from foundation.core.forms import ActorForm
from foundation.core.money import fen
from foundation.regions.models import Jurisdiction

from .enums import MEASURES, Delivery, FeeCategory, LimitCode, LimitMeasure

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
ANY = [("", "不限")]


class PlaceAndDayForm(ActorForm):
    """Which place's limits, on which day."""

    place = forms.ModelChoiceField(label="管辖单位", queryset=Jurisdiction.objects.none())
    on = forms.DateField(label="日期")

    def narrow(self) -> None:
        self.fields["place"].queryset = Jurisdiction.objects.visible_to(self.actor).order_by("code")


class ProposeLimitForm(ActorForm):
    jurisdiction = forms.ModelChoiceField(label="适用管辖单位", queryset=Jurisdiction.objects.none())
    code = forms.ChoiceField(label="规定", choices=LimitCode.choices)
    category = forms.ChoiceField(label="培训类别", choices=ANY + FeeCategory.choices, required=False)
    delivery = forms.ChoiceField(label="培训形式", choices=ANY + Delivery.choices, required=False)
    value = forms.CharField(
        label="数值",
        max_length=20,
        help_text="金额填元，最晚结束时间填如 20:30，其余填整数；单位由规定的种类决定。",
    )
    minutes = forms.IntegerField(
        label="每课时分钟数", min_value=10, max_value=300, required=False, help_text="只有政府指导价填写。"
    )
    pupils_up_to = forms.IntegerField(
        label="班额上限（含）",
        min_value=1,
        max_value=500,
        required=False,
        help_text="只有政府指导价填写；更大的班不填。",
    )
    effective_from = forms.DateField(label="施行起")
    source = forms.CharField(label="依据", max_length=300, help_text="文件名称、文号和条款。")
    reason = forms.CharField(label="变更理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def narrow(self) -> None:
        self.fields["jurisdiction"].queryset = Jurisdiction.objects.visible_to(self.actor).order_by("code")

    def clean(self) -> dict[str, object]:
        given = super().clean()
        if "value" in given and "code" in given:
            try:
                given["value"] = value_of(given["value"], MEASURES[LimitCode(given["code"])])
            except InvalidInput as refusal:
                self.add_error("value", refusal.message)
        return given


def value_of(text: str, measure: LimitMeasure) -> int:
    """A value as it is typed, in the limit's own measure; raises InvalidInput."""
    text = text.strip()
    if measure == LimitMeasure.FEN:
        return fen(text)
    if measure == LimitMeasure.MINUTE_OF_DAY:
        if (found := _CLOCK.fullmatch(text)) is None:
            raise InvalidInput(f"“{text}”不是时刻，请填写如 20:30。", code="value")
        return int(found[1]) * 60 + int(found[2])
    if not (text.isdecimal() and text.isascii() and len(text) <= 6):
        raise InvalidInput(f"“{text}”不是整数，请只填数字。", code="value")
    return int(text)


class ApproveForm(forms.Form):
    remark = forms.CharField(label="审批意见", max_length=300, required=False)


class RefuseForm(forms.Form):
    remark = forms.CharField(label="不批准的理由", max_length=300)
