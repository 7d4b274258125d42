"""Forms of obstacles and trainings."""

from __future__ import annotations

from django import forms

from foundation.accounts.models import Organ, User
from foundation.core import clock
from foundation.core.forms import ActorForm
from funds import queries
from funds.enums import ObstacleKind, TrainingMode

WORDS = forms.Textarea(attrs={"rows": 3})


class ObstacleForm(ActorForm):
    SIDE_BY_SIDE = (("kind", "owner"), ("found_on", "due_on"))

    kind = forms.ChoiceField(label="问题分类", choices=ObstacleKind.choices)
    owner = forms.ModelChoiceField(label="负责人", queryset=User.objects.none())
    words = forms.CharField(label="问题", max_length=300, widget=WORDS)
    found_on = forms.DateField(label="发现日期", initial=clock.today)
    due_on = forms.DateField(label="解决期限")

    def narrow(self) -> None:
        self.fields["owner"].queryset = queries.keepers_of(self.actor, on=clock.today())


class CloseForm(forms.Form):
    closed_on = forms.DateField(label="解决日期", initial=clock.today)
    result = forms.CharField(label="处理结果", max_length=300, widget=WORDS)


class TrainingForm(ActorForm):
    SIDE_BY_SIDE = (("mode", "held_on"), ("place", "persons"))

    topic = forms.CharField(label="培训主题", max_length=120)
    mode = forms.ChoiceField(label="形式", choices=TrainingMode.choices)
    held_on = forms.DateField(label="培训日期", initial=clock.today)
    place = forms.CharField(label="地点或平台", max_length=120, required=False)
    persons = forms.IntegerField(label="参训(人)", min_value=1, max_value=100_000)
    organs = forms.ModelMultipleChoiceField(
        label="参训单位", queryset=Organ.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def narrow(self) -> None:
        self.fields["organs"].queryset = queries.training_organs(self.actor)
