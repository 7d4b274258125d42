"""拆封: the pages of who sent a clue."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.pages import OperationPage, StepPage, add_errors

from . import forms, rules, workflow
from .enums import SenderKind
from .operations import senders


class AskForSender(OperationPage):
    """On a clue's page."""

    slug, label = "ask-sender", "申请拆封反映人"
    rule = rules.can_ask_for_sender
    form_class = forms.AskForSenderForm
    effect = "须由另一人批准后，在有效时间内才能查看；申请、审批和每次查看都记入审计。"
    done = "已申请，等待审批。"

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return super().offered_to(actor, row) and row.sender == SenderKind.SEALED

    def run(self, *, by, at, purpose):
        senders.ask_for_sender(clue=self.row, purpose=purpose, by=by, at=at)
        return self.row


class Allow(StepPage):
    slug, label, kind = "allow", "批准", "main"
    rule, step = rules.can_decide_opening, workflow.ALLOW
    form_class = forms.AllowForm
    effect = "申请人在有效时间内可以看到反映人的姓名和联系方式。"
    done = "已批准。"

    def run(self, *, by, at, hours, remark):
        return senders.allow_opening(opening=self.row, hours=hours, remark=remark, by=by, at=at)


class Refuse(StepPage):
    slug, label, kind = "refuse", "不批准", "danger"
    rule, step = rules.can_decide_opening, workflow.REFUSE_OPENING
    form_class = forms.RefuseForm
    effect = "申请人看不到反映人，可以写明新的用途再申请。"
    done = "已不批准。"

    def run(self, *, by, at, remark):
        return senders.refuse_opening(opening=self.row, remark=remark, by=by, at=at)


class ReadSender(OperationPage):
    """Shows it in the answer to the press of the button, and nowhere else: no address leads to a name."""

    slug, label, kind = "read", "查看反映人", "danger"
    rule = rules.can_read_sender
    template_name = "clues/sender.html"
    effect = "本次查看记入审计。请勿抄录、截屏或告诉他人，不得让被反映的机构知道。"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.render(form=self.make_form(), sender=None)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = self.make_form(data=request.POST)
        try:
            sender = senders.read_sender(opening=self.row, by=request.actor, at=clock.now())
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except DomainError as refusal:
            add_errors(form, refusal)
            return self.render(form=form, sender=None, status=409)
        return self.render(form=form, sender=sender)
