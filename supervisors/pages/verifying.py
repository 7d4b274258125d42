"""Clues handed to supervisors."""

from __future__ import annotations

from clues.rules import can_handle
from clues.workflow import CLUE
from foundation.core.pages import OperationPage, StepPage
from supervisors import forms, rules, workflow
from supervisors.operations import verifying


class AssignClue(OperationPage):
    """On a clue's page."""

    slug, label = "assign-supervisor", "交监督员核查"
    rule = can_handle
    form_class = forms.AssignClueForm
    effect = "监督员只看到核查对象、地址和核查要点，看不到反映内容和反映人。"
    done = "已交监督员核查。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and not CLUE.is_final(row.state)

    def form_kwargs(self) -> dict:
        return {"actor": self.request.actor, "clue": self.row}

    def run(self, *, by, at, supervisor, due_on):
        return verifying.assign_clue(clue=self.row, supervisor=supervisor, due_on=due_on, by=by, at=at)


class CancelTask(StepPage):
    slug, label, kind, step = "cancel", "撤回", "danger", workflow.CANCEL_TASK
    rule = rules.can_take_back
    form_class = forms.CancelTaskForm
    effect = "监督员不再需要核查。"
    done = "已撤回。"

    def run(self, *, by, at, reason):
        return verifying.cancel_task(task=self.row, reason=reason, by=by, at=at)
