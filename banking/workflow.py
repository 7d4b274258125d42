"""The steps of a difference and of a day's check."""

from foundation.core.workflow import Transition, Workflow

from .enums import CheckState as Checks
from .enums import DifferenceState as Differences

MATCH = Transition("match", "对上", (Differences.OPEN, Differences.EXPLAINED), Differences.MATCHED)
EXPLAIN = Transition("explain", "说明差异", (Differences.OPEN,), Differences.EXPLAINED)
REOPEN = Transition("reopen", "重新待查", (Differences.MATCHED, Differences.EXPLAINED), Differences.OPEN)
DIFFERENCE = Workflow(Differences, initial=Differences.OPEN, transitions=(MATCH, EXPLAIN, REOPEN))

SIGN = Transition("sign", "签认", (Checks.OPEN,), Checks.SIGNED)
UNSIGN = Transition("unsign", "数据有变，重新签认", (Checks.SIGNED,), Checks.OPEN)
CHECK = Workflow(Checks, initial=Checks.OPEN, transitions=(SIGN, UNSIGN))
