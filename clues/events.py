"""Facts of clues."""

from foundation.core.events import EventKind

TAKEN_IN = EventKind("clue.taken_in", "登记线索")
POINTS_SET = EventKind("clue.points_set", "修改核查要点")
CHECKING_STARTED = EventKind("clue.checking_started", "开始核查线索")
CLOSED = EventKind("clue.closed", "办结线索")
ACCEPTED = EventKind("clue.accepted", "受理线索")
REFUSED = EventKind("clue.refused", "不予受理线索")
HANDED_OVER = EventKind("clue.handed_over", "移交线索")
GIVEN_BACK = EventKind("clue.given_back", "退回线索")
MERGED = EventKind("clue.merged", "并入线索")
CHECK_ASKED = EventKind("clue.check_asked", "交办现场核查")
CALLED_BACK = EventKind("clue.called_back", "回访反映人")
TIP_WRITTEN = EventKind("clue.tip_written", "反映人补充")
TIP_ANSWERED = EventKind("clue.tip_answered", "回复反映人")
SENDER_ASKED = EventKind("clue.sender_asked", "申请拆封反映人")
SENDER_ALLOWED = EventKind("clue.sender_allowed", "批准拆封反映人")
SENDER_REFUSED = EventKind("clue.sender_refused", "不批准拆封反映人")
SENDER_READ = EventKind("clue.sender_read", "查看反映人")
SENDER_DESTROYED = EventKind("clue.sender_destroyed", "销毁反映人信息")
