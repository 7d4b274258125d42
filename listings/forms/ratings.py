"""Forms of the ratings' pages; the rubric's items are written one a line."""

from __future__ import annotations

from django import forms

from foundation.core import clock
from foundation.core.forms import ActorForm
from foundation.regions.models import Jurisdiction
from institutions import dossier
from listings import rating_rules
from listings.enums import RatingAspect
from listings.models import Rubric

ANY = "不限"
PARTS = ("编号", "方面", "项目", "来源", "轻重", "每条分值", "合计不超过", "一票否决")


def _places(actor) -> object:
    return Jurisdiction.objects.filter(pk__in=actor.scope).order_by("code", "pk")


class RunForm(ActorForm):
    jurisdiction = forms.ModelChoiceField(label="地区", queryset=Jurisdiction.objects.none(), empty_label="请选择")
    year = forms.IntegerField(label="年度", min_value=2021, max_value=2100)

    def narrow(self) -> None:
        places = self.fields["jurisdiction"]
        places.queryset = _places(self.actor)
        if len(self.actor.scope) == 1:
            places.initial = next(iter(self.actor.scope))
        self.fields["year"].initial = clock.today().year


class ObjectionForm(forms.Form):
    reason = forms.CharField(
        label="异议理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明哪一条记录、哪一项分值有误。先在原记录处更正，再重新计算。",
    )


class DisputeForm(forms.Form):
    text = forms.CharField(label="异议内容", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    given_by = forms.CharField(label="提出人", max_length=60, help_text="机构一方由谁提出，由您代为登记。")
    received_on = forms.DateField(label="收到日期", initial=clock.today)


class AnswerForm(forms.Form):
    accepted = forms.TypedChoiceField(
        label="结论",
        choices=[("no", "不采纳，维持拟定等级"), ("yes", "采纳，退回重新计算")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="答复",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="理由；告知机构的就是这段话。",
    )


def line_of(item) -> str:
    """An item as a line of the form."""
    source = next((each for each in dossier.sources() if each.code == item.source), None)
    weights = dict(source.weights) if source else {}
    parts = [
        item.code,
        item.get_aspect_display(),
        item.name,
        source.label if source else item.source,
        weights.get(item.weight, ANY),
        str(item.points),
        str(item.most),
        "是" if item.veto else "否",
    ]
    return "|".join(parts)


class RubricForm(ActorForm):
    jurisdiction = forms.ModelChoiceField(
        label="适用地区", queryset=Jurisdiction.objects.none(), required=False, empty_label="全省"
    )
    name = forms.CharField(label="名称", max_length=80)
    basis = forms.CharField(label="依据", max_length=200)
    base = forms.IntegerField(label="基础分", min_value=0, max_value=100, initial=90)
    a_from = forms.IntegerField(label="A级不低于", min_value=1, max_value=100, initial=90)
    b_from = forms.IntegerField(label="B级不低于", min_value=1, max_value=100, initial=75)
    c_from = forms.IntegerField(label="C级不低于", min_value=1, max_value=100, initial=60)
    items = forms.CharField(label="项目", max_length=8000, widget=forms.Textarea(attrs={"rows": 14}))

    def narrow(self) -> None:
        places = self.fields["jurisdiction"]
        places.queryset = _places(self.actor)
        if not rating_rules.can_make_rubric(self.actor, None):
            places.required, places.empty_label = True, "请选择"
        latest = Rubric.objects.order_by("-made_at", "-pk").first()
        if latest:
            self.initial.setdefault("items", "\n".join(line_of(item) for item in latest.items.order_by("code")))
            for name in ("name", "basis", "base", "a_from", "b_from", "c_from"):
                self.initial.setdefault(name, getattr(latest, name))
        told = "；".join(
            f"{each.label}({'、'.join(label for _, label in each.weights)})"
            for each in dossier.sources()
            if each.weights
        )
        self.fields["items"].help_text = f"一行一项：{'|'.join(PARTS)}。轻重写“{ANY}”为任何一条。来源(轻重)：{told}。"

    def clean_items(self) -> list[dict[str, object]]:
        lines = [line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip()]
        return [self._item(line) for line in lines]

    def _item(self, line: str) -> dict[str, object]:
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != len(PARTS):
            raise forms.ValidationError(f"“{line}”应有{len(PARTS)}栏：{'|'.join(PARTS)}。")
        code, aspect, name, source, weight, points, most, veto = parts
        sources = {each.label: each for each in dossier.sources()}
        aspects = {label: value for value, label in RatingAspect.choices}
        if source not in sources or aspect not in aspects:
            raise forms.ValidationError(f"“{line}”的方面或来源不存在。")
        weights = {label: value for value, label in sources[source].weights}
        if weight != ANY and weight not in weights:
            raise forms.ValidationError(f"“{line}”的轻重不存在。")
        try:
            numbers = int(points), int(most)
        except ValueError as error:
            raise forms.ValidationError(f"“{line}”的分值应为整数。") from error
        return {
            "code": code,
            "aspect": aspects[aspect],
            "name": name,
            "source": sources[source].code,
            "weight": weights.get(weight, ""),
            "points": numbers[0],
            "most": numbers[1],
            "veto": veto == "是",
        }
