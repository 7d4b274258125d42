"""The steps of a selection."""

from foundation.core.workflow import Transition, Workflow

from .enums import SelectionState

APPROVE = Transition("approve", "同意入选", (SelectionState.PROPOSED,), SelectionState.APPROVED)
REFUSE = Transition("refuse", "不同意入选", (SelectionState.PROPOSED,), SelectionState.REFUSED)
END = Transition("end", "登记退出", (SelectionState.APPROVED,), SelectionState.ENDED)
SELECTION = Workflow(SelectionState, initial=SelectionState.PROPOSED, transitions=(APPROVE, REFUSE, END))
