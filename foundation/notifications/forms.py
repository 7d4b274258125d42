"""The form of a person's choices."""

from __future__ import annotations

from django import forms

from .enums import Topic


class PreferenceForm(forms.Form):
    email_topics = forms.MultipleChoiceField(
        label="同时发电子邮件", choices=Topic.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    sms_topics = forms.MultipleChoiceField(
        label="同时发短信", choices=Topic.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    quiet_from = forms.TimeField(
        label="免打扰起", required=False, help_text="这段时间内的邮件和短信推迟到时段结束后发送。"
    )
    quiet_to = forms.TimeField(label="免打扰止", required=False, help_text="起止都留空表示不设免打扰。")
