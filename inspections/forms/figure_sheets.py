"""Forms of sheets of figures."""

from __future__ import annotations

from datetime import timedelta

from django import forms

from foundation.core import clock

WORDS = forms.Textarea(attrs={"rows": 3})


class SheetForm(forms.Form):
    SIDE_BY_SIDE = (("period_from", "period_to"),)

    title = forms.CharField(label="表名", max_length=120)
    period_from = forms.DateField(label="期间起")
    period_to = forms.DateField(label="期间止", help_text="起止两天都算在内。")
    remark = forms.CharField(label="情况说明", max_length=1000, required=False, widget=WORDS)


def last_month() -> dict[str, object]:
    """What a monthly sheet usually says: the month before this one."""
    last = clock.today().replace(day=1) - timedelta(days=1)
    title = f"{last.year}年{last.month}月校外培训治理工作月报"
    return {"title": title, "period_from": last.replace(day=1), "period_to": last}


class RecountForm(forms.Form):
    remark = forms.CharField(label="情况说明", max_length=1000, required=False, widget=WORDS)


class ReviewForm(forms.Form):
    remark = forms.CharField(label="审核意见", max_length=300, required=False)


class ReturnForm(forms.Form):
    remark = forms.CharField(label="退回理由", max_length=300)
