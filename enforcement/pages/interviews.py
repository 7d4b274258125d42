"""Pages of interviews and study visits: each one form, one rule, one operation."""

from __future__ import annotations

from enforcement import rules, workflow
from enforcement.forms import interviews as forms
from enforcement.operations import interviews as operations
from foundation.core.forms import ReasonForm
from foundation.core.pages import BulkOperationPage, OperationPage, StepPage


class Plan(OperationPage):
    slug, label, kind, per_object = "plan", "安排约谈", "main", False
    rule = rules.can_plan_interviews
    form_class = forms.PlanForm
    effect = "先安排约谈，再在机构名录中勾选机构“加入约谈”。"
    done = "约谈已安排，请加入要约谈的机构。"

    def run(self, *, by, at, **cleaned):
        return operations.plan_interview(plan=self.form.plan(), by=by, at=at)


class SummonMany(BulkOperationPage):
    """Contributed to the register's list: the ticked institutions are summoned."""

    slug, label = "summon-many", "批量加入约谈"
    rule = rules.can_plan_interviews
    form_class = forms.SummonForm
    effect = "这些机构将逐家加入所选的约谈。"

    def run_one(self, row, *, by, at, interview):
        return operations.summon(interview=interview, institution=row, by=by, at=at)


class Summon(OperationPage):
    """Contributed to an institution's page."""

    slug, label = "summon", "加入约谈"
    rule = rules.can_summon
    form_class = forms.SummonForm
    effect = "该机构将加入所选的约谈。没有可选的，先在“执法 › 约谈”安排。"
    done = "已加入约谈。"

    def run(self, *, by, at, interview):
        operations.summon(interview=interview, institution=self.row, by=by, at=at)
        return self.row


class Hold(StepPage):
    slug, label, kind, step = "hold", "登记约谈情况", "main", workflow.HOLD
    rule = rules.can_lead_now
    form_class = forms.HoldForm
    effect = "将编号形成《约谈记录》；列了问题的，每家开始计算整改期限，没有到场的也一样。"
    done = "约谈情况已登记。"

    def form_kwargs(self) -> dict:
        return {"interview": self.row}

    def run(self, *, by, at, **cleaned):
        return operations.hold_interview(interview=self.row, told=self.form.told(), by=by, at=at)


class Cancel(StepPage):
    slug, label, kind, step = "cancel", "取消约谈", "danger", workflow.CANCEL
    rule = rules.can_lead_now
    form_class = ReasonForm
    effect = "约谈取消，已加入的机构随之移出。"
    done = "已取消。"

    def run(self, *, by, at, reason):
        return operations.cancel_interview(interview=self.row, reason=reason, by=by, at=at)


class Drop(StepPage):
    slug, label, step = "drop", "移出", workflow.DROP
    rule = rules.can_drop
    form_class = ReasonForm
    effect = "该机构移出这次约谈。"
    done = "已移出。"

    def run(self, *, by, at, reason):
        return operations.drop_party(party=self.row, reason=reason, by=by, at=at)


class Fixed(StepPage):
    slug, label, kind, step = "fixed", "核实已整改", "main", workflow.FIX
    rule = rules.can_confirm_fixed
    form_class = forms.FixedForm
    effect = "以所选检查记录为依据，确认约谈指出的问题已整改。"
    done = "已核实整改。"

    def form_kwargs(self) -> dict:
        return {"party": self.row}

    def run(self, *, by, at, visit, remark):
        return operations.confirm_fixed(party=self.row, visit=visit, remark=remark, by=by, at=at)


class RecordStudyVisit(OperationPage):
    """Contributed to the page of the institution that is shown."""

    slug, label = "study-visit", "登记观摩学习"
    rule = rules.can_summon
    form_class = forms.StudyVisitForm
    effect = "登记其他机构负责人到这家机构观摩学习。"
    done = "观摩学习已登记。"

    def run(self, *, by, at, **facts):
        return operations.record_study_visit(institution=self.row, by=by, at=at, **facts)
