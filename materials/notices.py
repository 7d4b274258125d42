"""Who is told that a class uses what was not approved."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: An alarm was raised: ``alarm_id``. Each night: approvals that ran out while a class uses the set.
ALARM = "materials.alarm"
EXPIRE = "materials.expire"

APPROVAL_ENDING = NoticeKind("materials.approval_ending", "培训材料备案到期", Topic.DEADLINE)
USED_UNAPPROVED = NoticeKind("materials.used_unapproved", "班级使用未经审核的材料", Topic.TODO)

#: What to do before an approval ends, for a set that is to be used without a gap.
RENEWAL = "要接着使用的，请另行登记一套（版次写明新版或续审），在到期前审核通过，并登记班级改用；到期后不得再用。"
