"""Forms of a campaign's papers and their files."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.core.forms import FilesField
from inspections.attaching import MAX_BYTES
from inspections.enums import PaperKind

AT_ONCE = 3
ACCEPT = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"


def files_field(**given: Any) -> FilesField:
    told = f"PDF、Word(.docx)、Excel(.xlsx) 或图片，每个不超过{MAX_BYTES >> 20}MB，一次最多{AT_ONCE}个。"
    return FilesField(label="附件", help_text=told, accept=ACCEPT, most=AT_ONCE, **given)


class PaperForm(forms.Form):
    kind = forms.ChoiceField(label="文件种类", choices=PaperKind.choices)
    title = forms.CharField(label="标题", max_length=120)
    reference = forms.CharField(label="文号", max_length=60, required=False)
    dated_on = forms.DateField(label="日期")
    organ_name = forms.CharField(label="制发单位", max_length=120)
    text = forms.CharField(label="内容", max_length=10000, required=False, widget=forms.Textarea(attrs={"rows": 8}))
    files = files_field(required=False)


class FilesForm(forms.Form):
    files = files_field()
