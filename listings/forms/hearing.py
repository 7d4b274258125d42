"""Forms of the hearing before a list and of the repair after it."""

from __future__ import annotations

from django import forms

from enforcement.forms.orders import EvidenceForm
from foundation.core.forms import FilesField
from inspections.models import Visit
from listings.models import Repair
from listings.queries import visits_for


class DefenceForm(forms.Form):
    text = forms.CharField(label="陈述申辩内容", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    given_by = forms.CharField(label="提出人", max_length=60, help_text="当事人一方由谁提出，由您代为登记。")
    photos = FilesField(accept="image/*", label="照片", required=False, help_text="当事人附的照片，最多9张。")


class WaiverForm(forms.Form):
    text = forms.CharField(
        label="书面放弃的材料", max_length=1000, help_text="如：2026年11月3日《放弃陈述申辩声明》，盖章原件存卷。"
    )
    given_by = forms.CharField(label="签署人", max_length=60)


class RepairForm(forms.Form):
    text = forms.CharField(label="整改和修复情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    given_by = forms.CharField(label="申请人", max_length=60, help_text="当事人一方由谁申请，由您代为登记。")
    photos = FilesField(accept="image/*", label="证明照片", required=False, help_text="整改后的照片，最多9张。")


class PassRepairForm(EvidenceForm):
    def __init__(self, *args, repair: Repair, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visit"].label = "核查记录"
        self.fields["visit"].help_text = "申请之后、由两名以上人员对该机构进行的检查。还没有的，先登记一次“复查”。"
        self.offer(visits_for(repair))


class RefuseRepairForm(forms.Form):
    visit = forms.ModelChoiceField(
        label="核查记录", queryset=Visit.objects.none(), required=False, empty_label="没有检查(材料不符合条件)"
    )
    remark = forms.CharField(label="未通过的理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, repair: Repair, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visit"].queryset = visits_for(repair)
