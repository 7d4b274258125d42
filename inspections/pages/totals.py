"""Pages of historical totals: each one form, one rule, one operation."""

from __future__ import annotations

from foundation.core.pages import OperationPage, StepPage
from inspections import workflow
from inspections.forms import totals as forms
from inspections.models import HistoricalTotal
from inspections.operations import totals as operations
from inspections.queries.totals import records_in_period
from inspections.rules import totals as rules


class EnterTotal(OperationPage):
    slug, label, kind = "enter", "录入历史汇总", "main"
    per_object = False
    rule = rules.can_enter_totals
    form_class = forms.NewTotalForm
    effect = "由另一人审核确认后，在报表中列在“系统记录”旁边，两个数不相加。"
    done = "已录入，待另一人审核。"

    def run(self, *, by, at, **facts):
        return operations.enter_total(by=by, at=at, **facts)


class ResubmitTotal(StepPage):
    slug, label, kind, step = "resubmit", "更正后重新提交", "main", workflow.RESUBMIT_TOTAL
    rule = rules.can_change_total
    form_class = forms.TotalForm
    effect = "更正后再次由另一人审核。"
    done = "已重新提交，待另一人审核。"

    def form_kwargs(self) -> dict:
        return {"initial": {name: getattr(self.row, name) for name in operations.FACTS}}

    def run(self, *, by, at, **facts):
        return operations.resubmit_total(total=self.row, facts=facts, by=by, at=at)


class ConfirmTotal(StepPage):
    slug, label, kind, step = "confirm", "确认", "main", workflow.CONFIRM_TOTAL
    rule = rules.can_decide_total
    form_class = forms.OpinionForm
    done = "已确认。"

    @property
    def effect(self) -> str:  # type: ignore[override]
        return f"{self.row} 将列入历史汇总。{overlap_in_words(self.row)}"

    def run(self, *, by, at, remark):
        return operations.confirm_total(total=self.row, remark=remark, by=by, at=at)


class ReturnTotal(StepPage):
    slug, label, step = "return", "退回", workflow.RETURN_TOTAL
    rule = rules.can_decide_total
    form_class = forms.ReturnForm
    effect = "退回录入人更正，不计入历史汇总。"
    done = "已退回。"

    def run(self, *, by, at, remark):
        return operations.return_total(total=self.row, remark=remark, by=by, at=at)


class WithdrawTotal(StepPage):
    slug, label, step = "withdraw", "撤回", workflow.WITHDRAW_TOTAL
    rule = rules.can_change_total
    form_class = forms.ReasonForm
    effect = "不再提交审核；记录保留，标为作废。"
    done = "已撤回。"

    def run(self, *, by, at, reason):
        return operations.withdraw_total(total=self.row, reason=reason, by=by, at=at)


class VoidTotal(StepPage):
    slug, label, kind, step = "void", "作废", "danger", workflow.VOID_TOTAL
    rule = rules.can_decide_total
    form_class = forms.ReasonForm
    effect = "不再计入历史汇总；记录保留，这段期间可以重新录入。"
    done = "已作废。"

    def run(self, *, by, at, reason):
        return operations.void_total(total=self.row, reason=reason, by=by, at=at)


def overlap_in_words(total: HistoricalTotal) -> str:
    """The warning for who confirms: the same days are counted from records already."""
    found = records_in_period(total)
    if found is None or not found.records:
        return ""
    amount = f"{found.value:,}{'余' if found.at_least else ''}{total.unit.label}"
    return f"注意：同一期间系统中已有明细记录，共{amount}，请核对文件中的数是否已包括这些记录，以免重复。"
