"""The phone's forms: few fields, big targets; what is known of the post is filled in."""

from __future__ import annotations

from django import forms
from django.db.models import Q, QuerySet

from foundation.accounts.enums import Role
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import county_of
from institutions.enums import Category, Discovery


def places_of(actor: Actor) -> QuerySet[Division]:
    """Where the actor may report: the communities and towns of a narrowed post, else the towns of the jurisdictions.

    An area without a county of its own (泉州台商投资区) offers the towns of its city.
    """
    rows = Division.objects.filter(valid_to__isnull=True).select_related("parent").order_by("code")
    if actor.areas is not None:
        return rows.filter(pk__in=actor.areas, level__in=[DivisionLevel.TOWN, DivisionLevel.VILLAGE])
    own = Jurisdiction.objects.filter(pk__in=actor.scope)
    counties = own.filter(division__level=DivisionLevel.COUNTY)
    cities = own.filter(division__isnull=True).values("parent__division")
    return rows.filter(
        Q(parent__in=counties.values("division")) | Q(parent__parent__in=cities), level=DivisionLevel.TOWN
    )


def jurisdiction_of(actor: Actor, division: Division) -> Jurisdiction | None:
    """The bureau that a report about this place goes to: the county's, or the only one that the actor works for."""
    own = Jurisdiction.objects.filter(pk__in=actor.scope)
    county = county_of(division)
    found = own.filter(division=county).first() if county is not None else None
    return found or own.filter(children__isnull=True, division__isnull=True).order_by("code").first()


class PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Division) -> str:
        return f"{obj.parent}·{obj}" if obj.level == DivisionLevel.VILLAGE else str(obj)


class ReportForm(forms.Form):
    """上报无证场所: where, what, and the rest only if it is known."""

    division = PlaceField(label="在哪个社区(村)或街道", queryset=Division.objects.none(), empty_label="请选择")
    category = forms.ChoiceField(label="教什么", widget=forms.RadioSelect, choices=Category.choices)
    address = forms.CharField(label="详细地址", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    sign = forms.CharField(label="招牌或称呼", max_length=120, required=False)
    pupils = forms.IntegerField(label="学生大约几人", min_value=0, max_value=5000, required=False)
    found_on = forms.DateField(label="发现日期", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        places = places_of(actor)
        self.actor = actor
        self.fields["division"].queryset = places
        first = list(places[:2])
        if len(first) == 1:
            self.fields["division"].initial = first[0].pk
        self.fields["found_on"].initial = clock.today
        self.fields["pupils"].widget.attrs["inputmode"] = "numeric"
        if actor.categories is not None:
            self.fields["category"].choices = [pair for pair in Category.choices if pair[0] in actor.categories]

    def clean_found_on(self):
        found_on = self.cleaned_data["found_on"]
        if found_on > clock.today():
            raise forms.ValidationError("发现日期不能晚于今天。")
        return found_on

    def clean_division(self) -> Division:
        division = self.cleaned_data["division"]
        self.jurisdiction = jurisdiction_of(self.actor, division)
        if self.jurisdiction is None:
            raise forms.ValidationError("这个地方不在您单位的管辖范围内。")
        return division

    def facts(self) -> dict[str, object]:
        """What the operation wants to know."""
        found = dict(self.cleaned_data)
        pupils = found.pop("pupils")
        grid = self.actor.role == Role.GRID_WORKER
        return {
            **found,
            "jurisdiction": self.jurisdiction,
            "pupils": pupils,
            "pupils_at_least": pupils is not None,
            "discovery": Discovery.GRID if grid else Discovery.PATROL,
        }
