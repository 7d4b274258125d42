"""受理: the pages that decide what becomes of a clue."""

from __future__ import annotations

from django.db import models

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.pages import OperationPage, StepPage

from . import forms, queries, rules, timing, workflow
from .enums import OWN_PEOPLE, ClueState
from .operations import callbacks, triage

USUAL_DELAY = 3


class Accept(StepPage):
    slug, label, kind = "accept", "受理", "main"
    rule, step = rules.can_handle, workflow.ACCEPT
    form_class = forms.AcceptForm
    effect = "反映人凭凭证看到“已受理”。等待期内不能安排现场核查。"
    done = "已受理。"

    def form_kwargs(self) -> dict:
        waits = self.row.channel not in OWN_PEOPLE
        return {"initial": {"urgency": self.row.urgency, "delay_days": USUAL_DELAY if waits else 0}}

    def run(self, *, by, at, urgency, delay_days):
        return triage.accept_clue(clue=self.row, urgency=urgency, delay_days=delay_days, by=by, at=at)


class RefuseClue(StepPage):
    slug, label, kind = "refuse", "不予受理", "danger"
    rule, step = rules.can_handle, workflow.REFUSE
    form_class = forms.RefuseClueForm
    effect = "线索到此结束，不能恢复。"
    done = "已不予受理。"

    def run(self, *, by, at, reason):
        return triage.refuse_clue(clue=self.row, reason=reason, by=by, at=at)


class HandOver(StepPage):
    slug, label = "hand-over", "移交其他单位"
    rule, step = rules.can_handle, workflow.HAND_OVER
    form_class = forms.HandOverForm
    effect = "移交后由接收单位办理，本单位不再看到这条线索；接收单位可以退回一次。"
    done = "已移交。"

    def run(self, *, by, at, to, reason):
        return triage.hand_over(clue=self.row, to=to, reason=reason, by=by, at=at)

    def next_url(self, result: models.Model | None) -> str:
        return self.register.list_url()


class GiveBack(StepPage):
    slug, label = "give-back", "退回移交单位"
    rule, step = rules.can_handle, workflow.GIVE_BACK
    form_class = forms.ReasonForm
    effect = "只能退回一次；再次移交来的必须办理。"
    done = "已退回。"

    def run(self, *, by, at, reason):
        return triage.give_back(clue=self.row, reason=reason, by=by, at=at)

    def next_url(self, result: models.Model | None) -> str:
        return self.register.list_url()


class Merge(StepPage):
    slug, label = "merge", "并入另一条"
    rule, step = rules.can_handle, workflow.MERGE
    form_class = forms.MergeForm
    effect = "两条一起办理，计为“另有1人反映”；反映人凭凭证看到那一条的进展，看不到其他人的内容。"
    done = "已并入。"

    def run(self, *, by, at, into):
        return triage.merge_clue(clue=self.row, into=into, by=by, at=at)


class AskForCheck(OperationPage):
    slug, label = "ask-check", "交办现场核查"
    rule = rules.can_handle
    form_class = forms.CheckForm
    effect = "承办单位只收到地点、核查要点和期限，看不到反映内容，也不知道有人反映。"
    done = "已交办。"

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return super().offered_to(actor, row) and row.state in timing.RUNNING

    def form_kwargs(self) -> dict:
        fitting = queries.departments_for(self.row, on=clock.today())
        return {"actor": self.request.actor, "initial": {"organs": [organ.pk for organ in fitting]}}

    def run(self, *, by, at, organs, due_on):
        triage.ask_for_check(clue=self.row, organs=organs, due_on=due_on, by=by, at=at)
        return self.row


class RecordCallBack(OperationPage):
    slug, label = "call-back", "登记回访"
    rule = rules.can_call_back
    form_class = forms.CallBackForm
    effect = "每条线索回访一次；不满意的会提醒核查人。"
    done = "已登记回访。"

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return super().offered_to(actor, row) and row.state == ClueState.CLOSED and not hasattr(row, "call_back")

    def run(self, *, by, at, satisfaction, words):
        callbacks.record_call_back(clue=self.row, satisfaction=satisfaction, words=words, by=by, at=at)
        return self.row
