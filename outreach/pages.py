"""Pages of outreach, meetings and honours; the counts of a period."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from foundation.core.forms import ReasonForm
from foundation.core.pages import OperationPage, Page, dressed

from . import forms, queries, rules
from .enums import Channel, MeetingKind
from .operations import records


class Record(OperationPage):
    slug, label, kind, per_object = "record", "登记", "main", False
    rule = rules.can_record
    done = "已登记。"


class RecordOutreach(Record):
    label, form_class = "登记宣传", forms.OutreachForm

    def run(self, *, by, at, **facts):
        return records.record_outreach(by=by, at=at, **facts)


class RecordMeeting(Record):
    label, form_class = "登记会议", forms.MeetingForm

    def run(self, *, by, at, **facts):
        return records.record_meeting(held=records.Held(**facts), by=by, at=at)


class RecordHonour(Record):
    label, form_class = "登记荣誉", forms.HonourForm

    def run(self, *, by, at, **facts):
        return records.record_honour(by=by, at=at, **facts)


class Void(OperationPage):
    slug, label, kind = "void", "作废", "danger"
    rule = rules.can_void
    form_class = ReasonForm
    effect = "不再计入任何统计，记录保留。"
    done = "已作废。"


class VoidOutreach(Void):
    def run(self, *, by, at, reason):
        return records.void_outreach(row=self.row, reason=reason, by=by, at=at)


class VoidMeeting(Void):
    def run(self, *, by, at, reason):
        return records.void_meeting(row=self.row, reason=reason, by=by, at=at)


class VoidHonour(Void):
    def run(self, *, by, at, reason):
        return records.void_honour(row=self.row, reason=reason, by=by, at=at)


class Figures(Page):
    """宣传会议统计 of a period, each number opening its rows."""

    slug, label, per_object = "figures", "宣传会议统计", False
    rule = rules.can_view
    http_method_names = ["get"]
    template_name = "outreach/figures.html"

    def get(self, request, *args, **kwargs):
        form = dressed(forms.PeriodForm(data=request.GET))
        if not form.is_valid():
            return self.render(form=form, lines=[])
        shown = dressed(forms.PeriodForm(initial=form.cleaned_data))
        return self.render(form=shown, lines=self._lines(form.cleaned_data))

    def _lines(self, days: dict) -> list[tuple[str, str, str, str]]:
        """(what, number, note, address of the rows)."""
        actor = self.request.actor
        told = [
            (
                f"宣传：{Channel(one.channel).label}",
                f"{one.times}次",
                one.people_text,
                _rows("outreach", days, channel=one.channel),
            )
            for one in queries.outreach_by_channel(actor, **days)
        ]
        held = [
            (f"会议：{MeetingKind(kind).label}", f"{number}次", "", _rows("meeting", days, kind=kind))
            for kind, number in queries.meetings_by_kind(actor, **days)
        ]
        return [*told, *held, ("荣誉", f"{queries.honours(actor, **days)}项", "", _rows("honour", days))]


def _rows(register: str, days: dict, **more: str) -> str:
    exact = {f"{name}__exact": value for name, value in more.items()}
    period = {"happened_on__gte": days["first"], "happened_on__lte": days["last"]}
    return f"{reverse(f'admin:outreach_{register}_changelist')}?{urlencode({**exact, **period, 'holds': 'yes'})}"
