"""Who is told what about visits."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: The outbox message of a visit with something serious: ``visit_id``.
SERIOUS_FOUND = "inspections.serious_found"
#: The outbox message of a supervisor's finding that staff judged: ``finding_id``.
FINDING_JUDGED = "inspections.finding_judged"

SERIOUS = NoticeKind("inspections.serious", "检查发现严重问题", Topic.TODO)
JUDGED = NoticeKind("inspections.judged", "您反映的问题已核实", Topic.NEWS)
