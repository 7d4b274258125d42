"""Who is told what about contracts. No notice carries a person's name."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: Outbox messages: ``opening_id``.
OPENING_ASKED = "contracts.opening_asked"
OPENING_DECIDED = "contracts.opening_decided"
#: Periodic, no payload: what is due is destroyed; what time alone makes wrong is found.
DESTROY = "contracts.destroy_parties"
CHECK = "contracts.check"
#: ``limit_id``: a limit was approved, perhaps from a day that is past.
LIMIT_SET = "contracts.limit_set"

ASKED = NoticeKind("contracts.opening_asked", "学员信息查看申请待审批", Topic.TODO)
DECIDED = NoticeKind("contracts.opening_decided", "学员信息查看申请已审批", Topic.NEWS)
