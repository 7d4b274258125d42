"""Pages of a bureau's own words: proposed with the standard ones at hand, looked at as a paper, decided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header

from foundation.core import clock
from foundation.core.pages import OperationPage, Page, StepPage

from . import local_words, previewing, rules, workflow
from . import wording_forms as own_forms
from .enums import DocumentKind
from .models import LocalWording
from .operations import wordings
from .queries import wording_in_force
from .templates import DocumentTemplate
from .wording import in_use


class ProposeWording(OperationPage):
    """First the kind, then its words: those in force, else the standard ones as a text with fields."""

    slug, label, kind, per_object = "propose", "拟定本地格式", "main", False
    rule = rules.can_propose_wording
    effect = "由另一人看过样张批准后，自启用日期起本单位出具的这种文书用本地格式；已出具的不变。"
    done = "已提交，待另一人审核。"

    @cached_property
    def template(self) -> DocumentTemplate | None:
        kind = self.request.GET.get("kind", "")
        found = in_use(kind) if kind in DocumentKind.values else None
        return found if found and local_words.changeable(found) else None

    def make_form(self, **given: Any) -> forms.Form:
        self.form_class = own_forms.WordingForm if self.template else own_forms.KindForm
        return super().make_form(**given)

    def form_kwargs(self) -> dict[str, Any]:
        if self.template is None:
            return {}
        held = wording_in_force(self.request.actor.organ_id, self.template.kind, on=clock.today())
        text = held.text if held and held.text else local_words.standard_text(self.template)
        initial = {"text": text, "title": held.title if held else ""}
        return {"template": self.template, "initial": initial}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.template is not None:
            return super().post(request, *args, **kwargs)
        form = self.make_form(data=request.POST)
        if form.is_valid():
            return HttpResponseRedirect(f"{request.path}?kind={form.cleaned_data['kind']}")
        return self.render(form=form)

    def run(self, *, by, at, **given) -> LocalWording:
        return wordings.propose_wording(kind=self.template.kind, by=by, at=at, **given)


class Sample(Page):
    """The paper in these words, as a PDF that says that it is a sample."""

    http_method_names = ["get"]
    slug, label = "sample", "看样张"

    @staticmethod
    def rule(actor, wording) -> bool:
        return rules.can_view_wordings(actor)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = previewing.sample_pdf(self.row, at=clock.now())
        shown = content_disposition_header(as_attachment=True, filename=f"样张-{self.row.get_kind_display()}.pdf")
        return HttpResponse(data, content_type="application/pdf", headers={"Content-Disposition": shown})


class ApproveWording(StepPage):
    slug, label, kind, step = "approve", "批准", "main", workflow.APPROVE
    rule = rules.can_decide_wording
    form_class = own_forms.DecisionForm
    effect = "请先“看样张”。自启用日期起，本单位出具的这种文书用这一格式。"
    done = "已批准。"

    def run(self, *, by, at, remark):
        return wordings.approve_wording(wording=self.row, remark=remark, by=by, at=at)


class RefuseWording(StepPage):
    slug, label, step = "refuse", "不批准", workflow.REFUSE
    rule = rules.can_decide_wording
    form_class = own_forms.RefusalForm
    effect = "格式不变；拟定人可以另行拟定。"
    done = "已退回。"

    def run(self, *, by, at, remark):
        return wordings.refuse_wording(wording=self.row, remark=remark, by=by, at=at)


class WithdrawWording(StepPage):
    slug, label, step = "withdraw", "撤回", workflow.WITHDRAW
    rule = rules.can_withdraw_wording
    effect = "不再提交审核，格式不变。"
    done = "已撤回。"

    def run(self, *, by, at):
        return wordings.withdraw_wording(wording=self.row, by=by, at=at)
