"""吹哨报到: the town's pages and the departments' one."""

from __future__ import annotations

from django.db import models

from foundation.core.actor import Actor
from foundation.core.pages import OperationPage, StepPage

from . import rules, whistle_forms, workflow
from .operations import whistles


class Blow(OperationPage):
    slug, label, kind, per_object = "blow", "吹哨", "main", False
    rule = rules.can_whistle
    form_class = whistle_forms.BlowForm
    effect = "被选部门会立即收到通知，并在时限内报到；到时未报到的双方都会收到提醒。"

    def run(self, *, by, at, **facts):
        row = whistles.blow_whistle(by=by, at=at, **facts)
        self.done = f"已吹哨，编号 {row.number}。"
        return row


class ReportIn(OperationPage):
    """On the ticket's page, for the department that is called."""

    slug, label, kind = "report-in", "报到", "main"
    rule = rules.is_called
    effect = "记下本单位到场的时间。"
    done = "已报到。"

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return super().offered_to(actor, row) and not workflow.WHISTLE.is_final(row.state)

    def run(self, *, by, at):
        whistles.report_in(call=self.row.calls.get(organ=by.organ_id), by=by, at=at)
        return self.row


class End(StepPage):
    slug, label, kind = "end", "办结吹哨", "main"
    rule, step = rules.can_end_whistle, workflow.END
    form_class = whistle_forms.EndForm
    done = "已办结。"

    def run(self, *, by, at, result):
        return whistles.end_whistle(whistle=self.row, result=result, by=by, at=at)


class Withdraw(StepPage):
    slug, label, kind = "withdraw", "撤回", "danger"
    rule, step = rules.can_end_whistle, workflow.WITHDRAW_WHISTLE
    form_class = whistle_forms.EndForm
    effect = "被吹哨的部门不用再来。"
    done = "已撤回。"

    def run(self, *, by, at, result):
        return whistles.withdraw_whistle(whistle=self.row, reason=result, by=by, at=at)
