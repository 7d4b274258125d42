"""On the page of a grid: the record of what its workers reported."""

from __future__ import annotations

from datetime import timedelta

from django import forms

from foundation.core import clock
from foundation.core.pages import OperationPage

from . import rules
from .operations.grid_records import issue_grid_record


class GridRecordForm(forms.Form):
    SIDE_BY_SIDE = (("period_from", "period_to"),)

    period_from = forms.DateField(label="期间起")
    period_to = forms.DateField(label="期间止", initial=clock.today)
    remark = forms.CharField(
        label="巡查情况",
        max_length=2000,
        required=False,
        help_text="不填则在纸上留空，由网格员自己写。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class IssueGridRecord(OperationPage):
    slug, label = "record", "网格巡查记录"
    rule = rules.can_issue_grid_record
    form_class = GridRecordForm
    effect = "将编号出具期间内的《网格巡查记录》：网格员、上报的线索和办理情况；不含反映内容。"
    done = "网格巡查记录已出具。"

    def form_kwargs(self) -> dict:
        return {"initial": {"period_from": clock.today() - timedelta(days=self.row.cycle_days - 1)}}

    def run(self, *, by, at, **given):
        issue_grid_record(grid=self.row, by=by, at=at, **given)
        return self.row
