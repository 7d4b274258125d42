"""Forms of reports and of their plans."""

from __future__ import annotations

from django import forms

from foundation.accounts.models import Organ, Post
from foundation.core import clock
from foundation.core.forms import ActorForm

from . import plans
from .keepers import keepers
from .models.plans import LAST_DAY
from .seasons import month_before

WORDS = forms.Textarea(attrs={"rows": 3})


class ReportForm(forms.Form):
    SIDE_BY_SIDE = (("period_from", "period_to"),)

    title = forms.CharField(label="表名", max_length=120)
    period_from = forms.DateField(label="期间起")
    period_to = forms.DateField(label="期间止", help_text="起止两天都算在内。")
    remark = forms.CharField(label="情况说明", max_length=1000, required=False, widget=WORDS)


def last_month() -> dict[str, object]:
    """What a monthly report usually says: the month before this one."""
    first, last = month_before(clock.today())
    return {"title": plans.title_of(first), "period_from": first, "period_to": last}


HELP = (
    "数字写成【指标名】，由系统统计，如【检查家次】；名称后面可以加“·时段”“·专项行动名称里的字”“·分类”，如【检查家次·寒假巡查】"
    "【出动人次·双减以来】【检查家次·学科类】。要印别的数字，写【检查家次=7400】，会注明人工填写。"
)


class BulletinForm(forms.Form):
    SIDE_BY_SIDE = (("period_from", "period_to"),)

    title = forms.CharField(label="标题", max_length=120)
    period_from = forms.DateField(label="期间起")
    period_to = forms.DateField(label="期间止", help_text="没有写时段的数字统计这个期间；状态类数字以最后一天为准。")
    body = forms.CharField(label="正文", max_length=20_000, widget=forms.Textarea(attrs={"rows": 16}), help_text=HELP)
    remark = forms.CharField(label="情况说明", max_length=1000, required=False, widget=WORDS)


class RecountBulletinForm(forms.Form):
    body = forms.CharField(label="正文", max_length=20_000, widget=forms.Textarea(attrs={"rows": 16}), help_text=HELP)
    remark = forms.CharField(label="情况说明", max_length=1000, required=False, widget=WORDS)


class RecountForm(forms.Form):
    remark = forms.CharField(label="情况说明", max_length=1000, required=False, widget=WORDS)


class ReviewForm(forms.Form):
    remark = forms.CharField(label="审核意见", max_length=300, required=False)


class ApproveForm(ReviewForm):
    """With the number of the counting that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(forms.Form):
    remark = forms.CharField(label="退回理由", max_length=300)


class ReviseForm(forms.Form):
    reason = forms.CharField(label="修订原因", max_length=1000, widget=WORDS, help_text="会印在修订稿上。")


class PlanForm(ActorForm):
    day = forms.IntegerField(label="每月几日", min_value=1, max_value=LAST_DAY, initial=3)
    keeper = forms.ModelChoiceField(label="编制人", queryset=Post.objects.none())

    def narrow(self) -> None:
        organ = Organ.objects.get(pk=self.actor.organ_id)
        self.fields["keeper"].queryset = keepers(organ, on=clock.today())
        self.fields["keeper"].empty_label = "请选择本单位的经办人"
        self.fields["keeper"].label_from_instance = lambda post: f"{post.user.name}（{post.get_role_display()}）"
