"""待核查 -> 核查中 -> 已办结 with a verdict."""

from foundation.core.workflow import Transition, Workflow

from .enums import ClueState, OpeningState

START_CHECKING = Transition("start_checking", "开始核查", (ClueState.RECEIVED,), ClueState.CHECKING)
CLOSE = Transition("close", "办结", (ClueState.CHECKING,), ClueState.CLOSED)

CLUE = Workflow(ClueState, initial=ClueState.RECEIVED, transitions=(START_CHECKING, CLOSE))

ALLOW = Transition("allow", "批准", (OpeningState.ASKED,), OpeningState.ALLOWED)
REFUSE_OPENING = Transition("refuse", "不批准", (OpeningState.ASKED,), OpeningState.REFUSED)

OPENING = Workflow(OpeningState, initial=OpeningState.ASKED, transitions=(ALLOW, REFUSE_OPENING))
