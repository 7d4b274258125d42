"""States of orders and interviews and the steps between them."""

from foundation.core.workflow import Transition, Workflow

from .enums import OPEN, InterviewState, OrderState, PartyState

ANSWER = Transition("answer", "登记整改报告", OPEN, OrderState.ANSWERED)
ACCEPT = Transition("accept", "复查合格办结", OPEN, OrderState.CLOSED)
REFUSE = Transition("refuse", "复查不合格", OPEN, OrderState.ISSUED)
ESCALATE = Transition("escalate", "转立案", OPEN, OrderState.ESCALATED)
VOID = Transition("void", "撤销", OPEN, OrderState.VOIDED)

ORDER = Workflow(OrderState, initial=OrderState.ISSUED, transitions=(ANSWER, ACCEPT, REFUSE, ESCALATE, VOID))

HOLD = Transition("hold", "登记约谈情况", (InterviewState.PLANNED,), InterviewState.HELD)
CANCEL = Transition("cancel", "取消约谈", (InterviewState.PLANNED,), InterviewState.CANCELLED)

INTERVIEW = Workflow(InterviewState, initial=InterviewState.PLANNED, transitions=(HOLD, CANCEL))

ASK = Transition("ask", "要求整改", (PartyState.SUMMONED,), PartyState.OPEN)
TALK = Transition("talk", "完成约谈", (PartyState.SUMMONED,), PartyState.TALKED)
DROP = Transition("drop", "移出", (PartyState.SUMMONED,), PartyState.DROPPED)
FIX = Transition("fix", "核实已整改", (PartyState.OPEN,), PartyState.FIXED)

PARTY = Workflow(PartyState, initial=PartyState.SUMMONED, transitions=(ASK, TALK, DROP, FIX))
