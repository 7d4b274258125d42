"""States of orders and the steps between them."""

from foundation.core.workflow import Transition, Workflow

from .enums import OPEN, OrderState

ANSWER = Transition("answer", "登记整改报告", OPEN, OrderState.ANSWERED)
ACCEPT = Transition("accept", "复查合格办结", OPEN, OrderState.CLOSED)
REFUSE = Transition("refuse", "复查不合格", OPEN, OrderState.ISSUED)
ESCALATE = Transition("escalate", "转立案", OPEN, OrderState.ESCALATED)
VOID = Transition("void", "撤销", OPEN, OrderState.VOIDED)

ORDER = Workflow(OrderState, initial=OrderState.ISSUED, transitions=(ANSWER, ACCEPT, REFUSE, ESCALATE, VOID))
