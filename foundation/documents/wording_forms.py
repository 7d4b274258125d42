"""Forms of a bureau's own words."""

from __future__ import annotations

from django import forms

from foundation.core import clock

from . import local_words
from .templates import DocumentTemplate
from .wording import all_in_use

HOW = (
    "一行一段。{字段}处填入该项内容，{#字段}是表格或列表的条数；表格和列表须单独占一行。"
    "“主送：”开头的是抬头，“手填：”列出手写的项目，“标签｜内容”连续几行排成表。"
    "必填字段一个都不能少。全部删空并提交，就是恢复标准格式。"
)


class KindForm(forms.Form):
    kind = forms.ChoiceField(label="文书种类", choices=(), help_text="下一步给出这种文书现在的格式文本。")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        found = [template.kind for template in all_in_use() if local_words.changeable(template)]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in found]


class WordingForm(forms.Form):
    title = forms.CharField(label="标题", max_length=60, required=False, help_text="不填则用标准标题。")
    text = forms.CharField(
        label="格式文本", max_length=local_words.LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 22})
    )
    basis = forms.CharField(label="依据", max_length=200, help_text="如：某市教育局关于印发行政检查文书格式的通知。")
    effective_on = forms.DateField(label="启用日期", initial=clock.today)

    def __init__(self, *args, template: DocumentTemplate, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        names = [f"{{{field.label}}}" + ("" if field.required else "(选填)") for field in template.fields]
        self.fields["text"].help_text = f"{HOW} 可用字段：{'、'.join(names)}"


class DecisionForm(forms.Form):
    remark = forms.CharField(label="审核意见", max_length=300, required=False)


class RefusalForm(forms.Form):
    remark = forms.CharField(label="不批准的理由", max_length=300)
