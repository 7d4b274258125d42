"""The steps of a bureau's own words."""

from foundation.core.workflow import Transition, Workflow

from .enums import WordingState as S

APPROVE = Transition("approve", "批准", (S.PROPOSED,), S.APPROVED)
REFUSE = Transition("refuse", "不批准", (S.PROPOSED,), S.REFUSED)
WITHDRAW = Transition("withdraw", "撤回", (S.PROPOSED,), S.WITHDRAWN)

WORDING = Workflow(S, initial=S.PROPOSED, transitions=(APPROVE, REFUSE, WITHDRAW))
