"""Forms of grids, school areas and schools. They parse and offer choices; all rules live in the operations."""

from __future__ import annotations

from django import forms

from foundation.core import clock
from foundation.core.forms import ActorForm

from .enums import DivisionLevel, SchoolStage
from .models import Division, Jurisdiction, SchoolArea
from .queries import lowest_bureaus, pickable_divisions


class PlaceChoice(forms.ModelChoiceField):
    def label_from_instance(self, division: Division) -> str:
        return f"{division.parent} · {division}"


class BureauForm(ActorForm):
    """Asks for the county only where the post has several."""

    jurisdiction = forms.ModelChoiceField(label="管辖单位", queryset=Jurisdiction.objects.none())

    def narrow(self) -> None:
        bureaus = lowest_bureaus(self.actor)
        self.fields["jurisdiction"].queryset = bureaus
        self.fields["jurisdiction"].initial = bureaus.first()


class GridFacts(ActorForm):
    name = forms.CharField(label="网格名称", max_length=60)
    cycle_days = forms.IntegerField(label="巡查周期(天)", min_value=1, max_value=366, initial=7)


class GridForm(BureauForm, GridFacts):
    division = PlaceChoice(label="所在社区(村)", queryset=Division.objects.none())
    field_order = ["jurisdiction", "division", "name", "cycle_days"]

    def narrow(self) -> None:
        super().narrow()
        places = pickable_divisions(self.actor, DivisionLevel.VILLAGE).select_related("parent")
        self.fields["division"].queryset = places


class ClosingForm(ActorForm):
    closed_on = forms.DateField(label="停用(撤并)日期", initial=clock.today)
    reason = forms.CharField(label="理由", max_length=300)


class SchoolAreaFacts(ActorForm):
    name = forms.CharField(label="片区名称", max_length=60)


class SchoolAreaForm(BureauForm, SchoolAreaFacts):
    field_order = ["jurisdiction", "name"]


class SchoolFacts(ActorForm):
    name = forms.CharField(label="学校名称", max_length=100)
    stage = forms.ChoiceField(label="学段", choices=SchoolStage.choices)
    division = PlaceChoice(label="所在乡镇(街道)或社区", queryset=Division.objects.none())
    area = forms.ModelChoiceField(label="学校片区", queryset=SchoolArea.objects.none(), required=False)
    code = forms.CharField(label="学校标识码", max_length=20, required=False)
    opened_on = forms.DateField(label="启用日期", required=False)

    def narrow(self) -> None:
        super().narrow()
        places = pickable_divisions(self.actor, DivisionLevel.TOWN, DivisionLevel.VILLAGE).select_related("parent")
        self.fields["division"].queryset = places
        self.fields["area"].queryset = SchoolArea.objects.visible_to(self.actor).order_by("name")


class SchoolForm(SchoolFacts, BureauForm):
    field_order = ["jurisdiction", "name"]
