"""What people do with an alert, each at its own page; the numbers by county."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alerts import forms, queries, rules, workflow
from alerts.enums import Grade
from alerts.operations import handling, reporting
from foundation.core import clock
from foundation.core.pages import OperationPage, Page, StepPage, contribute
from foundation.core.site import Menu
from institutions.models import Institution
from payouts.queries import hold_on


class AlertStep(StepPage):
    """Offered while the alert is open."""

    step, rule = workflow.CLOSE, rules.can_handle


class TakeAlert(AlertStep):
    slug, label, kind = "take", "认领", "main"
    form_class = forms.TakeForm
    effect = "您将成为负责人；期限不变。"
    done = "已认领。"

    def run(self, *, by, at, action):
        return handling.take_alert(alert=self.row, action=action, by=by, at=at)


class CloseAlert(AlertStep):
    slug, label = "close", "办结"
    form_class = forms.CloseForm
    effect = "分值当即扣除。同一事实不会再次预警；仍持续的情形30天后会再次提示。"
    done = "已办结。"

    def form_kwargs(self) -> dict:
        return {**super().form_kwargs(), "initial": {"action": self.row.action}}

    def run(self, *, by, at, **facts):
        return handling.close_alert(alert=self.row, by=by, at=at, **facts)


class DisagreeAlert(AlertStep):
    slug, label, step = "disagree", "不认同", workflow.DISAGREE
    form_class = forms.WhyForm
    effect = "写明为什么这条预警不成立；分值当即扣除，理由留存备查。"
    done = "已登记不认同。"

    def run(self, *, by, at, reason):
        return handling.disagree_with_alert(alert=self.row, reason=reason, by=by, at=at)


class SendVisit(AlertStep):
    slug, label = "send-visit", "交办上门核实"
    form_class = forms.VisitForm
    effect = "向所选单位交办，特急；办理情况在交办中反馈。"
    done = "已交办。"

    def form_kwargs(self) -> dict:
        words = f"请上门核实：{self.row.words}"
        return {**super().form_kwargs(), "initial": {"content": words, "due_on": clock.today()}}

    def run(self, *, by, at, **facts):
        handling.send_visit(alert=self.row, by=by, at=at, **facts)
        return self.row


class HoldReleases(AlertStep):
    slug, label, kind, rule = "hold", "暂停核拨", "danger", rules.can_hold
    form_class = forms.HoldForm
    effect = "暂停期间不能提请和审核该机构的核拨；退费照常办理。"
    done = "已暂停核拨。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        """Once: while releases are held, a second hold would be refused."""
        return super().offered_to(actor, row) and hold_on(row.institution, on=clock.today()) is None

    def run(self, *, by, at, **facts):
        handling.hold_on_alert(alert=self.row, by=by, at=at, **facts)
        return self.row


class ReportSign(OperationPage):
    slug, label = "risk-sign", "登记风险迹象"
    rule = rules.can_report
    form_class = forms.SignForm
    effect = "今晚核对预警时计入；登记有误的可以更正。"
    done = "已登记风险迹象。"

    def run(self, *, by, at, **facts):
        reporting.report_sign(institution=self.row, by=by, at=at, **facts)
        return self.row


class StrikeSign(OperationPage):
    slug, label, kind = "strike", "更正：登记有误", "danger"
    rule = rules.can_strike_sign
    form_class = forms.WhyForm
    effect = "以后核对预警时不再计入；原记录仍可查看。"
    done = "已更正。"

    def run(self, *, by, at, reason):
        return reporting.strike_sign(sign=self.row, reason=reason, by=by, at=at)


class Counts(Page):
    """风险等级统计: numbers by county, for those who see no rows too."""

    slug, label, per_object = "counts", "风险等级统计", False
    rule = rules.can_see_counts
    menu = Menu("资金", 72, "bar_chart")
    template_name = "alerts/counts.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        lines = queries.counts(request.actor)
        rows = [(line.place, [(grade.label, line.numbers[grade]) for grade in Grade]) for line in lines]
        whole = [(grade.label, sum(line.numbers[grade] for line in lines)) for grade in Grade]
        return self.render(grades=list(Grade), rows=[*rows, ("合计", whole)], opens=rules.can_view(request.actor))


contribute(Institution, ReportSign)
