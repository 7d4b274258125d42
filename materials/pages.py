"""Pages of training materials: sets, their two reviews, the team, what classes use, the counts."""

from __future__ import annotations

from typing import ClassVar

from django.urls import reverse
from django.utils.http import urlencode

from foundation.core import clock
from foundation.core.forms import ReasonForm
from foundation.core.numbers import percent
from foundation.core.pages import OperationPage, Page, StepPage, dressed

from . import forms, queries, rules, workflow
from .enums import SetState
from .operations import reviews, sets, team, uses


# -- contributed to the register of institutions ---------------------------------------------------------------------
class RegisterSet(OperationPage):
    slug, label = "material", "登记培训材料"
    rule = rules.can_register_for
    form_class = forms.SetForm
    effect = "登记后先由机构内审，再由本局审核队伍两人外审；审核通过前不得使用。"
    done = "材料已登记，请登记内审情况。"

    def run(self, *, by, at, **facts):
        self.made = sets.register_set(institution=self.row, facts=sets.SetFacts(**facts), by=by, at=at)
        return self.made

    def next_url(self, result):
        return reverse("admin:materials_materialset_change", args=[result.pk])


class RecordUse(OperationPage):
    slug, label = "material-use", "登记班级用材料"
    rule = rules.can_register_for
    form_class = forms.UseForm
    effect = "使用未经审核、审核已撤销或已过期的材料也可以登记，并立即产生“未审先用”警示。"
    done = "班级用材料已登记。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and forms.classes_of(row).exists() and row.material_sets.exists()

    def form_kwargs(self) -> dict:
        return {**super().form_kwargs(), "institution": self.row}

    def run(self, *, by, at, **facts):
        uses.record_use(by=by, at=at, **facts)
        return self.row


# -- sets --------------------------------------------------------------------------------------------------------------
class PassInside(StepPage):
    slug, label, kind, step = "inside", "登记内审通过", "main", workflow.PASS_INSIDE
    rule = rules.can_keep
    form_class = forms.InsideForm
    effect = "机构内审通过后，材料等待本局送外审。"

    def run(self, *, by, at, **facts):
        return sets.pass_inside(material=self.row, by=by, at=at, **facts)


class Send(StepPage):
    slug, label, kind, step = "send", "送外审", "main", workflow.SEND
    rule = rules.can_keep
    form_class = forms.SendForm
    effect = "交审核队伍中的两人审核；与机构有关的人员不能审核。"

    def form_kwargs(self) -> dict:
        return {**super().form_kwargs(), "material": self.row}

    def run(self, *, by, at, first, second):
        return reviews.send_for_review(material=self.row, first=first, second=second, by=by, at=at)


class GiveOpinion(OperationPage):
    slug, label, kind = "opinion", "登记外审意见", "main"
    rule = rules.can_keep
    form_class = forms.OpinionForm
    effect = "登记后不能修改；两人的意见都登记后，由审核领导作出结论。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        if row.state != SetState.OUTSIDE or not super().offered_to(actor, row):
            return False
        review = queries.open_review(row)
        return review is not None and review.opinions.count() < 2

    def form_kwargs(self) -> dict:
        return {"material": self.row}

    def run(self, *, by, at, **facts):
        reviews.give_opinion(material=self.row, by=by, at=at, **facts)
        return self.row


class Approve(StepPage):
    slug, label, kind, step = "approve", "审核通过", "main", workflow.APPROVE
    rule = rules.can_decide
    form_class = forms.ApproveForm
    effect = "编备案号，有效期内可以使用；使用这套材料的班级的“未审先用”警示随之解除。"

    def run(self, *, by, at, valid_to):
        return reviews.approve_set(material=self.row, valid_to=valid_to, by=by, at=at)


class Return(StepPage):
    slug, label, step = "return", "退回修改", workflow.RETURN
    rule = rules.can_decide
    form_class = forms.PointsForm
    effect = "机构修改后重新内审、送外审。"

    def run(self, *, by, at, points):
        return reviews.return_set(material=self.row, points=points, by=by, at=at)


class Refuse(StepPage):
    slug, label, kind, step = "refuse", "审核不通过", "danger", workflow.REFUSE
    rule = rules.can_decide
    form_class = forms.PointsForm
    effect = "这套材料不得使用。"

    def run(self, *, by, at, points):
        return reviews.refuse_set(material=self.row, points=points, by=by, at=at)


class Withdraw(StepPage):
    slug, label, kind, step = "withdraw", "撤销审核", "danger", workflow.WITHDRAW
    rule = rules.can_decide
    form_class = ReasonForm
    effect = "今天起不得使用；正在使用的班级立即产生“未审先用”警示。"

    def run(self, *, by, at, reason):
        return reviews.withdraw_set(material=self.row, reason=reason, by=by, at=at)


class Resubmit(StepPage):
    slug, label, step = "resubmit", "重新送审", workflow.RESUBMIT
    rule = rules.can_keep
    form_class = ReasonForm
    effect = "从内审重新开始，以前的审核记录保留。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and not row.holds_on(clock.today())

    def run(self, *, by, at, reason):
        return sets.resubmit_set(material=self.row, reason=reason, by=by, at=at)


class Figures(Page):
    """审核统计: numbers of a period and of its last day, each opening its rows."""

    slug, label, per_object = "figures", "审核统计", False
    rule = rules.can_view
    http_method_names: ClassVar = ["get"]
    template_name = "materials/figures.html"

    def get(self, request, *args, **kwargs):
        form = dressed(forms.PeriodForm(data=request.GET))
        if not form.is_valid():
            return self.render(form=form, figures=None)
        shown = dressed(forms.PeriodForm(initial=form.cleaned_data))
        return self.render(form=shown, figures=self._figures(form.cleaned_data))

    def _figures(self, period: dict) -> dict:
        actor, days, on = self.request.actor, {"first": period["first"], "last": period["last"]}, period["last"]
        used = queries.in_use(actor, on=on).count()
        approved = queries.approved_in_use(actor, on=on).count()
        counted = [
            ("审核材料", "其间外审作出结论的，一套计一次", queries.reviewed(actor, **days).count(), "reviewed"),
            ("其中审核通过", "其间有一次结论为同意使用", queries.passed(actor, **days).count(), "passed"),
            ("在用材料", f"{on}至少有一个班级在用", used, "used"),
            ("在用且已审", f"{on}在用并在审核有效期内", approved, "covered"),
            ("在用未审", f"{on}在用但没有有效的审核", used - approved, "uncovered"),
        ]
        lines = [(label, note, number, self._rows(which, days)) for label, note, number, which in counted]
        return {"lines": lines, "share": percent(approved, used) if used else "", "on": on}

    def _rows(self, which: str, days: dict) -> str:
        return f"{self.register.list_url()}?{urlencode({'counted': which, **days})}"


# -- the team ----------------------------------------------------------------------------------------------------------
class NameReviewer(OperationPage):
    slug, label, kind, per_object = "name", "聘任审核人员", "main", False
    rule = rules.can_keep_somewhere
    form_class = forms.ReviewerForm
    effect = "任期内可以审核本辖区机构的培训材料。"

    def run(self, *, by, at, **facts):
        return team.name_reviewer(by=by, at=at, **facts)


class EndReviewer(OperationPage):
    slug, label, kind = "end", "终止任期", "danger"
    rule = rules.can_end_reviewer
    form_class = ReasonForm
    effect = "今天起不再审核；已作的审核保留。"

    def run(self, *, by, at, reason):
        return team.end_reviewer(reviewer=self.row, reason=reason, by=by, at=at)


# -- uses --------------------------------------------------------------------------------------------------------------
class Stop(OperationPage):
    slug, label, kind = "stop", "登记停用", "main"
    rule = rules.can_stop
    form_class = forms.StopForm
    effect = "班级不再使用这套材料；未解除的“未审先用”警示随之解除。"
    done = "已登记停用。"

    def run(self, *, by, at, **facts):
        return uses.stop_use(use=self.row, by=by, at=at, **facts)


class StopAlarmed(OperationPage):
    """On the alarm: the same step as on the use that it is about."""

    slug, label, kind = "stop", "登记停用", "main"
    form_class = forms.StopForm
    effect = Stop.effect
    done = "已登记停用，警示已解除。"

    @staticmethod
    def rule(actor, alarm) -> bool:
        use = queries.use_of(alarm)
        return use is not None and rules.can_stop(actor, use)

    def run(self, *, by, at, **facts):
        uses.stop_use(use=queries.use_of(self.row), by=by, at=at, **facts)
        return self.row
