"""Forms of 广告处置. They parse and offer choices; the rules live in the operations."""

from __future__ import annotations

import re

from django import forms

from clues.enums import Medium
from enforcement import removing
from enforcement.enums import AdOutcome
from enforcement.models import Removal
from enforcement.operations.removals import Done, Outing
from foundation.accounts.models import Post
from foundation.core import clock
from foundation.core.forms import ActorForm, FilesField
from foundation.photos.operations import Sent
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import lowest_bureaus
from inspections.forms.visits import ColleagueChoices, colleagues, named_person
from inspections.models import Campaign
from inspections.queries.campaigns import running
from inspections.reports import OnSite

SEPARATORS = re.compile(r"[、,，;；\n]+")


class OutingForm(ActorForm):
    """A team and its day; or an outing of the own organ that is entered already."""

    SIDE_BY_SIDE = (("outcome", "done_on"),)

    outcome = forms.ChoiceField(label="处置方式", choices=AdOutcome.choices)
    done_on = forms.DateField(label="处置日期", initial=clock.today)
    joined = forms.ModelChoiceField(
        label="同一次出动",
        queryset=Removal.objects.none(),
        required=False,
        empty_label="新的一次出动",
        help_text="同一队人同一天处置的，选已登记的那一次：人次只计一次，下面的人员、日期、照片不用再填。",
    )
    officers = ColleagueChoices(label="处置人员", queryset=Post.objects.none(), required=False)
    others = forms.CharField(
        label="其他参加人员",
        required=False,
        max_length=600,
        help_text="没有账号的人员，写作“姓名(单位)”，用顿号隔开，如：李四(城管大队)。",
    )
    campaigns = forms.ModelMultipleChoiceField(
        label="计入专项行动", queryset=Campaign.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    photos = FilesField(accept="image/*", label="照片", required=False, help_text="处置前后的照片，最多9张。")
    remark = forms.CharField(label="情况", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def narrow(self) -> None:
        self.fields["officers"].queryset = colleagues(self.actor.scope)
        self.fields["officers"].initial = [self.actor.post_id]
        self.fields["joined"].queryset = removing.outings_to_join(self.actor, on=clock.today())
        self.fields["campaigns"].queryset = running(self.actor)
        if not self.fields["campaigns"].queryset.exists():
            self.fields["campaigns"].widget = forms.MultipleHiddenInput()

    def clean_others(self) -> list[OnSite]:
        texts = SEPARATORS.split(self.cleaned_data["others"])
        return [person for text in texts if (person := named_person(text)) is not None]

    def outing(self, photos: list[Sent]) -> Outing:
        """What the cleaned form says of the team."""
        given = self.cleaned_data
        return Outing(
            done_on=given["done_on"],
            officers=[*map(OnSite.of_post, given["officers"]), *given["others"]],
            campaigns=list(given["campaigns"]),
            photos=photos,
            remark=given["remark"],
        )


#: What is usually done with an advertisement of a medium.
USUAL = {
    Medium.LEAFLET: AdOutcome.CONFISCATED,
    Medium.OUTDOOR: AdOutcome.DISMANTLED,
    Medium.POSTER: AdOutcome.DISMANTLED,
    Medium.ACCOUNT: AdOutcome.DELETED,
    Medium.MOMENTS: AdOutcome.DELETED,
    Medium.GROUP: AdOutcome.DELETED,
    Medium.VIDEO: AdOutcome.DELETED,
}


class RemoveForm(OutingForm):
    """What was done with one advertisement."""

    SIDE_BY_SIDE = (("outcome", "quantity", "at_least"),)

    quantity = forms.IntegerField(label="数量", min_value=1, max_value=100_000)
    at_least = forms.BooleanField(label="余", required=False)
    field_order = ["outcome", "quantity", "at_least", "joined", "done_on"]

    def __init__(self, *args, sighting, **kwargs) -> None:
        self.sighting = sighting
        super().__init__(*args, **kwargs)
        self.fields["quantity"].help_text = f"单位：{sighting.get_unit_display()}，共{sighting.amount}。"
        self.fields["quantity"].initial = removing.left_of(sighting) or sighting.quantity
        self.fields["at_least"].initial = sighting.at_least
        self.fields["outcome"].initial = USUAL.get(Medium(sighting.medium), AdOutcome.DISSUADED)

    def done(self) -> Done:
        """What the cleaned form says of the advertisement."""
        given = self.cleaned_data
        return Done(self.sighting, AdOutcome(given["outcome"]), given["quantity"], given["at_least"])


class VoidItemForm(forms.Form):
    reason = forms.CharField(label="作废理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class TagRemovalForm(ActorForm):
    campaign = forms.ModelChoiceField(label="专项行动", queryset=Campaign.objects.none(), empty_label="请选择")

    def narrow(self) -> None:
        self.fields["campaign"].queryset = running(self.actor)


class FlagForm(forms.Form):
    reason = forms.CharField(label="事由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    until = forms.DateField(label="期限至", required=False, help_text="不填则到解除为止。")


class UnflagForm(forms.Form):
    reason = forms.CharField(label="事由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class FiguresForm(ActorForm):
    """A period, a county where there are several, a campaign."""

    SIDE_BY_SIDE = (("since", "until", "county", "campaign"),)

    since = forms.DateField(label="自")
    until = forms.DateField(label="至")
    county = forms.ModelChoiceField(
        label="区县", queryset=Jurisdiction.objects.none(), required=False, empty_label="全部"
    )
    campaign = forms.ModelChoiceField(
        label="专项行动", queryset=Campaign.objects.none(), required=False, empty_label="不限"
    )

    def narrow(self) -> None:
        self.fields["county"].queryset = lowest_bureaus(self.actor)
        if self.fields["county"].queryset.count() < 2:
            self.fields["county"].widget = forms.HiddenInput()
        self.fields["campaign"].queryset = Campaign.objects.visible_to(self.actor).order_by("-starts_on", "pk")

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", "结束日期不能早于开始日期。")
        return cleaned
