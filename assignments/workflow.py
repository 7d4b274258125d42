"""交办 -> 签收 -> 反馈 -> 办结, with 退回 and 撤回."""

from foundation.core.workflow import Transition, Workflow

from .enums import OPEN, PartState

RECEIVE = Transition("receive", "签收", (PartState.PENDING,), PartState.WORKING)
ANSWER = Transition("answer", "反馈", (PartState.WORKING, PartState.RETURNED), PartState.ANSWERED)
SEND_BACK = Transition("send_back", "退回重办", (PartState.ANSWERED,), PartState.RETURNED)
ACCEPT = Transition("accept", "办结", (PartState.ANSWERED,), PartState.DONE)
CANCEL = Transition("cancel", "撤回", tuple(sorted(OPEN | {PartState.ANSWERED})), PartState.CANCELLED)

PART = Workflow(PartState, initial=PartState.PENDING, transitions=(RECEIVE, ANSWER, SEND_BACK, ACCEPT, CANCEL))
