"""待受理 -> 已受理 -> 核查中 -> 已办结 with a verdict; beside it 不予受理, 移交 with one return, 并入.

What our own people report may be checked at once; what comes from outside is accepted first, with a day before which
nobody goes there (``operations/triage.py``).
"""

from foundation.core.workflow import Transition, Workflow

from .enums import ClueState, OpeningState, WhistleState

ACCEPT = Transition("accept", "受理", (ClueState.RECEIVED, ClueState.HANDED), ClueState.ACCEPTED)
REFUSE = Transition("refuse", "不予受理", (ClueState.RECEIVED, ClueState.HANDED), ClueState.REFUSED)
HAND_OVER = Transition("hand_over", "移交其他单位", (ClueState.RECEIVED,), ClueState.HANDED)
GIVE_BACK = Transition("give_back", "退回移交单位", (ClueState.HANDED,), ClueState.RECEIVED)
MERGE = Transition("merge", "并入另一条", (ClueState.RECEIVED, ClueState.ACCEPTED), ClueState.MERGED)
START_CHECKING = Transition("start_checking", "开始核查", (ClueState.RECEIVED, ClueState.ACCEPTED), ClueState.CHECKING)
CLOSE = Transition("close", "办结", (ClueState.CHECKING,), ClueState.CLOSED)

CLUE = Workflow(
    ClueState,
    initial=ClueState.RECEIVED,
    transitions=(ACCEPT, REFUSE, HAND_OVER, GIVE_BACK, MERGE, START_CHECKING, CLOSE),
)
#: Somebody answers for the check.
CHECKED = (ClueState.CHECKING, ClueState.CLOSED)

ALLOW = Transition("allow", "批准", (OpeningState.ASKED,), OpeningState.ALLOWED)
REFUSE_OPENING = Transition("refuse", "不批准", (OpeningState.ASKED,), OpeningState.REFUSED)

OPENING = Workflow(OpeningState, initial=OpeningState.ASKED, transitions=(ALLOW, REFUSE_OPENING))

END = Transition("end", "办结吹哨", (WhistleState.RAISED,), WhistleState.ENDED)
WITHDRAW_WHISTLE = Transition("withdraw", "撤回", (WhistleState.RAISED,), WhistleState.WITHDRAWN)

WHISTLE = Workflow(WhistleState, initial=WhistleState.RAISED, transitions=(END, WITHDRAW_WHISTLE))
