"""The steps of a deadline. While paused, time stands still; met and cancelled are final."""

from foundation.core.workflow import Transition, Workflow

from .enums import DeadlineState as S

MEET = Transition("meet", "办结", (S.RUNNING, S.PAUSED), S.MET)
CANCEL = Transition("cancel", "撤销", (S.RUNNING, S.PAUSED), S.CANCELLED)
EXTEND = Transition("extend", "延长", (S.RUNNING,), S.RUNNING)
PAUSE = Transition("pause", "中止计算", (S.RUNNING,), S.PAUSED)
RESUME = Transition("resume", "恢复计算", (S.PAUSED,), S.RUNNING)

DEADLINE = Workflow(S, initial=S.RUNNING, transitions=(MEET, CANCEL, EXTEND, PAUSE, RESUME))
OPEN_STATES = (S.RUNNING, S.PAUSED)
