"""Who is told what about after-school services."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

SELECTION_ENDING = NoticeKind("afterschool.selection_ending", "课后服务机构遴选到期", Topic.DEADLINE)
