"""The steps of a check: it is finished, or stopped when nobody carries it on."""

from foundation.core.workflow import Transition, Workflow

from .enums import CheckState as S

FINISH = Transition("finish", "完成", (S.RUNNING,), S.DONE)
STOP = Transition("stop", "中断", (S.RUNNING,), S.STOPPED)

CHECK = Workflow(S, initial=S.RUNNING, transitions=(FINISH, STOP))
