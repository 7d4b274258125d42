"""What somebody asks of the KPIs, and how a rate is to be printed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.forms import ActorForm
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import jurisdictions_below
from inspections.models import Campaign

from . import rules
from .asking import Question
from .departments import DEPARTMENTS, department
from .enums import Days, Rounding
from .kpis import Ratio, kpis
from .models import MOST_PLACES
from .seasons import SEASONS, span_of

SEASON_CHOICES = [("", "按起止日期"), *((code, label) for code, (label, _) in SEASONS.items())]


class AskForm(ActorForm):
    """Everything may be left out: this year so far, in the whole own area, as known now."""

    SIDE_BY_SIDE = (("place", "season"), ("first", "last"), ("on", "known_at"), ("campaign", "days"), ("department",))

    place = forms.ModelChoiceField(label="地区", queryset=Jurisdiction.objects.none(), required=False)
    season = forms.ChoiceField(label="时段", choices=SEASON_CHOICES, required=False)
    first = forms.DateField(label="起", required=False)
    last = forms.DateField(label="止", required=False)
    on = forms.DateField(label="截止日", required=False, help_text="状态以这一天为准，这天以后发生的不计。")
    known_at = forms.DateTimeField(
        label="已知时间", required=False, help_text="只计到这一时刻已经登记的记录；不填为现在。"
    )
    campaign = forms.ModelChoiceField(label="专项行动", queryset=Campaign.objects.none(), required=False)
    days = forms.ChoiceField(label="日子", choices=Days.choices, required=False)
    department = forms.ChoiceField(
        label="部门",
        choices=[("", "不分部门"), *((kind.value, kind.label) for kind in DEPARTMENTS)],
        required=False,
        help_text="这类部门分工负责的培训类别，和这类部门自己办理的记录。",
    )
    town = forms.ModelChoiceField(queryset=Division.objects.none(), required=False, widget=forms.HiddenInput)

    def narrow(self) -> None:
        self.fields["place"].queryset = Jurisdiction.objects.visible_to(self.actor).order_by("code")
        self.fields["place"].empty_label = "本辖区全部"
        self.fields["campaign"].queryset = Campaign.objects.visible_to(self.actor).order_by("-starts_on", "-pk")
        self.fields["campaign"].empty_label = "不限"
        self.fields["town"].queryset = Division.objects.filter(level="town")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        on = cleaned.get("on") or clock.today()
        span = span_of(cleaned.get("season", ""), on) or (date(on.year, 1, 1), on)
        first = cleaned.get("first") or span[0]
        last = cleaned.get("last") or max(span[1], first)
        if last < first:
            self.add_error("last", "“止”不能早于“起”。")
        return {**cleaned, "on": on, "first": first, "last": last}

    def question(self) -> Question:
        """What is asked; a form with errors asks what an empty one would."""
        given = self.cleaned_data if self.is_bound and self.is_valid() else {}
        on = given.get("on") or clock.today()
        place: Jurisdiction | None = given.get("place")
        area = self.actor.scope & jurisdictions_below(place.pk) if place else frozenset(self.actor.scope)
        return Question(
            area=area,
            first=given.get("first") or date(on.year, 1, 1),
            last=given.get("last") or on,
            on=on,
            known_at=given.get("known_at"),
            town=given["town"].pk if given.get("town") else None,
            campaign=given.get("campaign"),
            days=Days(given.get("days") or ""),
            department=department(given.get("department") or "", area, on=on),
            seen_by=None if rules.can_view_whole(self.actor) else self.actor,
        )


def asked(actor: Actor, given: Any) -> AskForm:
    """The form of an address; unknown words in it are errors of the form, never of the page."""
    return AskForm(given or None, actor=actor)


class StyleForm(ActorForm):
    jurisdiction = forms.ModelChoiceField(label="适用地区", queryset=Jurisdiction.objects.none())
    code = forms.ChoiceField(label="比率指标")
    places = forms.IntegerField(label="小数位数", min_value=0, max_value=MOST_PLACES, initial=2)
    rounding = forms.ChoiceField(label="取舍", choices=Rounding.choices)
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def narrow(self) -> None:
        self.fields["jurisdiction"].queryset = Jurisdiction.objects.visible_to(self.actor).order_by("code")
        self.fields["code"].choices = [(kpi.code, kpi.label) for kpi in kpis() if isinstance(kpi, Ratio)]
