"""The form of a person's choices."""

from __future__ import annotations

from django import forms

from . import registry
from .enums import Topic


class PreferenceForm(forms.Form):
    email_topics = forms.MultipleChoiceField(
        label="同时发电子邮件", choices=Topic.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    sms_topics = forms.MultipleChoiceField(
        label="同时发短信", choices=Topic.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    off = forms.MultipleChoiceField(
        label="只留在站内、不发邮件和短信的提醒",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="法定期限的提醒不在其中：邮件始终发送，不能关闭。",
    )
    gathers = forms.BooleanField(
        label="每天汇总成一封邮件和一条短信",
        required=False,
        help_text="早上的各项提醒合在一起，9:00 发出；当天有时限的提醒(例如日报未报)仍单独发送。",
    )
    quiet_from = forms.TimeField(
        label="免打扰起", required=False, help_text="这段时间内的邮件和短信推迟到时段结束后发送。"
    )
    quiet_to = forms.TimeField(label="免打扰止", required=False, help_text="起止都留空表示不设免打扰。")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["off"].choices = [(each.code, f"{each.label}（{each.when}）") for each in registry.optional()]
