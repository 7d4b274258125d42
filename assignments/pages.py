"""Pages of 交办: a button is offered only in a state in which its step exists."""

from __future__ import annotations

from foundation.core.pages import OperationPage, StepPage

from . import forms, rules, workflow
from .operations import assign as operations


class Assign(OperationPage):
    slug, label, kind, per_object = "assign", "交办任务", "main", False
    rule = rules.can_assign
    form_class = forms.AssignForm
    effect = "每个承办单位将收到一项任务和办理期限。"
    done = "已交办。"

    def run(self, *, by, at, **facts):
        return operations.assign(by=by, at=at, **facts)


class PassOn(Assign):
    slug, label, kind, per_object = "pass-on", "向下转办", "plain", True
    rule = rules.can_pass_on
    effect = "任务将转给下级单位或部门；本单位仍须按期反馈。"

    def form_kwargs(self) -> dict:
        given = self.row.assignment
        initial = {"title": given.title, "content": given.content, "urgency": given.urgency, "due_on": self.row.due_on}
        return {**super().form_kwargs(), "initial": initial}

    def run(self, *, by, at, **facts):
        operations.assign(parent=self.row, by=by, at=at, **facts)
        return self.row


class Receive(StepPage):
    slug, label, kind = "receive", "签收", "main"
    rule, step = rules.can_answer, workflow.RECEIVE
    effect = "签收后请在期限内反馈办理情况。"
    done = "已签收。"

    def run(self, *, by, at):
        return operations.receive(part=self.row, by=by, at=at)


class Answer(StepPage):
    slug, label, kind = "answer", "反馈办理情况", "main"
    rule, step = rules.can_answer, workflow.ANSWER
    form_class = forms.AnswerForm
    done = "已反馈。"

    def form_kwargs(self) -> dict:
        return {"initial": {"result": self.row.result}}

    def run(self, *, by, at, result):
        return operations.answer(part=self.row, result=result, by=by, at=at)


class Accept(StepPage):
    slug, label, kind = "accept", "办结", "main"
    rule, step = rules.can_judge, workflow.ACCEPT
    form_class = forms.AcceptForm
    done = "已办结。"

    def run(self, *, by, at, remark):
        return operations.accept(part=self.row, remark=remark, by=by, at=at)


class SendBack(StepPage):
    slug, label = "send-back", "退回重办"
    rule, step = rules.can_judge, workflow.SEND_BACK
    form_class = forms.SendBackForm
    effect = "承办单位将按新的期限重新办理。"
    done = "已退回。"

    def run(self, *, by, at, remark, due_on):
        return operations.send_back(part=self.row, remark=remark, due_on=due_on, by=by, at=at)


class Cancel(StepPage):
    slug, label, kind = "cancel", "撤回", "danger"
    rule, step = rules.can_judge, workflow.CANCEL
    form_class = forms.ReasonForm
    effect = "承办单位不再办理，期限同时撤销。"
    done = "已撤回。"

    def run(self, *, by, at, reason):
        return operations.cancel(part=self.row, reason=reason, by=by, at=at)
