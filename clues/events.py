"""Facts of clues."""

from foundation.core.events import EventKind

TAKEN_IN = EventKind("clue.taken_in", "登记线索")
POINTS_SET = EventKind("clue.points_set", "修改核查要点")
CHECKING_STARTED = EventKind("clue.checking_started", "开始核查线索")
CLOSED = EventKind("clue.closed", "办结线索")
TIP_WRITTEN = EventKind("clue.tip_written", "反映人补充")
TIP_ANSWERED = EventKind("clue.tip_answered", "回复反映人")
