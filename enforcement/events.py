"""Facts of enforcement."""

from foundation.core.events import EventKind

ORDER_ISSUED = EventKind("order.issued", "开具责令改正通知书")
ORDER_SERVED = EventKind("order.served", "登记通知书送达")
PROOF_TAKEN_IN = EventKind("order.proof", "收到整改报告")
ORDER_RECHECKED = EventKind("order.rechecked", "登记整改复查")
RECHECK_RECORD_ISSUED = EventKind("order.recheck_record", "出具整改复查记录")
ORDER_CLOSED = EventKind("order.closed", "复查合格，通知书办结")
ORDER_EXTENDED = EventKind("order.extended", "延长整改期限")
ORDER_ESCALATED = EventKind("order.escalated", "整改事项转立案")
ORDER_VOIDED = EventKind("order.voided", "撤销通知书")
ORDER_TAGGED = EventKind("order.tagged", "通知书计入专项行动")

INTERVIEW_PLANNED = EventKind("interview.planned", "安排约谈")
PARTY_SUMMONED = EventKind("interview.summoned", "通知约谈")
PARTY_DROPPED = EventKind("interview.dropped", "移出约谈")
INTERVIEW_HELD = EventKind("interview.held", "完成约谈")
INTERVIEW_CANCELLED = EventKind("interview.cancelled", "取消约谈")
PARTY_REPORTED = EventKind("interview.reported", "收到约谈整改报告")
PARTY_FIXED = EventKind("interview.fixed", "约谈事项已整改")
STUDY_VISIT_RECORDED = EventKind("study_visit.recorded", "登记观摩学习")

REMOVAL_RECORDED = EventKind("removal.recorded", "登记广告处置")
REMOVAL_JOINED = EventKind("removal.joined", "补登同次广告处置")
REMOVAL_VOIDED = EventKind("removal.voided", "作废广告处置")
REMOVAL_TAGGED = EventKind("removal.tagged", "广告处置计入专项行动")
ADVERTS_FLAGGED = EventKind("removal.flagged", "设反复违规广告标记")
ADVERTS_UNFLAGGED = EventKind("removal.unflagged", "解除反复违规广告标记")
