"""Supervisors in office: the months at a glance, and what happens to a term."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.pages import OperationPage, Page, StepPage
from supervisors import duties, forms, ledger, queries, rules, workflow
from supervisors.models import Supervisor
from supervisors.months import Month
from supervisors.operations import reports, terms
from supervisors.telling import TOLD

SHOWN_MONTHS = 6


class Overview(Page):
    """监督员履职一览: rows are supervisors, columns months, shortfalls first."""

    slug, label, kind, per_object = "overview", "监督员履职一览", "main", False
    rule = rules.can_view
    template_name = "supervisors/overview.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        on = clock.today()
        this = Month.of(on)
        until = Month.parsed(request.GET.get("until", "")) or this
        until = min(until, this)
        visible = Supervisor.objects.visible_to(request.actor)
        shown = duties.overview(visible, until=until, number=SHOWN_MONTHS, on=on)
        return self.render(
            overview=shown,
            total=duties.total(visible),
            areas=duties.by_area(shown.lines),
            composition=queries.composition(duties.supervised(request.actor)),
            earlier=until.back(),
            later=until.back(-1) if until < this else None,
        )


class Visits(Page):
    """The rows behind a number: one supervisor's visits, of a month when the address names one."""

    slug, label = "visits", "走访记录"
    rule = rules.can_view
    template_name = "supervisors/visits.html"
    http_method_names = ["get"]

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return cls.rule(actor)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        month = Month.parsed(request.GET.get("month", ""))
        rows = duties.visits_of_month(self.row, month) if month else duties.visits_of(self.row)
        return self.render(month=month, visits=list(rows.select_related("jurisdiction")[:500]))


class MonthRows(Page):
    """What one supervisor did in a month, duty by duty: the rows behind the numbers of the ledger."""

    slug, label = "month", "当月履职"
    rule = rules.can_view
    template_name = "supervisors/month.html"
    http_method_names = ["get"]

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return cls.rule(actor)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        this = Month.of(clock.today())
        month = min(Month.parsed(request.GET.get("month", "")) or this, this)
        told = [(duty, *_lines(request.actor, duty.key, rows)) for duty, rows in ledger.rows_of(self.row, month)]
        return self.render(month=month, told=told, earlier=month.back(), later=month.back(-1) if month < this else None)


def _lines(actor: Actor, key: str, rows: QuerySet) -> tuple[list[tuple[object, str, str]], int]:
    """(day, words, address) of the rows that the actor may read, and how many others there are."""
    told = TOLD[key]
    seen = rows.visible_to(actor) if told.register else rows.select_related("training") if key == "trained" else rows
    lines = [
        (
            told.day_of(row),
            told.words(row),
            reverse(f"admin:supervisors_{told.register}_change", args=[row.pk]) if told.register else "",
        )
        for row in seen
    ]
    return lines, rows.count() - len(lines)


class IssueReport(OperationPage):
    slug, label = "report", "月度报告"
    rule = rules.can_issue_report
    form_class = forms.MonthReportForm
    effect = "将编号出具这个月的《监督员月度报告》，数字和事项取自履职台账，此后的补录不再改变它。"
    done = "月度报告已出具，请交监督员签名。"

    def form_kwargs(self) -> dict[str, Any]:
        return {"supervisor": self.row}

    def run(self, *, by, at, month, remark):
        reports.issue_report(supervisor=self.row, month=Month.parsed(month), remark=remark, by=by, at=at)
        return self.row


class ReviewYear(OperationPage):
    slug, label = "review", "年度考核"
    rule = rules.can_manage
    form_class = forms.YearReviewForm
    effect = "考核结果记入档案，不能修改；不合格的不能续聘。"
    done = "已记入年度考核。"

    def run(self, *, by, at, **facts):
        terms.review_year(supervisor=self.row, by=by, at=at, **facts)
        return self.row


class TermPage(OperationPage):
    rule = rules.can_change_term


class Renew(TermPage):
    slug, label, kind = "renew", "续聘", "main"
    form_class = forms.RenewForm
    effect = "聘期自原聘期满起顺延；原聘书和监督员证作废，换发新证。"
    done = "已续聘并换发新证。"

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"months": self.row.recruitment.term_months}}

    def run(self, *, by, at, months):
        return terms.renew(supervisor=self.row, months=months, by=by, at=at)


class ChangeArea(TermPage):
    slug, label = "area", "调整责任区域"
    form_class = forms.AreaForm
    effect = "手机端可见的机构随之改变；原聘书和监督员证作废，换发新证。"
    done = "已调整责任区域并换发新证。"

    def form_kwargs(self) -> dict[str, Any]:
        return {"supervisor": self.row}

    def run(self, *, by, at, area):
        return terms.change_area(supervisor=self.row, area=area, by=by, at=at)


class Dismiss(StepPage):
    slug, label, kind, step = "dismiss", "解聘", "danger", workflow.DISMISS
    rule = rules.can_manage
    form_class = forms.ReasonForm
    effect = "岗位立即终止，聘书和监督员证作废，公众网站不再显示；走访记录保留。"
    done = "已解聘。"

    def run(self, *, by, at, reason):
        return terms.dismiss(supervisor=self.row, reason=reason, by=by, at=at)


class LetResign(StepPage):
    slug, label, step = "resign", "辞聘", workflow.RESIGN
    rule = rules.can_manage
    form_class = forms.ReasonForm
    effect = "岗位立即终止，聘书和监督员证作废，公众网站不再显示；走访记录保留。"
    done = "已办理辞聘。"

    def run(self, *, by, at, reason):
        return terms.let_resign(supervisor=self.row, reason=reason, by=by, at=at)
