"""The steps of a delivery. A delivery whose sender died is begun again; sent, skipped and failed are final."""

from foundation.core.workflow import Transition, Workflow

from .enums import DeliveryState as S

BEGIN = Transition("begin", "发送", (S.DUE, S.SENDING), S.SENDING)
POSTPONE = Transition("postpone", "推迟", (S.DUE, S.SENDING), S.DUE)
SUCCEED = Transition("succeed", "记为已发送", (S.SENDING,), S.SENT)
SKIP = Transition("skip", "记为未发送", (S.DUE, S.SENDING), S.SKIPPED)
FAIL = Transition("fail", "记为失败", (S.SENDING,), S.FAILED)

DELIVERY = Workflow(S, initial=S.DUE, transitions=(BEGIN, POSTPONE, SUCCEED, SKIP, FAIL))
OPEN_STATES = (S.DUE, S.SENDING)
