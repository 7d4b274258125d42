"""三步上报: what, where, send. What is known of the post is filled in; everything else may stay empty."""

from __future__ import annotations

import uuid

from django import forms

from clues.advert_forms import USUAL_UNIT, AdvertForm
from clues.enums import AdUnit, Medium, Subject
from clues.operations.adverts import AdvertFacts
from clues.queries import channel_of, nearby
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.regions.models import Division
from institutions.models import Institution

from .forms import PlaceField, jurisdiction_of, places_of

#: The tiles of the first tap, in the words of the street.
TILES = [
    (Subject.UNLICENSED, "新开培训或无证", "挂牌补课、楼里上课"),
    (Subject.ADVERT, "违规广告", "传单、横幅、门头"),
    (Subject.HOURS, "晚间或节假日上课", "20:30后、周末、假期"),
    (Subject.SAFETY, "安全隐患", "通道堵塞、消防"),
    (Subject.OTHER, "其他", "收费、变相培训等"),
]
#: More places than this are a list to pick from instead of buttons.
MOST_BUTTONS = 12
FOUND = 8


class Tiles(forms.RadioSelect):
    """Radios that the page draws as big tiles or buttons."""


class ClueForm(forms.Form):
    subject = forms.ChoiceField(
        label="看到了什么",
        widget=Tiles,
        choices=[(value, label) for value, label, _ in TILES],
        error_messages={"required": "请点选看到了什么。"},
    )
    division = PlaceField(
        label="在哪里",
        queryset=Division.objects.none(),
        empty_label=None,
        error_messages={"required": "请点选在哪里。"},
    )
    term = forms.CharField(label="是哪家机构", max_length=60, required=False)
    institution = forms.ModelChoiceField(
        label="找到的机构", widget=Tiles, queryset=Institution.objects.none(), required=False, empty_label="都不是"
    )
    sign = forms.CharField(label="招牌或门牌号", max_length=120, required=False)
    content = forms.CharField(
        label="补充说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self._offer_places()
        self._offer_institutions()
        self.fields["client_id"].initial = uuid.uuid4
        for name in ("term", "sign"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def _offer_places(self) -> None:
        field, places = self.fields["division"], places_of(self.actor)
        few = list(places[: MOST_BUTTONS + 1])
        self.as_buttons = len(few) <= MOST_BUTTONS
        if self.as_buttons:
            field.widget = Tiles()
        else:
            field.empty_label = "请选择"
        field.queryset = places
        if len(few) == 1:
            field.initial = few[0].pk

    def _offer_institutions(self) -> None:
        """What the search found around here; the tick of a later send is looked for among the same."""
        term = self.data.get(self.add_prefix("term"), "").strip() if self.is_bound else ""
        self.found = nearby(self.actor, term, limit=FOUND) if term else []
        self.searched = term
        field = self.fields["institution"]
        field.queryset = Institution.objects.filter(pk__in=[row.pk for row in self.found]).order_by("name", "pk")

    @property
    def has_more(self) -> bool:
        """Whether something optional was written or asked for, or is wrong: then it is shown opened."""
        names = ("term", "sign", "content")
        return self.is_bound and any(self[name].value() or self.has_error(name) for name in (*names, "institution"))

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        division, institution = cleaned.get("division"), cleaned.get("institution")
        if division is not None:
            self.jurisdiction = institution.jurisdiction if institution else jurisdiction_of(self.actor, division)
            if self.jurisdiction is None:
                self.add_error("division", "这个地方不在您单位的管辖范围内。")
        return cleaned

    def facts(self) -> dict[str, object]:
        """What the operation wants to know."""
        names = ("subject", "division", "institution", "sign", "content", "client_id")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "jurisdiction": self.jurisdiction,
            "channel": channel_of(self.actor),
            "happened_on": clock.today(),
        }


#: The tiles of the first tap about an advertisement, in the words of the street.
ADVERT_TILES = [
    (Medium.LEAFLET, "传单", "校门口、路边派发"),
    (Medium.OUTDOOR, "户外广告", "广告牌、横幅、墙体"),
    (Medium.POSTER, "海报、张贴", "电梯、楼道、橱窗"),
    (Medium.CAMPUS, "校园里", "教室、文具、校服、校车"),
    (Medium.GROUP, "群消息", "家长群、业主群"),
    (Medium.MOMENTS, "朋友圈", "截图拍照即可"),
    (Medium.ACCOUNT, "公众号", "文章、推送"),
    (Medium.VIDEO, "短视频", "直播、同城"),
]
UNIT_TILES = [("", "按媒介"), *AdUnit.choices]


class SightingForm(ClueForm):
    """上报违规广告: which, where, send; how many and what of is written below, if it is known."""

    medium = forms.ChoiceField(
        label="什么广告",
        widget=Tiles,
        choices=[(value, label) for value, label, _ in ADVERT_TILES],
        error_messages={"required": "请点选是什么广告。"},
    )
    quantity = forms.IntegerField(label="数量", min_value=1, max_value=100_000, required=False)
    unit = forms.ChoiceField(label="单位", widget=Tiles, choices=UNIT_TILES, required=False)
    at_least = AdvertForm.base_fields["at_least"]
    nearness = AdvertForm.base_fields["nearness"]
    carrier = AdvertForm.base_fields["carrier"]
    claims = AdvertForm.base_fields["claims"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["subject"]
        self.fields["content"].label = "广告上写了什么"
        self.fields["quantity"].widget.attrs["inputmode"] = "numeric"

    @property
    def counted(self) -> bool:
        """Whether something of how many and what was written or is wrong: then it is shown opened."""
        names = ("quantity", "at_least", "unit", "nearness", "carrier", "claims")
        return self.is_bound and any(self[name].value() or self.has_error(name) for name in names)

    def advert(self) -> AdvertFacts:
        """What there is of it; one of what the medium is counted in where nothing was written."""
        given = self.cleaned_data
        unit = given["unit"] or USUAL_UNIT.get(Medium(given["medium"]), AdUnit.PLACE)
        return AdvertFacts(
            medium=given["medium"],
            unit=unit,
            quantity=given["quantity"] or 1,
            at_least=given["at_least"],
            carrier=given["carrier"],
            nearness=given["nearness"],
            claims=given["claims"],
        )

    def facts(self) -> dict[str, object]:
        self.cleaned_data["subject"] = Subject.ADVERT
        return {name: value for name, value in super().facts().items() if name != "subject"}
