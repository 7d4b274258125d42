"""Who is told what about an order, and about one of the summoned."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: The outbox message behind both: ``order_id`` and the notice's ``code``.
ORDER_MOVED = "enforcement.order_moved"

#: One of the summoned reported: ``report_id``.
PARTY_REPORTED = "enforcement.party_reported"

REPORTED = NoticeKind("enforcement.interview_reported", "约谈机构已报整改，待核实", Topic.TODO)
ANSWERED = NoticeKind("enforcement.order_answered", "机构已报整改，待复查", Topic.TODO)
ESCALATED = NoticeKind("enforcement.order_escalated", "整改事项转立案", Topic.TODO)

BY_CODE = {notice.code: notice for notice in (ANSWERED, ESCALATED)}
