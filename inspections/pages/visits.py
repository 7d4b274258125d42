"""Pages of visits and findings."""

from __future__ import annotations

from foundation.core.pages import OperationPage, StepPage
from inspections import workflow
from inspections.enums import Source
from inspections.forms import visits as forms
from inspections.operations import findings
from inspections.operations import records as record_papers
from inspections.operations import visits as operations
from inspections.records import situation_of
from inspections.rules import visits as rules


class FileVisit(OperationPage):
    """At an institution's or an unlicensed site's page: a visit that was made is entered at the desk."""

    slug, label, kind = "visit", "登记检查", "plain"
    leads = True
    rule = rules.can_file_at_desk
    form_class = forms.VisitForm
    effect = "登记后计入检查家次，不能修改；登记错误的须由另一人作废后重新登记。"
    done = "检查已登记。"

    def form_kwargs(self) -> dict:
        return {"actor": self.request.actor, "subject": self.row}

    def run(self, *, by, at, **cleaned):
        return operations.file_visit(report=self.form.report(), by=by, at=at, source=Source.DESK)


class IssueSiteRecord(OperationPage):
    slug, label = "site-record", "现场检查记录"
    rule = rules.can_issue_record_now
    form_class = forms.SiteRecordForm
    effect = "将编号出具《现场检查记录》：检查时间、人员、发现的问题、人数和照片取自本记录，没有登记的在纸上留空手填。"
    done = "现场检查记录已出具，请打印后由双方逐页签名。"

    def form_kwargs(self) -> dict:
        return {"initial": {"situation": situation_of(self.row), "statement": self.row.statement}}

    def run(self, *, by, at, **words):
        record_papers.issue_site_record(visit=self.row, by=by, at=at, **words)
        return self.row


class VoidVisit(OperationPage):
    slug, label, kind = "void", "作废", "danger"
    rule = rules.can_void_now
    form_class = forms.VoidForm
    effect = "这条记录不再计入任何统计，但会连同理由保留。"
    done = "已作废。"

    def run(self, *, by, at, reason):
        return operations.void_visit(visit=self.row, reason=reason, by=by, at=at)


class ConfirmFinding(StepPage):
    slug, label, kind = "confirm", "核实属实", "main"
    rule, step = rules.can_judge_finding, workflow.CONFIRM
    form_class = forms.ConfirmForm
    effect = "该问题计入发现问题，监督员会收到核实结果。"
    done = "已核实。"

    def run(self, *, by, at, remark):
        return findings.confirm_finding(finding=self.row, remark=remark, by=by, at=at)


class DismissFinding(StepPage):
    slug, label = "dismiss", "核实不属实"
    rule, step = rules.can_judge_finding, workflow.DISMISS
    form_class = forms.DismissForm
    effect = "该问题不计入统计，监督员会收到核实情况。"
    done = "已核实。"

    def run(self, *, by, at, remark):
        return findings.dismiss_finding(finding=self.row, remark=remark, by=by, at=at)
