"""Facts of money that leaves a supervised account; what it does to the books, the entries say."""

from foundation.core.events import EventKind

PURSE_OPENED = EventKind("payouts.purse_opened", "建立合同资金")
DEPOSITED = EventKind("payouts.deposited", "确认缴费入账")
LESSONS_PROPOSED = EventKind("payouts.lessons_proposed", "提交消课")
LESSONS_CONFIRMED = EventKind("payouts.lessons_confirmed", "确认消课")
LESSONS_DISPUTED = EventKind("payouts.lessons_disputed", "登记消课异议")
LESSONS_CANCELLED = EventKind("payouts.lessons_cancelled", "撤销消课")
RELEASE_PROPOSED = EventKind("payouts.release_proposed", "提请核拨")
RELEASE_APPROVED = EventKind("payouts.release_approved", "审核通过核拨")
RELEASE_REFUSED = EventKind("payouts.release_refused", "退回核拨")
RELEASE_PAID = EventKind("payouts.release_paid", "核拨已付款")
RELEASE_FAILED = EventKind("payouts.release_failed", "核拨付款失败")
REFUND_ASKED = EventKind("payouts.refund_asked", "登记退费申请")
REFUND_ANSWERED = EventKind("payouts.refund_answered", "登记机构答复")
REFUND_SETTLED = EventKind("payouts.refund_settled", "登记协调结果")
REFUND_DECLINED = EventKind("payouts.refund_declined", "不予退费")
REFUND_APPROVED = EventKind("payouts.refund_approved", "核定退费")
REFUND_PAID = EventKind("payouts.refund_paid", "退费已付款")
REFUND_WITHDRAWN = EventKind("payouts.refund_withdrawn", "撤回退费申请")
HOLD_SET = EventKind("payouts.hold_set", "暂停核拨")
HOLD_ENDED = EventKind("payouts.hold_ended", "恢复核拨")
