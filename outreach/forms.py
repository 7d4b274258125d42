"""Forms of outreach, meetings and honours."""

from __future__ import annotations

import re

from django import forms

from foundation.core import clock
from foundation.core.forms import LinesField

from .enums import Channel, MeetingKind

WORDS = forms.Textarea(attrs={"rows": 3})
ATTENDEE = re.compile(r"(.+?)[\s:：,，]*(\d{1,4})\s*人?")


class OutreachForm(forms.Form):
    SIDE_BY_SIDE = (("channel", "happened_on"), ("place", "audience"))

    channel = forms.ChoiceField(label="渠道", choices=Channel.choices)
    happened_on = forms.DateField(label="日期", initial=clock.today)
    title = forms.CharField(label="内容", max_length=120)
    place = forms.CharField(
        label="地点或载体", max_length=120, required=False, help_text="如：社区名称、报刊、公众号名称。"
    )
    audience = forms.IntegerField(label="受众(人次)", min_value=1, max_value=99_999_999, required=False)
    at_least = forms.BooleanField(label="受众为约数，统计时写“余”", required=False)
    link = forms.URLField(label="链接", max_length=300, required=False, assume_scheme="https")

    def clean(self) -> dict:
        given = super().clean()
        if given.get("at_least") and not given.get("audience"):
            self.add_error("audience", "约数须写明人次。")
        return given


class MeetingForm(forms.Form):
    SIDE_BY_SIDE = (("kind", "happened_on"),)

    kind = forms.ChoiceField(label="种类", choices=MeetingKind.choices)
    happened_on = forms.DateField(label="日期", initial=clock.today)
    title = forms.CharField(label="会议名称", max_length=120)
    organiser = forms.CharField(label="召集单位", max_length=120)
    attendees = LinesField(label="参加单位和人数", max_length=3000, help_text="一行一个单位，如：市场监管局 2人。")
    topics = forms.CharField(label="议题", max_length=2000, widget=WORDS)
    decisions = forms.CharField(label="议定事项", max_length=3000, required=False, widget=WORDS)

    def clean_attendees(self) -> list[tuple[str, int]]:
        """(organ, 人) of each line."""
        found = []
        for line in self.cleaned_data["attendees"]:
            shape = ATTENDEE.fullmatch(line)
            if shape is None or int(shape[2]) == 0:
                raise forms.ValidationError(f"“{line[:20]}”没有写明人数，请写成“单位 2人”。")
            found.append((shape[1].strip(), int(shape[2])))
        return found


class HonourForm(forms.Form):
    SIDE_BY_SIDE = (("giver", "happened_on"),)

    title = forms.CharField(label="荣誉名称", max_length=120)
    giver = forms.CharField(label="授予单位", max_length=120)
    happened_on = forms.DateField(label="授予日期", initial=clock.today)
    document = forms.CharField(label="文件", max_length=200, required=False, help_text="文号或文件名称。")


class PeriodForm(forms.Form):
    """By default this year until today."""

    SIDE_BY_SIDE = (("first", "last"),)

    first = forms.DateField(label="从", required=False)
    last = forms.DateField(label="到", required=False)

    def clean(self) -> dict:
        given = super().clean()
        given["last"] = given.get("last") or clock.today()
        given["first"] = given.get("first") or given["last"].replace(month=1, day=1)
        if given["first"] > given["last"]:
            self.add_error("last", "结束日期不能早于开始日期。")
        return given
