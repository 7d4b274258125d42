"""States of contracts and what hangs on them."""

from foundation.core.workflow import Transition, Workflow

from .enums import ProposalState

APPROVE_LIMIT = Transition("approve", "批准", (ProposalState.PROPOSED,), ProposalState.APPROVED)
REFUSE_LIMIT = Transition("refuse", "不批准", (ProposalState.PROPOSED,), ProposalState.REFUSED)

LIMIT = Workflow(ProposalState, initial=ProposalState.PROPOSED, transitions=(APPROVE_LIMIT, REFUSE_LIMIT))
