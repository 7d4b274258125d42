"""The form by which a bureau says how it keeps a list."""

from __future__ import annotations

from django import forms

from foundation.core.forms import ActorForm
from foundation.regions.models import Jurisdiction
from listings import rules
from listings.enums import ListKind
from listings.models import ListRule

FACTS = (
    *("published", "needs_defence", "months", "severe_months", "until_permit_end", "lowest_grade", "years_of_a"),
    *("needs_licence", "needs_no_open_order", "excludes", "repair_after_months", "removal", "basis"),
)


class ListRuleForm(ActorForm):
    """A rule of a place from a day on; empty place: everywhere (for the province)."""

    kind = forms.ChoiceField(label="名单", choices=ListKind.choices)
    jurisdiction = forms.ModelChoiceField(
        label="适用地区", queryset=Jurisdiction.objects.none(), required=False, empty_label="全省"
    )
    effective_from = forms.DateField(label="施行起")
    published = forms.BooleanField(label="向社会公布", required=False, initial=True)
    needs_defence = forms.BooleanField(label="列入前须告知并听取申辩", required=False)
    months = forms.IntegerField(label="期限(月)", min_value=1, max_value=120, initial=12)
    severe_months = forms.IntegerField(label="情节严重的期限(月)", min_value=2, max_value=120, required=False)
    until_permit_end = forms.BooleanField(label="不超过许可有效期", required=False)
    lowest_grade = forms.ChoiceField(
        label="诚信等级不低于",
        choices=[("", "不要求"), *ListRule._meta.get_field("lowest_grade").choices],
        required=False,
    )
    years_of_a = forms.IntegerField(label="连续A级年数", min_value=0, max_value=10, initial=0, help_text="0为不要求。")
    needs_licence = forms.BooleanField(label="须证照齐全且许可有效", required=False)
    needs_no_open_order = forms.BooleanField(label="须无未办结的通知书", required=False)
    excludes = forms.MultipleChoiceField(
        label="不得同时列入", choices=ListKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    repair_after_months = forms.IntegerField(
        label="列入满几个月可申请信用修复", min_value=0, max_value=60, initial=0, help_text="0为随时可以申请。"
    )
    removal = forms.CharField(label="移出条件", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    basis = forms.CharField(label="依据", max_length=200)

    def narrow(self) -> None:
        places = self.fields["jurisdiction"]
        places.queryset = Jurisdiction.objects.filter(pk__in=self.actor.scope).order_by("code", "pk")
        if not rules.can_set_rule(self.actor, None):
            places.required, places.empty_label = True, "请选择"

    def facts(self) -> dict[str, object]:
        """What the rule says, without kind, place and day."""
        return {name: self.cleaned_data[name] for name in FACTS}
