"""Pages of sheets of figures: each one form, one rule, one operation."""

from __future__ import annotations

from django.urls import reverse

from foundation.core import clock
from foundation.core.pages import OperationPage, StepPage
from inspections import workflow
from inspections.forms import figure_sheets as forms
from inspections.models import FigureSheet
from inspections.operations import figure_sheets as operations
from inspections.rules import figure_sheets as rules

COUNTED = "系统按登记的记录统计本单位辖区的数字并固定下来，由另一人审核后编号出具。"


class PrepareSheet(OperationPage):
    slug, label, kind, per_object = "prepare", "编制月报", "main", False
    rule = rules.can_prepare
    form_class = forms.SheetForm
    effect = COUNTED
    done = "已编制，待另一人审核。"

    def form_kwargs(self) -> dict:
        return {"initial": forms.last_month()}

    def run(self, *, by, at, **given) -> FigureSheet:
        return operations.prepare_sheet(by=by, at=at, **given)


class PrepareCampaignSheet(OperationPage):
    """Contributed to a campaign's page: only what counts in the campaign is counted."""

    slug, label = "sheet", "编制统计表"
    rule = rules.can_prepare_for
    form_class = forms.SheetForm
    effect = COUNTED
    done = "已编制，待另一人审核。"

    def form_kwargs(self) -> dict:
        until = min(self.row.ends_on, clock.today())
        known = {"title": f"{self.row.name}统计表", "period_from": self.row.starts_on, "period_to": until}
        return {"initial": known}

    def run(self, *, by, at, **given) -> FigureSheet:
        return operations.prepare_sheet(campaign=self.row, by=by, at=at, **given)

    def next_url(self, result: FigureSheet) -> str:
        return reverse("admin:inspections_figuresheet_change", args=[result.pk])


class Recount(StepPage):
    slug, label, step = "recount", "重新统计", workflow.RECOUNT_SHEET
    rule = rules.can_keep
    form_class = forms.RecountForm
    effect = "按现在的记录重新统计，您成为编制人，须由另一人审核。"
    done = "已重新统计，待另一人审核。"

    def form_kwargs(self) -> dict:
        return {"initial": {"remark": self.row.remark}}

    def run(self, *, by, at, remark):
        return operations.recount_sheet(sheet=self.row, remark=remark, by=by, at=at)


class Approve(StepPage):
    slug, label, kind, step = "approve", "审核通过", "main", workflow.APPROVE_SHEET
    rule = rules.can_review
    form_class = forms.ReviewForm
    effect = "数字按编制时的统计固定，经办人可以编号出具。"
    done = "已审核。"

    def run(self, *, by, at, remark):
        return operations.approve_sheet(sheet=self.row, remark=remark, by=by, at=at)


class Return(StepPage):
    slug, label, step = "return", "退回", workflow.RETURN_SHEET
    rule = rules.can_review
    form_class = forms.ReturnForm
    effect = "退回编制人核对后重新统计。"
    done = "已退回。"

    def run(self, *, by, at, remark):
        return operations.return_sheet(sheet=self.row, remark=remark, by=by, at=at)


class Withdraw(StepPage):
    slug, label, kind, step = "withdraw", "撤回", "danger", workflow.WITHDRAW_SHEET
    rule = rules.can_keep
    effect = "不再办理；记录保留，同一期间可以重新编制。"
    done = "已撤回。"

    def run(self, *, by, at):
        return operations.withdraw_sheet(sheet=self.row, by=by, at=at)


class Issue(StepPage):
    slug, label, kind, step = "issue", "出具", "main", workflow.ISSUE_SHEET
    rule = rules.can_keep
    effect = "将编号出具，数字是编制时统计的；以后的补录不改变它。"
    done = "统计表已出具。"

    def run(self, *, by, at):
        return operations.issue_sheet(sheet=self.row, by=by, at=at)
