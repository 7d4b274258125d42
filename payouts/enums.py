"""Words of money that leaves a supervised account. Values are stable; labels are what screens print."""

from django.db.models import TextChoices

#: The one-purpose link of a contract's guardian.
MONEY_LINK = "contract_money"


class ConsumptionState(TextChoices):
    """消课: lessons taken, told to the guardian, confirmed or not."""

    PROPOSED = "proposed", "待家长确认"
    CONFIRMED = "confirmed", "已确认"
    DISPUTED = "disputed", "家长有异议"
    CANCELLED = "cancelled", "已撤销"


class ConfirmedBy(TextChoices):
    GUARDIAN = "guardian", "家长确认"
    SILENCE = "silence", "逾期未提异议，视为确认"
    BUREAU = "bureau", "经办人核实"


class ReleaseState(TextChoices):
    """核拨: what an institution earned goes to its own account."""

    PROPOSED = "proposed", "待审核"
    APPROVED = "approved", "已审核，待银行付款"
    PAID = "paid", "已核拨"
    REFUSED = "refused", "未通过"
    FAILED = "failed", "付款失败，已冲回"


class RefundState(TextChoices):
    ASKED = "asked", "待机构答复"
    AGREED = "agreed", "机构同意，待核定"
    DISPUTED = "disputed", "机构不同意，待协调"
    SETTLED = "settled", "协调一致，待核定"
    APPROVED = "approved", "已核定，待退款"
    PAID = "paid", "已退款"
    DECLINED = "declined", "不予退费"
    WITHDRAWN = "withdrawn", "已撤回"


#: Nothing more comes of such a refund.
ENDED = (RefundState.PAID, RefundState.DECLINED, RefundState.WITHDRAWN)


class AskedBy(TextChoices):
    """How a guardian's wish came in."""

    COUNTER = "counter", "家长到场或来电"
    INSTITUTION = "institution", "机构代为提交"
    COMPLAINT = "complaint", "投诉举报转办"
    ONLINE = "online", "家长网上申请"
