"""Who is told what about an assignment."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: The outbox message behind all of them: ``part_id`` and the notice's ``code``.
PART_MOVED = "assignments.part_moved"

GIVEN = NoticeKind("assignments.given", "新的交办任务", Topic.TODO)
ANSWERED = NoticeKind("assignments.answered", "交办已反馈，待审核", Topic.TODO)
RETURNED = NoticeKind("assignments.returned", "交办被退回", Topic.TODO)
ACCEPTED = NoticeKind("assignments.accepted", "交办已办结", Topic.NEWS)
CANCELLED = NoticeKind("assignments.cancelled", "交办已撤回", Topic.NEWS)

BY_CODE = {notice.code: notice for notice in (GIVEN, ANSWERED, RETURNED, ACCEPTED, CANCELLED)}
#: All but the answer go to the organ that has to act; the answer goes to the one that gave the assignment.
TO_GIVER = frozenset({ANSWERED.code})
