"""The steps of consumption, release, refund and hold, each at its own page."""

from __future__ import annotations

from foundation.core.pages import OperationPage, StepPage
from payouts import forms, rules, workflow
from payouts.enums import ConsumptionState
from payouts.operations import holds, lessons, refunds, releases


class LessonStep(StepPage):
    rule = rules.can_keep_lessons
    form_class = forms.WhyForm


class ConfirmLessons(LessonStep):
    slug, label, kind, step = "confirm", "家长已确认", "main", workflow.CONFIRM
    form_class = forms.RemarkForm
    effect = "消课金额记入已消课，可以核拨给机构。"
    done = "已确认。"

    def run(self, *, by, at, remark):
        return lessons.confirm_lessons(consumption=self.row, remark=remark, by=by, at=at)


class DisputeLessons(LessonStep):
    slug, label, step = "dispute", "登记家长异议", workflow.DISPUTE
    effect = "有异议的消课不会因逾期视为确认，须核实后确认或撤销。"

    def run(self, *, by, at, reason):
        return lessons.dispute_lessons(consumption=self.row, reason=reason, by=by, at=at)


class NoteReached(OperationPage):
    slug, label = "reached", "登记家长已收到"
    rule = rules.can_note_reached
    form_class = forms.RemarkForm
    effect = "短信没有发出、已用别的办法告知家长的，在这里登记；从今天起计算提出异议的期限，到期没有提出的视为确认。"
    done = "已登记。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        """Once, while the lessons wait."""
        return super().offered_to(actor, row) and row.state == ConsumptionState.PROPOSED and row.reached_on is None

    def run(self, *, by, at, remark):
        return lessons.note_reached(consumption=self.row, remark=remark, by=by, at=at)


class UpholdLessons(LessonStep):
    slug, label, kind, step = "uphold", "核实后确认", "main", workflow.UPHOLD
    effect = "写明怎样核实的；消课金额记入已消课。"

    def run(self, *, by, at, reason):
        return lessons.uphold_lessons(consumption=self.row, reason=reason, by=by, at=at)


class CancelLessons(LessonStep):
    slug, label, kind, step = "cancel", "撤销", "danger", workflow.CANCEL
    effect = "撤销后，其中的上课记录可以重新提交。"

    def run(self, *, by, at, reason):
        return lessons.cancel_lessons(consumption=self.row, reason=reason, by=by, at=at)


class ApproveRelease(StepPage):
    slug, label, kind, step = "approve", "审核通过", "main", workflow.APPROVE_RELEASE
    rule = rules.can_decide_release
    form_class = forms.RemarkForm
    effect = "每一行同时记账；随后由银行付款。"
    done = "已审核通过。"

    def run(self, *, by, at, remark):
        return releases.approve_release(release=self.row, remark=remark, by=by, at=at)


class RefuseRelease(StepPage):
    slug, label, kind, step = "refuse", "退回", "danger", workflow.REFUSE_RELEASE
    rule = rules.can_decide_release
    form_class = forms.WhyForm

    def run(self, *, by, at, reason):
        return releases.refuse_release(release=self.row, reason=reason, by=by, at=at)


class PayRelease(StepPage):
    slug, label, kind, step = "pay", "登记已付款", "main", workflow.PAY_RELEASE
    rule = rules.can_tell_payment
    form_class = forms.PaidForm
    done = "已登记付款。"

    def run(self, *, by, at, **paid):
        return releases.pay_release(release=self.row, by=by, at=at, **paid)


class FailRelease(StepPage):
    slug, label, kind, step = "fail", "登记付款失败", "danger", workflow.FAIL_RELEASE
    rule = rules.can_tell_payment
    form_class = forms.WhyForm
    effect = "每一行冲回，金额可以重新提请核拨。"
    done = "已冲回。"

    def run(self, *, by, at, reason):
        return releases.fail_release(release=self.row, reason=reason, by=by, at=at)


class RefundStep(StepPage):
    rule = rules.can_handle_refund


class AgreeRefund(RefundStep):
    slug, label, kind, step = "agree", "登记机构同意", "main", workflow.AGREE
    form_class = forms.AgreeForm
    effect = "同意后由审核领导核定；退款期限从答复日期起算。"

    def form_kwargs(self) -> dict:
        return {**super().form_kwargs(), "initial": {"amount_fen": f"{self.row.asked_fen / 100:.2f}"}}

    def run(self, *, by, at, **answer):
        return refunds.agree_refund(refund=self.row, by=by, at=at, **answer)


class AgreeBySilence(RefundStep):
    slug, label, step = "silence", "逾期未答复，视为同意", workflow.AGREE
    effect = "只有答复期限过后才能办理；按申请金额视为同意。"
    done = "已按逾期未答复视为同意。"

    def run(self, *, by, at):
        return refunds.agree_by_silence(refund=self.row, by=by, at=at)


class ObjectRefund(RefundStep):
    slug, label, step = "object", "登记机构不同意", workflow.OBJECT
    form_class = forms.ObjectForm
    effect = "机构不同意的，由经办人协调；冻结的金额继续冻结。"

    def run(self, *, by, at, **answer):
        return refunds.object_refund(refund=self.row, by=by, at=at, **answer)


class SettleRefund(RefundStep):
    slug, label, kind, step = "settle", "登记协调一致", "main", workflow.SETTLE
    form_class = forms.SettleForm
    effect = "您将记为协调人；协调一致后由审核领导核定。"

    def run(self, *, by, at, **outcome):
        return refunds.settle_refund(refund=self.row, by=by, at=at, **outcome)


class DeclineRefund(RefundStep):
    slug, label, kind, step = "decline", "协调不成", "danger", workflow.DECLINE
    form_class = forms.DeclineForm
    effect = "冻结的金额随即解冻；请告知家长诉讼等途径。"

    def run(self, *, by, at, **outcome):
        return refunds.decline_refund(refund=self.row, by=by, at=at, **outcome)


class ApproveRefund(RefundStep):
    slug, label, kind, step = "approve", "核定退费", "main", workflow.APPROVE_REFUND
    rule = rules.can_approve_refund
    effect = "核定后记账，由银行原路退回。"
    done = "已核定。"

    def run(self, *, by, at):
        return refunds.approve_refund(refund=self.row, by=by, at=at)


class PayRefund(RefundStep):
    slug, label, kind, step = "pay", "登记已退款", "main", workflow.PAY_REFUND
    rule = rules.can_pay_refund
    form_class = forms.PaidForm
    done = "已登记退款。"

    def run(self, *, by, at, **paid):
        return refunds.pay_refund(refund=self.row, by=by, at=at, **paid)


class WithdrawRefund(RefundStep):
    slug, label, kind, step = "withdraw", "家长撤回", "danger", workflow.WITHDRAW
    form_class = forms.WhyForm
    effect = "冻结的金额随即解冻。"

    def run(self, *, by, at, reason):
        return refunds.withdraw_refund(refund=self.row, reason=reason, by=by, at=at)


class EndHold(OperationPage):
    slug, label, kind = "end", "恢复核拨", "main"
    form_class = forms.WhyForm
    done = "已恢复核拨。"

    @staticmethod
    def rule(actor, row) -> bool:
        return row.ended_at is None and rules.can_end_hold(actor, row)

    def run(self, *, by, at, reason):
        return holds.end_hold(hold=self.row, reason=reason, by=by, at=at)
