"""A set is reviewed inside, then outside; approved, sent back or refused, and an approval may be withdrawn."""

from foundation.core.workflow import Transition, Workflow

from .enums import SetState as S

PASS_INSIDE = Transition("pass_inside", "登记内审通过", (S.ENTERED, S.RETURNED), S.INSIDE)
SEND = Transition("send", "送外审", (S.INSIDE,), S.OUTSIDE)
APPROVE = Transition("approve", "审核通过", (S.OUTSIDE,), S.APPROVED)
RETURN = Transition("return", "退回修改", (S.OUTSIDE,), S.RETURNED)
REFUSE = Transition("refuse", "审核不通过", (S.OUTSIDE,), S.REFUSED)
WITHDRAW = Transition("withdraw", "撤销审核", (S.APPROVED,), S.WITHDRAWN)
RESUBMIT = Transition("resubmit", "重新送审", (S.REFUSED, S.WITHDRAWN, S.APPROVED), S.ENTERED)
SET = Workflow(S, initial=S.ENTERED, transitions=(PASS_INSIDE, SEND, APPROVE, RETURN, REFUSE, WITHDRAW, RESUBMIT))
