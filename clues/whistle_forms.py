"""Forms of 吹哨报到."""

from __future__ import annotations

from django import forms

from assignments.forms import OrganChoices
from foundation.accounts.models import Organ
from foundation.core.forms import ActorForm
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division
from foundation.regions.queries import pickable_divisions

from .enums import Subject
from .queries import organs_to_call

MINUTES = [(30, "30分钟"), (60, "1小时"), (120, "2小时"), (240, "4小时"), (1440, "24小时")]


class BlowForm(ActorForm):
    division = forms.ModelChoiceField(label="在哪里", queryset=Division.objects.none())
    address = forms.CharField(label="地址", max_length=200)
    subject = forms.ChoiceField(label="问题类别", choices=Subject.choices)
    words = forms.CharField(
        label="现场情况",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="加密保存；被吹哨的部门看得到。",
    )
    organs = OrganChoices(label="吹哨给哪些部门", queryset=Organ.objects.none())
    minutes = forms.TypedChoiceField(label="报到时限", choices=MINUTES, coerce=int, initial=60)

    def narrow(self) -> None:
        self.fields["division"].queryset = pickable_divisions(self.actor, DivisionLevel.TOWN, DivisionLevel.VILLAGE)
        self.fields["organs"].queryset = organs_to_call(self.actor)


class EndForm(forms.Form):
    result = forms.CharField(label="处置结果或理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
