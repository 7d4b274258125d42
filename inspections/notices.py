"""Who is told what about visits."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: The outbox message of a visit with something serious: ``visit_id``.
SERIOUS_FOUND = "inspections.serious_found"
#: The outbox message of a supervisor's finding that staff judged: ``finding_id``.
FINDING_JUDGED = "inspections.finding_judged"

SERIOUS = NoticeKind("inspections.serious", "检查发现严重问题", Topic.TODO)
JUDGED = NoticeKind("inspections.judged", "您反映的问题已核实", Topic.NEWS)

# -- campaigns and patrols -----------------------------------------------------------------------------------------
#: The outbox message of a campaign that started: ``campaign_id``.
CAMPAIGN_BEGUN = "inspections.campaign_begun"
#: The outbox message of a shift that was planned, changed or called off: ``shift_id``, ``round``.
SHIFT_TOLD = "inspections.shift_told"

CAMPAIGN_STARTED = NoticeKind("inspections.campaign_started", "专项行动已启动", Topic.TODO)
RETURN_DUE = NoticeKind("inspections.return_due", "今日日报尚未报送", Topic.TODO)
ON_DUTY = NoticeKind("inspections.on_duty", "巡查排班", Topic.TODO)
SHIFT_OFF = NoticeKind("inspections.shift_off", "巡查班次已取消", Topic.NEWS)
