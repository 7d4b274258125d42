"""An inquiry is open until it is closed; a declaration is given and may be sent back; a change is decided once."""

from foundation.core.workflow import Transition, Workflow

from .enums import ChangeState, DeclarationState, InquiryState

CLOSE = Transition("close", "结束收取", (InquiryState.OPEN,), InquiryState.CLOSED)
INQUIRY = Workflow(InquiryState, initial=InquiryState.OPEN, transitions=(CLOSE,))

GIVE = Transition("give", "登记报送", (DeclarationState.OPEN,), DeclarationState.GIVEN)
SEND_BACK = Transition("send_back", "退回补正", (DeclarationState.GIVEN,), DeclarationState.OPEN)
DECLARATION = Workflow(DeclarationState, initial=DeclarationState.OPEN, transitions=(GIVE, SEND_BACK))

DECIDE = Transition("decide", "办理资料变更申请", (ChangeState.OPEN,), ChangeState.DECIDED)
CHANGE = Workflow(ChangeState, initial=ChangeState.OPEN, transitions=(DECIDE,))
