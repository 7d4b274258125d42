"""Effects that the outbox carries out for the register, and who is told what."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

IMPORTED = "institutions.imported"
PERMIT_ENDING = NoticeKind("institutions.permit_ending", "办学许可到期", Topic.DEADLINE)
