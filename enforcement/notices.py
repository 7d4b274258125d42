"""Who is told what about an order."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: The outbox message behind both: ``order_id`` and the notice's ``code``.
ORDER_MOVED = "enforcement.order_moved"

ANSWERED = NoticeKind("enforcement.order_answered", "机构已报整改，待复查", Topic.TODO)
ESCALATED = NoticeKind("enforcement.order_escalated", "整改事项转立案", Topic.TODO)

BY_CODE = {notice.code: notice for notice in (ANSWERED, ESCALATED)}
