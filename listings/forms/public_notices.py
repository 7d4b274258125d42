"""What a paper notice says besides the edition."""

from __future__ import annotations

from django import forms

from listings.enums import NoticeContent


class PublicNoticeForm(forms.Form):
    content = forms.ChoiceField(label="公示内容", choices=NoticeContent.choices)
    objection = forms.CharField(
        label="异议提出方式",
        max_length=500,
        initial="对公示内容有异议的，可以自公示之日起向本机关书面提出。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    contact = forms.CharField(label="联系人和电话", max_length=120)
