"""Who is told what about releases and refunds."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: The outbox message: ``consumption_id``.
DISPUTED_BY_GUARDIAN = "payouts.disputed_by_guardian"

DISPUTED = NoticeKind("payouts.lessons_disputed", "家长对消课有异议，待核实", Topic.TODO)
