"""The steps of an export."""

from foundation.core.workflow import Transition, Workflow

from .enums import ExportState as S

APPROVE = Transition("approve", "批准", (S.PENDING,), S.MAKING)
REJECT = Transition("reject", "驳回", (S.PENDING,), S.REJECTED)
HOLD = Transition("hold", "转审批", (S.MAKING,), S.PENDING)
REFUSE = Transition("refuse", "停止生成", (S.MAKING,), S.REJECTED)
FINISH = Transition("finish", "完成生成", (S.MAKING,), S.READY)
EXPIRE = Transition("expire", "到期删除", (S.READY,), S.EXPIRED)

WORKFLOW = Workflow(S, initial=S.MAKING, transitions=(APPROVE, REJECT, HOLD, REFUSE, FINISH, EXPIRE))
