"""What an export asks."""

from __future__ import annotations

from typing import Any

from django import forms

from .declaring import Exportable
from .enums import ExportFormat
from .models import PURPOSE_MIN


class ExportForm(forms.Form):
    """Columns of one register; personal ones are marked, not ticked, and not offered to who may not have them."""

    columns = forms.MultipleChoiceField(label="导出的列", widget=forms.CheckboxSelectMultiple)
    format = forms.ChoiceField(
        label="格式",
        choices=ExportFormat.choices,
        initial=ExportFormat.XLSX,
        widget=forms.RadioSelect,
        help_text="用 Excel 或 WPS 打开请选 XLSX：统一社会信用代码等长数字不会变形。CSV 供系统之间交换。",
    )
    purpose = forms.CharField(
        label="用途",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"含个人信息时必填，至少{PURPOSE_MIN}个字；会写入文件和操作记录。",
    )

    def __init__(self, *args: Any, exportable: Exportable, personal_allowed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [column for column in exportable.columns if personal_allowed or not column.personal]
        self.fields["columns"].choices = [
            (column.key, f"{column.head}（个人信息）" if column.personal else column.head) for column in offered
        ]
        self.fields["columns"].initial = [column.key for column in offered if not column.personal]


class RemarkForm(forms.Form):
    remark = forms.CharField(label="审批意见", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class RejectForm(forms.Form):
    remark = forms.CharField(label="驳回理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
