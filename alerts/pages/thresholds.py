"""预警阈值: proposed by one person, decided by another."""

from __future__ import annotations

from alerts import forms, rules
from alerts.operations import thresholds
from contracts.forms import ApproveForm, RefuseForm
from contracts.workflow import APPROVE_LIMIT, REFUSE_LIMIT
from foundation.core.pages import OperationPage, StepPage


class ProposeThreshold(OperationPage):
    slug, label, kind, per_object = "add", "提出阈值", "main", False
    rule = rules.can_propose_thresholds
    form_class = forms.ThresholdForm
    effect = "须由另一人批准后，从施行日起适用于本单位辖区；以前的预警和评分不变。"
    done = "已提出，等待另一人审批。"

    def run(self, *, by, at, **facts):
        return thresholds.propose_threshold(by=by, at=at, **facts)


class ApproveThreshold(StepPage):
    slug, label, kind = "approve", "批准", "main"
    rule, step = rules.can_decide_threshold, APPROVE_LIMIT
    form_class = ApproveForm
    effect = "从施行日起，本单位辖区每晚按新的数值核对。"
    done = "已批准。"

    def run(self, *, by, at, remark):
        return thresholds.approve_threshold(threshold=self.row, remark=remark, by=by, at=at)


class RefuseThreshold(StepPage):
    slug, label, kind = "refuse", "不批准", "danger"
    rule, step = rules.can_decide_threshold, REFUSE_LIMIT
    form_class = RefuseForm
    effect = "现行阈值不变。"
    done = "已不批准。"

    def run(self, *, by, at, remark):
        return thresholds.refuse_threshold(threshold=self.row, remark=remark, by=by, at=at)
