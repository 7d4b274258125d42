"""Who is told what about fund supervision, and the jobs."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

AGREEMENT_ENDING = NoticeKind("funds.agreement_ending", "三方协议将到期", Topic.DEADLINE)
#: The clock of an agreement: it runs until the agreement is renewed or ended.
AGREEMENT_CLOCK = "funds.agreement"
OBSTACLE_CLOCK = "funds.obstacle"
EXPIRE = "funds.expire_agreements"
SWEEP = "funds.sweep_files"
