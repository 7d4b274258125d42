"""Forms of early warning."""

from __future__ import annotations

from datetime import date

from django import forms

from alerts.enums import Action, RunawayKind, SignKind, ThresholdCode
from assignments.forms import OrganChoices
from assignments.queries import assignable
from foundation.accounts.models import Organ
from foundation.core import clock
from foundation.core.forms import ActorForm, MoneyField
from foundation.deadlines.calendars import add_months
from institutions.models import Institution

WORDS = forms.Textarea(attrs={"rows": 3})


class TakeForm(forms.Form):
    action = forms.ChoiceField(label="处置方式", choices=Action.choices)


class CloseForm(forms.Form):
    action = forms.ChoiceField(label="处置方式", choices=Action.choices)
    result = forms.CharField(label="处置结果", max_length=300, widget=WORDS)


class WhyForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300, widget=WORDS)


class VisitForm(ActorForm):
    organs = OrganChoices(label="承办单位", queryset=Organ.objects.none())
    due_on = forms.DateField(label="办理期限", initial=clock.today)
    content = forms.CharField(label="要求", max_length=2000, widget=WORDS)

    def narrow(self) -> None:
        self.fields["organs"].queryset = assignable(self.actor)


class HoldForm(forms.Form):
    until_on = forms.DateField(label="暂停至", help_text="含当日；到期自动恢复。")
    reason = forms.CharField(label="理由", max_length=300, widget=WORDS)


class SignForm(forms.Form):
    SIDE_BY_SIDE = (("kind", "seen_on"),)

    kind = forms.ChoiceField(label="迹象", choices=SignKind.choices)
    seen_on = forms.DateField(label="发现日期", initial=clock.today)
    words = forms.CharField(label="情况", max_length=300, widget=WORDS, help_text="不写举报人和学员的姓名、电话。")
    source = forms.CharField(label="来源", max_length=120, help_text="例如：现场检查、房东来电、部门通报。")


class RunawayForm(ActorForm):
    SIDE_BY_SIDE = (("kind", "happened_on"), ("persons", "amount_fen"))

    institution = forms.ModelChoiceField(
        label="机构", queryset=Institution.objects.none(), required=False, help_text="名录里没有的，只填名称。"
    )
    name = forms.CharField(label="机构名称", max_length=120, required=False)
    kind = forms.ChoiceField(label="类型", choices=RunawayKind.choices)
    happened_on = forms.DateField(label="发生日期", initial=clock.today)
    persons = forms.IntegerField(label="涉及人数", min_value=0, max_value=1_000_000)
    amount_fen = MoneyField(label="涉及金额(元)")
    source = forms.CharField(label="来源", max_length=120)
    words = forms.CharField(label="情况", max_length=500, widget=WORDS)

    def narrow(self) -> None:
        self.fields["institution"].queryset = Institution.objects.visible_to(self.actor).order_by("name")


class SearchForm(forms.Form):
    SIDE_BY_SIDE = (("first_on", "last_on"),)

    first_on = forms.DateField(label="排查期间起")
    last_on = forms.DateField(label="排查期间止", initial=clock.today)
    sources = forms.CharField(
        label="查过的来源",
        max_length=300,
        widget=WORDS,
        help_text="例如：12345工单、信访、公安通报、网络搜索、巡查记录。",
    )
    found = forms.CharField(label="排查结果", max_length=300, widget=WORDS)


class PeriodForm(forms.Form):
    SIDE_BY_SIDE = (("first", "last"),)

    first = forms.DateField(label="起")
    last = forms.DateField(label="止")


def last_months() -> list[tuple[str, str]]:
    """This month and the 23 before it."""
    this = clock.today().replace(day=1)
    months = (add_months(this, -back) for back in range(24))
    return [(month.isoformat(), f"{month.year}年{month.month}月") for month in months]


class MonthForm(forms.Form):
    month = forms.TypedChoiceField(label="月份", choices=last_months, coerce=date.fromisoformat)


class ThresholdForm(forms.Form):
    SIDE_BY_SIDE = (("value", "effective_from"),)

    code = forms.ChoiceField(label="阈值", choices=ThresholdCode.choices)
    value = forms.IntegerField(label="数值", min_value=1, max_value=1_000_000_000)
    effective_from = forms.DateField(label="施行起", initial=clock.today)
    source = forms.CharField(label="依据", max_length=300, widget=WORDS)
