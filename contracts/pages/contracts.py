"""培训合同: entered from the institution's page, closed; who signed is read in the answer to a button."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse

from clues.forms import AllowForm
from clues.workflow import ALLOW, REFUSE_OPENING
from contracts import forms, rules, workflow
from contracts.models import ContractParty
from contracts.operations import contracts as operations
from contracts.operations import parties
from contracts.people import LABELS
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.forms import ReasonForm
from foundation.core.pages import OperationPage, StepPage, add_errors


class Sign(OperationPage):
    """On an institution's page."""

    slug, label = "sign-contract", "登记培训合同"
    rule = rules.can_keep_for
    form_class = forms.SignForm
    effect = "学员和监护人信息加密保存，列表只显示姓氏；没有监护人同意不能登记。"
    done = "已登记。"

    def form_kwargs(self):
        return {**super().form_kwargs(), "institution": self.row}

    def run(self, *, by, at, site, training_class, **given):
        terms, people, agreed = self.form.parted()
        where = {"institution": self.row, "site": site, "training_class": training_class}
        operations.sign_contract(**where, terms=terms, people=people, agreed=agreed, by=by, at=at)
        return self.row


class End(StepPage):
    slug, label = "end", "登记到期"
    rule, step = rules.can_keep_contract, workflow.END
    form_class = forms.EndForm
    effect = "合同不再计入在读；退费期满后系统自动销毁学员和监护人信息。"

    def run(self, *, by, at, closed_on):
        return operations.end_contract(contract=self.row, closed_on=closed_on, by=by, at=at)


class Terminate(StepPage):
    slug, label, kind = "terminate", "解除合同", "danger"
    rule, step = rules.can_keep_contract, workflow.TERMINATE
    form_class = forms.TerminateForm
    effect = "合同提前结束；退费另行办理。"

    def run(self, *, by, at, closed_on, reason):
        return operations.terminate_contract(contract=self.row, closed_on=closed_on, reason=reason, by=by, at=at)


def _is_kept(row: models.Model | None) -> bool:
    return row is not None and ContractParty.objects.filter(consent=row.pk, destroyed_at__isnull=True).exists()


class AskForParty(OperationPage):
    slug, label = "ask-party", "申请查看学员信息"
    rule = rules.can_ask_for_party
    form_class = forms.AskForPartyForm
    effect = "须由另一人批准后，在有效时间内才能查看；申请、审批和每次查看都记入审计。"
    done = "已申请，等待审批。"

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return super().offered_to(actor, row) and _is_kept(row)

    def run(self, *, by, at, purpose):
        parties.ask_for_party(contract=self.row, purpose=purpose, by=by, at=at)
        return self.row


class DestroyParty(OperationPage):
    slug, label, kind = "destroy-party", "销毁学员信息", "danger"
    rule = rules.can_destroy_party
    form_class = ReasonForm
    effect = "学员、监护人、付款人和发票购买方的姓名等将永久无法读取，任何人都不能恢复；金额、日期和课时保留。"
    done = "已销毁。"

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return super().offered_to(actor, row) and _is_kept(row)

    def run(self, *, by, at, reason):
        return parties.destroy_party(contract=self.row, reason=reason, by=by, at=at)


class Allow(StepPage):
    slug, label, kind = "allow", "批准", "main"
    rule, step = rules.can_decide_opening, ALLOW
    form_class = AllowForm
    effect = "申请人在有效时间内可以看到学员和监护人的全部信息。"
    done = "已批准。"

    def run(self, *, by, at, hours, remark):
        return parties.allow_party(opening=self.row, hours=hours, remark=remark, by=by, at=at)


class Refuse(StepPage):
    slug, label, kind = "refuse", "不批准", "danger"
    rule, step = rules.can_decide_opening, REFUSE_OPENING
    form_class = forms.RefuseForm
    effect = "申请人看不到学员信息，可以写明新的用途再申请。"
    done = "已不批准。"

    def run(self, *, by, at, remark):
        return parties.refuse_party(opening=self.row, remark=remark, by=by, at=at)


class ReadParty(OperationPage):
    """Shows it in the answer to the press of the button: no address leads to a minor's name."""

    slug, label, kind = "read", "查看学员信息", "danger"
    rule = rules.can_read_party
    template_name = "contracts/party.html"
    effect = "本次查看记入审计。请勿抄录、截屏或告诉他人。"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.render(form=self.make_form(), facts=None)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = self.make_form(data=request.POST)
        try:
            people = parties.read_party(opening=self.row, by=request.actor, at=clock.now())
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except DomainError as refusal:
            add_errors(form, refusal)
            return self.render(form=form, facts=None, status=409)
        return self.render(form=form, facts=[(label, getattr(people, name)) for name, label in LABELS.items()])
