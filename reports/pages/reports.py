"""Pages of reports: each one form, one rule, one operation; the workbook; the comparison with the records of today."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from foundation.core import clock
from foundation.core.downloads import as_file
from foundation.core.errors import NotAllowed
from foundation.core.pages import OperationPage, Page, StepPage, dressed
from reports import operations, papers, report_forms, rules, workflow
from reports.beginnings import beginnings
from reports.comparing import compared
from reports.enums import Group, ReportState, SheetKind
from reports.kpis import kpis
from reports.models import Report
from reports.seasons import SEASONS

COUNTED = "系统在后台按登记的记录统计本单位辖区的数字并固定下来，统计好了发消息给您；核对后由另一人审核，再定稿编号。"


class PrepareReport(OperationPage):
    slug, label, kind, per_object = "prepare", "编制月报", "main", False
    rule = rules.can_prepare
    form_class = report_forms.ReportForm
    effect = COUNTED
    done = "已交系统统计，统计好后请核对并请人审核。"

    def form_kwargs(self) -> dict:
        return {"initial": report_forms.last_month()}

    def run(self, *, by, at, **given) -> Report:
        return operations.prepare_report(by=by, at=at, **given)


class PrepareCampaignReport(OperationPage):
    """Contributed to a campaign's page: only what counts in the campaign is counted."""

    slug, label = "sheet", "编制统计表"
    rule = rules.can_prepare_for
    form_class = report_forms.ReportForm
    effect = COUNTED
    done = "已交系统统计，统计好后请核对并请人审核。"

    def form_kwargs(self) -> dict:
        until = min(self.row.ends_on, clock.today())
        known = {"title": f"{self.row.name}统计表", "period_from": self.row.starts_on, "period_to": until}
        return {"initial": known}

    def run(self, *, by, at, **given) -> Report:
        return operations.prepare_report(campaign=self.row, by=by, at=at, **given)

    def next_url(self, result: Report) -> str:
        return reverse("admin:reports_report_change", args=[result.pk])


class ComposeBulletin(OperationPage):
    """``?template=`` fills in one of the paragraphs to begin with."""

    slug, label, per_object = "compose", "编写简报", False
    rule = rules.can_prepare
    form_class = report_forms.BulletinForm
    template_name = "reports/compose.html"
    effect = "正文里的每个数字由系统统计并注明口径，点开就是记录；核对后由另一人审核，再定稿。"
    done = "已交系统统计，统计好后请核对并请人审核。"

    def form_kwargs(self) -> dict:
        title, body = beginnings().get(self.request.GET.get("template", ""), ("", ""))
        today = clock.today()
        period = {"period_from": today.replace(month=1, day=1), "period_to": today}
        return {"initial": {"title": title, "body": body, **period}}

    def context(self, **extra) -> dict:
        groups = [(group.label, [kpi.label for kpi in kpis() if kpi.group == group]) for group in Group]
        begin = [(f"?template={code}", title) for code, (title, _) in beginnings().items()]
        return super().context(begin=begin, groups=groups, seasons=[label for label, _ in SEASONS.values()], **extra)

    def run(self, *, by, at, **given) -> Report:
        return operations.prepare_report(by=by, at=at, **given)


class Recount(StepPage):
    slug, label, step = "recount", "重新统计", workflow.RECOUNT
    rule = rules.can_keep
    form_class = report_forms.RecountForm
    effect = "按现在的记录重新统计，您成为编制人，须由另一人审核；以前统计的数字保留备查。"
    done = "已交系统重新统计。"

    def make_form(self, **given):
        is_bulletin = self.row.kind == SheetKind.BULLETIN
        form_class = report_forms.RecountBulletinForm if is_bulletin else self.form_class
        return dressed(form_class(**given, initial={"remark": self.row.remark, "body": self.row.body}))

    def run(self, *, by, at, **given):
        return operations.recount_report(report=self.row, by=by, at=at, **given)


class Approve(StepPage):
    slug, label, kind, step = "approve", "审核通过", "main", workflow.APPROVE
    rule = rules.can_review
    form_class = report_forms.ApproveForm
    effect = "数字按统计时的记录固定，经办人可以定稿编号。"
    done = "已审核。"

    def form_kwargs(self) -> dict:
        return {"initial": {"seen": self.row.counting.number if self.row.counting else 0}}

    def run(self, **given):
        return operations.approve_report(report=self.row, **given)


class Return(StepPage):
    slug, label, step = "return", "退回", workflow.RETURN
    rule = rules.can_review
    form_class = report_forms.ReturnForm
    effect = "退回编制人核对后重新统计。"
    done = "已退回。"

    def run(self, *, by, at, remark):
        return operations.return_report(report=self.row, remark=remark, by=by, at=at)


class Withdraw(StepPage):
    slug, label, kind, step = "withdraw", "撤回", "danger", workflow.WITHDRAW
    rule = rules.can_keep
    effect = "不再办理；记录保留，同一期间可以重新编制。"
    done = "已撤回。"

    def run(self, *, by, at):
        return operations.withdraw_report(report=self.row, by=by, at=at)


class Issue(StepPage):
    slug, label, kind, step = "issue", "定稿", "main", workflow.ISSUE
    rule = rules.can_keep
    effect = "将编号定稿，生成 PDF 和 Word，数字是统计时的；以后的补录不改变它，要改须编制修订稿。"
    done = "报表已定稿。"

    def run(self, *, by, at):
        return operations.issue_report(report=self.row, by=by, at=at)


class Revise(OperationPage):
    slug, label = "revise", "编制修订稿"
    form_class = report_forms.ReviseForm
    effect = "原报表和原数字不变；系统按现在的记录重新统计，修订稿列出每个改变的数字，同样由另一人审核后定稿。"
    done = "修订稿已交系统统计。"
    rule = rules.can_keep

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return row.state == ReportState.ISSUED and not row.document.is_void and cls.rule(actor, row)

    def run(self, *, by, at, reason) -> Report:
        return operations.revise_report(report=self.row, reason=reason, by=by, at=at)

    def next_url(self, result: Report) -> str:
        return reverse("admin:reports_report_change", args=[result.pk])


class Workbook(Page):
    """Taking the numbers out is an act of its own: a POST that leaves a trace, then the file."""

    slug, label = "workbook", "下载 Excel"
    rule = rules.can_take
    template_name = "staff/take.html"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return row.state != ReportState.COUNTING and row.counting is not None and cls.rule(actor, row)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.render(what="Excel 报表", effect="汇总、分地区和统计口径三张工作表，数字是统计时的。")

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            report = operations.take_workbook(report=self.row, by=request.actor, at=clock.now())
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        counting = report.counting
        lines = list(counting.in_order())
        return as_file(papers.workbook(report, counting, lines), f"{report.title}.xlsx")


class Compare(Page):
    """核对修订: each number as it was counted, beside the same question asked of the records of today."""

    slug, label = "compare", "与现在核对"
    rule = rules.can_view_reports
    template_name = "reports/compare.html"
    http_method_names = ["get"]

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return row.state != ReportState.COUNTING and row.counting is not None and cls.rule(actor)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.render(found=compared(self.row, request.actor))
