"""Forms of advertisements. They parse and offer choices; the rules live in the operations."""

from __future__ import annotations

from django import forms

from foundation.core import clock
from foundation.core.forms import ActorForm, LinesField

from .enums import SURROUNDINGS, AdRuleKind, AdUnit, Carrier, Claim, Medium, Nearness
from .forms import PlacedForm
from .models.adverts import MOST_SEEN
from .operations.adverts import AdvertFacts, RuleFacts

MOST_POSTS = 50
LONGEST_POST = 2000
UNSTATED = ("", "不清楚")
#: In what each medium is usually counted.
USUAL_UNIT = {
    Medium.OUTDOOR: AdUnit.BOARD,
    Medium.LEAFLET: AdUnit.SHEET,
    Medium.POSTER: AdUnit.SHEET,
}


class AdvertForm(forms.Form):
    """What there is of an advertisement."""

    medium = forms.ChoiceField(label="媒介", choices=Medium.choices)
    unit = forms.ChoiceField(label="计量单位", choices=AdUnit.choices)
    quantity = forms.IntegerField(label="数量", min_value=1, max_value=MOST_SEEN, initial=1)
    at_least = forms.BooleanField(label="余（没有数完，至少这么多）", required=False)
    carrier = forms.ChoiceField(label="校园载体", choices=[("", "不是"), *Carrier.choices], required=False)
    nearness = forms.ChoiceField(label="离学校", choices=[UNSTATED, *Nearness.choices], required=False)
    claims = forms.MultipleChoiceField(
        label="虚假宣传类别", choices=Claim.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    link = forms.CharField(label="链接", max_length=500, required=False)

    def advert(self) -> AdvertFacts:
        """What the cleaned form says."""
        return AdvertFacts(**{name: self.cleaned_data[name] for name in AdvertForm.base_fields})


class PostsField(forms.CharField):
    """Posts pasted one below the other, with a blank line between them."""

    widget = forms.Textarea(attrs={"rows": 10})

    def to_python(self, value: object) -> list[str]:
        lines = str(value or "").replace("\r\n", "\n").split("\n")
        blocks = "\n".join(line if line.strip() else "" for line in lines).split("\n\n")
        return [block.strip() for block in blocks if block.strip()]

    def prepare_value(self, value: object) -> object:
        return "\n\n".join(value) if isinstance(value, list) else value

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MOST_POSTS:
            raise forms.ValidationError(f"一次最多{MOST_POSTS}则，现在有{len(value)}则。")
        if long := [number for number, post in enumerate(value, start=1) if len(post) > LONGEST_POST]:
            raise forms.ValidationError(f"第{long[0]}则超过{LONGEST_POST}字，请只粘贴正文。")


class ScreenForm(PlacedForm):
    SIDE_BY_SIDE = (("medium", "happened_on"), ("division", "institution"))

    posts = PostsField(label="帖子或文案", help_text=f"可以粘贴多则，每则之间空一行，一次最多{MOST_POSTS}则。")
    medium = forms.ChoiceField(label="出现在哪里", choices=Medium.choices, initial=Medium.MOMENTS)
    happened_on = forms.DateField(label="发现日期", initial=clock.today)
    field_order = ["posts", "medium", "happened_on", "division", "institution"]


class RuleForm(ActorForm):
    """One rule of the screening, in the words that are sought."""

    code = forms.RegexField(
        label="代码", regex=r"^[A-Za-z]\d{1,3}$", help_text="一个字母加数字。已有的代码表示从施行日起换用新写法。"
    )
    kind = forms.ChoiceField(label="种类", choices=AdRuleKind.choices)
    name = forms.CharField(label="名称", max_length=60)
    words = LinesField(
        label="用语",
        required=False,
        max_length=8000,
        help_text="一行一条。“…”表示中间可隔最多12个字，(甲|乙)表示任选其一，(甲|乙)?表示可有可无，#表示数字；空格、符号、繁体、全角不用写。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    unless = LinesField(
        label="同句出现则不标", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    needs = forms.MultipleChoiceField(
        label="全文须同时有",
        required=False,
        choices=[(kind.value, kind.label) for kind in AdRuleKind if kind in SURROUNDINGS],
        widget=forms.CheckboxSelectMultiple,
    )
    media = forms.MultipleChoiceField(
        label="限于媒介", required=False, choices=Medium.choices, widget=forms.CheckboxSelectMultiple
    )
    carrier = forms.ChoiceField(label="载体", choices=[("", "不指明"), *Carrier.choices], required=False)
    claim = forms.ChoiceField(label="虚假宣传类别", choices=[("", "不指明"), *Claim.choices], required=False)
    law = forms.CharField(label="依据", max_length=80, required=False)
    clause = forms.CharField(label="条款", max_length=40, required=False)
    reason = forms.CharField(label="理由", max_length=200, required=False)
    valid_from = forms.DateField(label="施行起", initial=clock.today)

    def facts(self) -> RuleFacts:
        """What the cleaned form says, without the day."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "valid_from"}
        return RuleFacts(**given | {"code": given["code"].upper()})


class EndRuleForm(forms.Form):
    ends_on = forms.DateField(label="施行止", initial=clock.today)
