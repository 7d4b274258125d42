"""States of contracts and what hangs on them."""

from foundation.core.workflow import Transition, Workflow

from .enums import ContractState, ProposalState

APPROVE_LIMIT = Transition("approve", "批准", (ProposalState.PROPOSED,), ProposalState.APPROVED)
REFUSE_LIMIT = Transition("refuse", "不批准", (ProposalState.PROPOSED,), ProposalState.REFUSED)

LIMIT = Workflow(ProposalState, initial=ProposalState.PROPOSED, transitions=(APPROVE_LIMIT, REFUSE_LIMIT))

END = Transition("end", "登记到期", (ContractState.ACTIVE,), ContractState.ENDED)
TERMINATE = Transition("terminate", "解除合同", (ContractState.ACTIVE,), ContractState.TERMINATED)

CONTRACT = Workflow(ContractState, initial=ContractState.ACTIVE, transitions=(END, TERMINATE))
