"""Forms for laying checklists down."""

from __future__ import annotations

from django import forms

from foundation.core.forms import ActorForm
from foundation.regions.models import Jurisdiction
from inspections.enums import Aspect, Audience, PhotoRule, Severity
from inspections.models import ChecklistVersion
from inspections.models.checklists import ITEM_CODE, SECTION_CODE


class AddChecklistForm(ActorForm):
    jurisdiction = forms.ModelChoiceField(label="制定单位管辖", queryset=Jurisdiction.objects.none())
    name = forms.CharField(label="名称", max_length=80)
    audience = forms.ChoiceField(label="使用者", choices=Audience.choices)
    like = forms.ModelChoiceField(
        label="以哪一版为基础",
        queryset=ChecklistVersion.objects.none(),
        required=False,
        help_text="选择后会复制其全部条目，再按需修改；不选则从空白开始。",
    )

    def narrow(self) -> None:
        self.fields["jurisdiction"].queryset = Jurisdiction.objects.visible_to(self.actor).order_by("code")
        versions = ChecklistVersion.objects.visible_to(self.actor).select_related("checklist")
        self.fields["like"].queryset = versions.order_by("checklist__name", "-number")


class StartVersionForm(forms.Form):
    note = forms.CharField(label="修改说明", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class SectionForm(forms.Form):
    code = forms.CharField(label="代码", max_length=1, validators=[SECTION_CODE], help_text="一个大写字母，如J。")
    title = forms.CharField(label="名称", max_length=40)
    aspect = forms.ChoiceField(label="所属方面", choices=Aspect.choices)


class ItemForm(forms.Form):
    code = forms.CharField(
        label="代码", max_length=3, validators=[ITEM_CODE], help_text="部分代码加两位数字，如A06；已有的代码会被修改。"
    )
    text = forms.CharField(label="检查内容", max_length=120, help_text="写成“是”为合格、“否”为问题的一句话。")
    severity = forms.ChoiceField(label="严重程度", choices=Severity.choices)
    basis = forms.CharField(label="依据", max_length=120, required=False)
    photo = forms.ChoiceField(label="拍照", choices=PhotoRule.choices, initial=PhotoRule.MAY)
    officer_only = forms.BooleanField(label="监督员通常无法查看，由检查人员核查", required=False)


class EditItemForm(ItemForm):
    """A question of a draft; its code stays."""

    code = None
