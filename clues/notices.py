"""Who is told what about a clue. No notice carries the clue's text: it may name people."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: Outbox messages: ``clue_id``.
CLUE_TAKEN_IN = "clues.taken_in"
CLUE_CLOSED = "clues.closed"
#: ``clue_id``, ``message_id``.
TIP_WRITTEN = "clues.tip_written"
#: ``clue_id``.
UNSATISFIED = "clues.unsatisfied"
#: ``whistle_id``; the second when its time is over.
WHISTLE = "clues.whistle"
WHISTLE_LATE = "clues.whistle_late"
#: ``opening_id``.
OPENING_ASKED = "clues.opening_asked"
OPENING_DECIDED = "clues.opening_decided"
#: Periodic, no payload.
SWEEP = "clues.sweep"
DESTROY = "clues.destroy_senders"

NEW = NoticeKind("clues.new", "新的线索", Topic.TODO)
URGENT = NoticeKind("clues.urgent", "紧急线索", Topic.TODO)
CLOSED = NoticeKind("clues.closed", "上报的线索已办结", Topic.NEWS)
WRITTEN = NoticeKind("clues.written", "反映人有补充", Topic.TODO)
ASKED = NoticeKind("clues.opening_asked", "拆封申请待审批", Topic.TODO)
DECIDED = NoticeKind("clues.opening_decided", "拆封申请已审批", Topic.NEWS)
MANY = NoticeKind("clues.many", "多人反映同一机构", Topic.TODO)
COMPLAINED = NoticeKind("clues.unsatisfied", "反映人不满意", Topic.TODO)
WHISTLED = NoticeKind("clues.whistled", "吹哨，请报到", Topic.TODO)
LATE = NoticeKind("clues.whistle_late", "吹哨未按时报到", Topic.TODO)
