"""Who is told what about releases and refunds."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: The outbox message: ``consumption_id``.
DISPUTED_BY_GUARDIAN = "payouts.disputed_by_guardian"

#: The outbox message: ``refund_id``.
ASKED_BY_GUARDIAN = "payouts.asked_by_guardian"
#: The outbox message: ``code_id``.
PHONE_CODE = "payouts.phone_code"

#: The outbox message: ``consumption_id``, ``last`` (whether the days are nearly over).
LESSONS_TOLD = "payouts.lessons_told"
#: The outbox message: ``refund_id``.
ANSWER_DUE = "payouts.answer_due"

ASKED = NoticeKind("payouts.refund_asked_online", "家长网上申请退费，待机构答复", Topic.TODO)
SILENCE_ENDS = NoticeKind("payouts.silence_ends", "消课待家长确认", Topic.DEADLINE)
ANSWER_ENDS = NoticeKind("payouts.answer_ends", "退费申请待机构答复", Topic.DEADLINE)
DISPUTED = NoticeKind("payouts.lessons_disputed", "家长对消课有异议，待核实", Topic.TODO)
