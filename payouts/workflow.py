"""The steps of consumption, release and refund."""

from foundation.core.workflow import Transition, Workflow

from .enums import ConsumptionState as Lessons
from .enums import RefundState as Refunds
from .enums import ReleaseState as Releases

CONFIRM = Transition("confirm", "确认消课", (Lessons.PROPOSED,), Lessons.CONFIRMED)
DISPUTE = Transition("dispute", "登记异议", (Lessons.PROPOSED,), Lessons.DISPUTED)
UPHOLD = Transition("uphold", "核实后确认", (Lessons.DISPUTED,), Lessons.CONFIRMED)
CANCEL = Transition("cancel", "撤销", (Lessons.PROPOSED, Lessons.DISPUTED), Lessons.CANCELLED)
CONSUMPTION = Workflow(Lessons, initial=Lessons.PROPOSED, transitions=(CONFIRM, DISPUTE, UPHOLD, CANCEL))

APPROVE_RELEASE = Transition("approve", "审核通过", (Releases.PROPOSED,), Releases.APPROVED)
REFUSE_RELEASE = Transition("refuse", "退回", (Releases.PROPOSED,), Releases.REFUSED)
PAY_RELEASE = Transition("pay", "登记已付款", (Releases.APPROVED,), Releases.PAID)
FAIL_RELEASE = Transition("fail", "登记付款失败", (Releases.APPROVED,), Releases.FAILED)
RELEASE = Workflow(
    Releases, initial=Releases.PROPOSED, transitions=(APPROVE_RELEASE, REFUSE_RELEASE, PAY_RELEASE, FAIL_RELEASE)
)

_OPEN = (Refunds.ASKED, Refunds.AGREED, Refunds.DISPUTED, Refunds.SETTLED)
AGREE = Transition("agree", "登记机构同意", (Refunds.ASKED,), Refunds.AGREED)
OBJECT = Transition("object", "登记机构不同意", (Refunds.ASKED,), Refunds.DISPUTED)
SETTLE = Transition("settle", "登记协调结果", (Refunds.DISPUTED,), Refunds.SETTLED)
DECLINE = Transition("decline", "不予退费", (Refunds.DISPUTED,), Refunds.DECLINED)
APPROVE_REFUND = Transition("approve", "核定退费", (Refunds.AGREED, Refunds.SETTLED), Refunds.APPROVED)
PAY_REFUND = Transition("pay", "登记已退款", (Refunds.APPROVED,), Refunds.PAID)
WITHDRAW = Transition("withdraw", "撤回", _OPEN, Refunds.WITHDRAWN)
REFUND = Workflow(
    Refunds,
    initial=Refunds.ASKED,
    transitions=(AGREE, OBJECT, SETTLE, DECLINE, APPROVE_REFUND, PAY_REFUND, WITHDRAW),
)
