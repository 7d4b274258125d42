"""Forms of the calendar, the limits and the deadlines. They parse; all rules live in the operations."""

from __future__ import annotations

from datetime import date

from django import forms
from django.db.models import Q

from foundation.core.actor import Actor
from foundation.regions.models import Jurisdiction

from .calendars import NamedDay
from .enums import DayKind, LimitUnit
from .models import LimitRule
from .notices import UnreadableLine, parse_days

FORMAT = "每行一天或一段，例如：2027-01-01 元旦；2月5日至11日 春节。"


class NoticeForm(forms.Form):
    """A State Council notice as its days off and its make-up workdays."""

    year = forms.IntegerField(label="年份", min_value=2000, max_value=2100)
    notice_no = forms.CharField(label="通知文号", max_length=80, help_text="例如：国办发明电〔2025〕7号")
    notice_on = forms.DateField(label="通知日期")
    days_off = forms.CharField(
        label="放假日期", widget=forms.Textarea(attrs={"rows": 9}), help_text=f"{FORMAT}周末可写可不写。"
    )
    makeup_days = forms.CharField(
        label="调休上班日期",
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text="周六、周日上班的日期。",
    )
    remark = forms.CharField(label="说明", widget=forms.Textarea, required=False)
    previewed = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        if year := cleaned.get("year"):
            cleaned["days"] = [
                *self._days("days_off", year, DayKind.OFF),
                *self._days("makeup_days", year, DayKind.MAKEUP),
            ]
        return cleaned

    def _days(self, name: str, year: int, kind: DayKind) -> list[NamedDay]:
        try:
            return parse_days(self.cleaned_data.get(name, ""), year=year, kind=kind)
        except UnreadableLine as error:
            self.add_error(name, str(error))
            return []


class ImportForm(forms.Form):
    year = forms.IntegerField(label="年份", min_value=2000, max_value=2100)
    previewed = forms.CharField(widget=forms.HiddenInput, required=False)


class LimitForm(forms.Form):
    """A limit that holds in a place from a day on. Codes are those that the portal knows."""

    code = forms.ChoiceField(label="期限")
    name = forms.CharField(label="期限名称", max_length=60)
    jurisdiction = forms.ModelChoiceField(
        label="适用管辖单位", queryset=Jurisdiction.objects.none(), required=False, empty_label="全省通用"
    )
    amount = forms.IntegerField(label="时长", min_value=1, max_value=1000)
    unit = forms.ChoiceField(label="单位", choices=LimitUnit.choices)
    rolls_over = forms.BooleanField(label="期满日遇休息日顺延（仅自然日和月）", required=False)
    clause = forms.CharField(label="依据条文", widget=forms.Textarea)
    remark = forms.CharField(label="说明", widget=forms.Textarea, required=False)
    effective_from = forms.DateField(label="施行起")

    def __init__(self, *args, actor: Actor, on: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        in_force = LimitRule.objects.filter(jurisdiction__isnull=True).filter(
            Q(effective_to__isnull=True) | Q(effective_to__gte=on)
        )
        self.fields["code"].choices = list(in_force.order_by("name").values_list("code", "name"))
        self.fields["jurisdiction"].queryset = Jurisdiction.objects.visible_to(actor).order_by("code")


class LimitTextForm(forms.Form):
    name = forms.CharField(label="期限名称", max_length=60)
    clause = forms.CharField(label="依据条文", widget=forms.Textarea, required=False)
    remark = forms.CharField(label="说明", widget=forms.Textarea, required=False)
    needs_review = forms.BooleanField(label="待核实", required=False, help_text="核实无误后去掉勾选。")


class ExtendForm(forms.Form):
    amount = forms.IntegerField(
        label="延长时长",
        min_value=1,
        max_value=365,
        required=False,
        help_text="按原期限的单位计算，与新的到期日二者填一项。",
    )
    until = forms.DateField(label="新的到期日", required=False)
    reason = forms.CharField(label="理由", widget=forms.Textarea)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", widget=forms.Textarea)
