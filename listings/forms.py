"""Forms of the lists' staff pages. They parse and offer initial values; all rules live in the operations."""

from __future__ import annotations

from django import forms

from foundation.core import clock


class ProposalForm(forms.Form):
    reason = forms.CharField(label="列入事由", max_length=300, help_text="将向社会公布，请写明事实，不写个人信息。")
    basis = forms.CharField(label="依据", max_length=200, help_text="法律法规或文件名称和条款。")
    evidence = forms.CharField(
        label="证据材料", max_length=2000, required=False, widget=forms.Textarea, help_text="供审核人查看，不公布。"
    )
    effective_on = forms.DateField(label="列入日期", initial=clock.today)
    until = forms.DateField(label="期限至")


class BulkProposalForm(ProposalForm):
    until = forms.DateField(label="期限至", required=False, help_text="不填的，每家为12个月，或许可有效期至(较早者)。")
    field_order = ["reason", "basis", "evidence", "effective_on", "until"]


class RemarkForm(forms.Form):
    remark = forms.CharField(label="审核意见", max_length=300, required=False)


class RefusalForm(forms.Form):
    remark = forms.CharField(label="理由", max_length=300)


class RemovalForm(forms.Form):
    reason = forms.CharField(label="移出事由", max_length=300, help_text="如：信用修复核查通过、机构申请、列入有误。")
