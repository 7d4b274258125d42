"""Facts of training materials."""

from foundation.core.events import EventKind

REGISTERED = EventKind("material.registered", "登记培训材料")
PASSED_INSIDE = EventKind("material.passed_inside", "材料通过内审")
SENT = EventKind("material.sent", "材料送外审")
OPINION_GIVEN = EventKind("material.opinion_given", "登记外审意见")
APPROVED = EventKind("material.approved", "材料审核通过")
RETURNED = EventKind("material.returned", "材料退回修改")
REFUSED = EventKind("material.refused", "材料审核不通过")
WITHDRAWN = EventKind("material.withdrawn", "撤销材料审核")
RESUBMITTED = EventKind("material.resubmitted", "材料重新送审")
REVIEWER_NAMED = EventKind("material_reviewer.named", "聘任材料审核人员")
REVIEWER_ENDED = EventKind("material_reviewer.ended", "终止材料审核人员任期")
USED = EventKind("material_use.recorded", "登记班级使用材料")
STOPPED = EventKind("material_use.stopped", "班级停用材料")
ALARMED = EventKind("material_alarm.raised", "未审先用警示")
ALARM_CLOSED = EventKind("material_alarm.closed", "未审先用警示解除")
