"""Who is told that a class uses what was not approved."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: An alarm was raised: ``alarm_id``. Each night: approvals that ran out while a class uses the set.
ALARM = "materials.alarm"
EXPIRE = "materials.expire"

APPROVAL_ENDING = NoticeKind("materials.approval_ending", "培训材料备案到期", Topic.DEADLINE)
USED_UNAPPROVED = NoticeKind("materials.used_unapproved", "班级使用未经审核的材料", Topic.TODO)
