"""From a proposal to the list and off it again; each step by another person than the one who asked."""

from foundation.core.workflow import Transition, Workflow

from .enums import ListState

APPROVE = Transition("approve", "同意列入", (ListState.PROPOSED,), ListState.APPROVED)
REJECT = Transition("reject", "退回", (ListState.PROPOSED,), ListState.REJECTED)
PROPOSE_REMOVAL = Transition("propose_removal", "提请移出", (ListState.APPROVED,), ListState.REMOVING)
APPROVE_REMOVAL = Transition("approve_removal", "同意移出", (ListState.REMOVING,), ListState.ENDED)
REJECT_REMOVAL = Transition("reject_removal", "不同意移出", (ListState.REMOVING,), ListState.APPROVED)
LAPSE = Transition("lapse", "到期移出", (ListState.APPROVED, ListState.REMOVING), ListState.ENDED)

LISTING = Workflow(
    ListState,
    initial=ListState.PROPOSED,
    transitions=(APPROVE, REJECT, PROPOSE_REMOVAL, APPROVE_REMOVAL, REJECT_REMOVAL, LAPSE),
)
