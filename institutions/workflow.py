"""Steps of an unlicensed site, and which status may follow which."""

from foundation.core.workflow import Transition, Workflow

from .enums import ENDED, Status, UnlicensedState

DISPOSE = Transition("dispose", "处置", (UnlicensedState.OPEN,), UnlicensedState.DISPOSED)
REOPEN = Transition("reopen", "登记反弹", (UnlicensedState.DISPOSED,), UnlicensedState.OPEN)
MERGE = Transition("merge", "并入名录", (UnlicensedState.OPEN, UnlicensedState.DISPOSED), UnlicensedState.MERGED)

UNLICENSED = Workflow(UnlicensedState, initial=UnlicensedState.OPEN, transitions=(DISPOSE, REOPEN, MERGE))


def may_follow(before: str, after: str) -> bool:
    """An ended institution stays ended; only a correction of the record brings it back. Nothing follows itself."""
    return before != after and before not in ENDED and after in Status.values
