"""The steps of a check (finished, or stopped when nobody carries it on) and of a letter (published, withdrawn)."""

from foundation.core.workflow import Transition, Workflow

from .enums import CheckState as S
from .enums import LetterState as L

FINISH = Transition("finish", "完成", (S.RUNNING,), S.DONE)
STOP = Transition("stop", "中断", (S.RUNNING,), S.STOPPED)

CHECK = Workflow(S, initial=S.RUNNING, transitions=(FINISH, STOP))

PUBLISH = Transition("publish", "发布", (L.ISSUED,), L.PUBLISHED)
WITHDRAW = Transition("withdraw", "撤下", (L.PUBLISHED,), L.WITHDRAWN)

LETTER = Workflow(L, initial=L.ISSUED, transitions=(PUBLISH, WITHDRAW))
