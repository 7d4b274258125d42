"""Forms of the three flags, of the rates, and of pushing."""

from __future__ import annotations

from django import forms

from assignments.enums import Urgency
from foundation.core import clock
from funds import queries
from funds.enums import Flag
from funds.rates import Group
from inspections.forms.papers import files_field
from institutions.models import Institution

REASON = forms.Textarea(attrs={"rows": 2})


class ManyFlagsForm(forms.Form):
    flags = forms.MultipleChoiceField(label="完成事项", choices=Flag.choices, widget=forms.CheckboxSelectMultiple)
    effective_on = forms.DateField(label="完成日期", initial=clock.today)
    evidence = forms.CharField(
        label="依据", max_length=300, widget=REASON, help_text="如平台核验结果清单的名称和日期。"
    )


class SetFlagsForm(ManyFlagsForm):
    evidence = forms.CharField(
        label="依据",
        max_length=300,
        required=False,
        widget=REASON,
        help_text="如开户回执编号、平台核验结果；或上传附件。",
    )
    files = files_field(required=False)

    def __init__(self, *args, institution: Institution, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        up = queries.flags_up(institution, on=clock.today())
        self.fields["flags"].choices = [(one.value, one.label) for one in Flag if one not in up]


class RevokeFlagForm(forms.Form):
    flag = forms.ChoiceField(label="事项", choices=Flag.choices)
    effective_on = forms.DateField(label="撤销日期", initial=clock.today)
    reason = forms.CharField(label="撤销理由", max_length=300, widget=REASON)

    def __init__(self, *args, choices: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["flag"].choices = choices


class StrikeForm(forms.Form):
    reason = forms.CharField(label="更正理由", max_length=300, widget=REASON)


class RatesForm(forms.Form):
    SIDE_BY_SIDE = (("group", "on", "known_on"),)
    BY = ((Group.COUNTY, "按县(市、区)"), (Group.TOWN, "按镇街"), (Group.CATEGORY, "按类别"))

    group = forms.ChoiceField(label="分组", choices=[(group.value, label) for group, label in BY])
    on = forms.DateField(label="日期")
    known_on = forms.DateField(label="按当时所知(日期)", required=False, help_text="不填为按现在所知，含之后的更正。")


class PushForm(forms.Form):
    flag = forms.ChoiceField(label="催办事项", choices=Flag.choices)
    due_on = forms.DateField(label="办理期限")
    urgency = forms.ChoiceField(label="缓急", choices=Urgency.choices)
