"""Forms of a campaign's papers and their files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from inspections.attaching import MAX_BYTES
from inspections.enums import PaperKind

AT_ONCE = 3
ACCEPT = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to three files at once; what they are, their bytes say."""

    widget = FilesInput(attrs={"accept": ACCEPT})

    def __init__(self, **given: Any) -> None:
        told = f"PDF、Word(.docx)、Excel(.xlsx) 或图片，每个不超过{MAX_BYTES >> 20}MB，一次最多{AT_ONCE}个。"
        super().__init__(label="附件", help_text=told, **given)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not given:
            super().clean(None, initial)
        if len(given) > AT_ONCE:
            raise forms.ValidationError(f"一次最多上传{AT_ONCE}个文件。")
        return [super(FilesField, self).clean(one, initial) for one in given]


class PaperForm(forms.Form):
    kind = forms.ChoiceField(label="文件种类", choices=PaperKind.choices)
    title = forms.CharField(label="标题", max_length=120)
    reference = forms.CharField(label="文号", max_length=60, required=False)
    dated_on = forms.DateField(label="日期")
    organ_name = forms.CharField(label="制发单位", max_length=120)
    text = forms.CharField(label="内容", max_length=10000, required=False, widget=forms.Textarea(attrs={"rows": 8}))
    files = FilesField(required=False)


class FilesForm(forms.Form):
    files = FilesField()
