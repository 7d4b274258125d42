"""The steps of banks, proposals, agreements and obstacles."""

from foundation.core.workflow import Transition, Workflow

from .enums import AgreementState, BankStatus, ObstacleState, ProposalState

#: What may follow: a bank that left may be looked at anew.
BANK_STEPS = {
    BankStatus.CANDIDATE: frozenset({BankStatus.SELECTED, BankStatus.WITHDRAWN}),
    BankStatus.SELECTED: frozenset({BankStatus.WITHDRAWN}),
    BankStatus.WITHDRAWN: frozenset({BankStatus.CANDIDATE, BankStatus.SELECTED}),
}

APPROVE = Transition("approve", "同意", (ProposalState.PROPOSED,), ProposalState.APPROVED)
REFUSE = Transition("refuse", "不同意", (ProposalState.PROPOSED,), ProposalState.REFUSED)
END = Transition("end", "提前终止", (ProposalState.APPROVED,), ProposalState.ENDED)
MINIMUM = Workflow(ProposalState, initial=ProposalState.PROPOSED, transitions=(APPROVE, REFUSE))
EXEMPTION = Workflow(ProposalState, initial=ProposalState.PROPOSED, transitions=(APPROVE, REFUSE, END))

SIGN = Transition("sign", "登记签署", (AgreementState.DRAFTED,), AgreementState.SIGNED)
EXPIRE = Transition("expire", "到期", (AgreementState.SIGNED,), AgreementState.EXPIRED)
TERMINATE = Transition("terminate", "终止", (AgreementState.DRAFTED, AgreementState.SIGNED), AgreementState.TERMINATED)
AGREEMENT = Workflow(AgreementState, initial=AgreementState.DRAFTED, transitions=(SIGN, EXPIRE, TERMINATE))

CLOSE = Transition("close", "登记解决", (ObstacleState.OPEN,), ObstacleState.CLOSED)
OBSTACLE = Workflow(ObstacleState, initial=ObstacleState.OPEN, transitions=(CLOSE,))
