"""Entering runaways and searches, and showing that a period had none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alerts import forms, queries, rules
from alerts.operations import reporting
from foundation.core import clock
from foundation.core.pages import OperationPage, Page, dressed


class EnterRunaway(OperationPage):
    slug, label, kind, per_object = "add", "登记爆雷跑路", "main", False
    rule = rules.can_handle_some
    form_class = forms.RunawayForm
    effect = "按发生日期计入统计（起）；登记有误的可以更正。"
    done = "已登记。"

    def run(self, *, by, at, **facts):
        return reporting.enter_runaway(by=by, at=at, **facts)


class StrikeRunaway(OperationPage):
    slug, label, kind = "strike", "更正：登记有误", "danger"
    rule = rules.can_strike_runaway
    form_class = forms.WhyForm
    effect = "不再计入统计；原记录仍可查看。"
    done = "已更正。"

    def run(self, *, by, at, reason):
        return reporting.strike_runaway(runaway=self.row, reason=reason, by=by, at=at)


class NoteSearch(OperationPage):
    slug, label, kind, per_object = "add", "登记排查", "main", False
    rule = rules.can_handle_some
    form_class = forms.SearchForm
    effect = "写明查过哪些来源、查的是哪几天；每天都排查过的月份，0起才有依据。"
    done = "已登记排查。"

    def run(self, *, by, at, **facts):
        return reporting.note_search(by=by, at=at, **facts)


class Proof(Page):
    """期间核查: how many in a period, and the searches that make a zero count."""

    slug, label, per_object = "proof", "期间核查", False
    rule = rules.can_view
    template_name = "alerts/proof.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        today = clock.today()
        given = {"first": today.replace(day=1), "last": today}
        form = dressed(forms.PeriodForm(request.GET if "first" in request.GET else None, initial=given))
        if form.is_valid():
            given = {name: form.cleaned_data[name] for name in given}
        count, searched = queries.incidents(request.actor, **given)
        notes = queries.searches(request.actor, **given)
        rows = notes.select_related("jurisdiction", "searched_by")[:200]
        return self.render(form=form, count=count, searched=searched, notes=rows, **given)
