"""月报计划: set one, stop one."""

from __future__ import annotations

from foundation.core.pages import OperationPage
from reports import operations, report_forms, rules
from reports.models import ReportPlan


class SetPlan(OperationPage):
    slug, label, kind, per_object = "set", "设定月报计划", "main", False
    rule = rules.can_plan
    form_class = report_forms.PlanForm
    effect = "从本月起，到了这一天系统自动统计上月月报，发消息给编制人核对；系统停机错过的日子会补上。"
    done = "已设定。"

    def run(self, *, by, at, day, keeper) -> ReportPlan:
        return operations.set_plan(day=day, keeper=keeper, by=by, at=at)


class EndPlan(OperationPage):
    slug, label, kind = "end", "停用", "danger"
    rule = rules.can_end_plan
    effect = "以后不再自动编制；已经编制的报表不变。"
    done = "已停用。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return row.ended_at is None and cls.rule(actor, row)

    def run(self, *, by, at) -> ReportPlan:
        return operations.end_plan(plan=self.row, by=by, at=at)
