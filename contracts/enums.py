"""Words of contracts and payments (``docs/glossary.md``). Values are stable; labels are what screens print."""

from django.db.models import TextChoices

from foundation.accounts.enums import TrainingCategory


class FeeCategory(TextChoices):
    """What the fee rules tell apart."""

    SUBJECT = "subject", "学科类"
    NON_SUBJECT = "non_subject", "非学科类"

    @classmethod
    def of(cls, category: str) -> "FeeCategory":
        """Of an institution's or a course's category of training."""
        return cls.SUBJECT if category == TrainingCategory.SUBJECT else cls.NON_SUBJECT


class Delivery(TextChoices):
    OFFLINE = "offline", "线下"
    ONLINE = "online", "线上"


# -- dated limits --------------------------------------------------------------------------------------------------
class LimitCode(TextChoices):
    MONTHS_CAP = "months_cap", "一次收费最长时间跨度"
    LESSONS_CAP = "lessons_cap", "一次收费最多课时"
    AMOUNT_CAP = "amount_cap", "一次收费最高金额"
    SPLIT_TOLERANCE = "split_tolerance", "拆单合计的宽限"
    GUIDE_PRICE = "guide_price", "政府指导价"
    GUIDE_RISE = "guide_rise", "指导价最高上浮"
    EARLIEST_COLLECTION = "earliest_collection", "最早收费时间"
    POOLING_DAYS = "pooling_days", "现金归集期限"
    TRANSFER_DAYS = "transfer_days", "消课资金划转期限"
    INVOICE_DAYS = "invoice_days", "补齐合同和发票的期限"
    LATEST_END = "latest_end", "课程最晚结束时间"


class LimitMeasure(TextChoices):
    """In what a limit's value counts; ``MINUTE_OF_DAY`` is a time of day."""

    MONTH = "month", "个月"
    LESSON = "lesson", "课时"
    FEN = "fen", "元"
    PERCENT = "percent", "%"
    DAY = "day", "天"
    WORKING_DAY = "working_day", "个工作日"
    MINUTE_OF_DAY = "minute_of_day", "时刻"


#: What each limit counts in; a proposal cannot choose another.
MEASURES = {
    LimitCode.MONTHS_CAP: LimitMeasure.MONTH,
    LimitCode.LESSONS_CAP: LimitMeasure.LESSON,
    LimitCode.AMOUNT_CAP: LimitMeasure.FEN,
    LimitCode.SPLIT_TOLERANCE: LimitMeasure.PERCENT,
    LimitCode.GUIDE_PRICE: LimitMeasure.FEN,
    LimitCode.GUIDE_RISE: LimitMeasure.PERCENT,
    LimitCode.EARLIEST_COLLECTION: LimitMeasure.MONTH,
    LimitCode.POOLING_DAYS: LimitMeasure.WORKING_DAY,
    LimitCode.TRANSFER_DAYS: LimitMeasure.DAY,
    LimitCode.INVOICE_DAYS: LimitMeasure.DAY,
    LimitCode.LATEST_END: LimitMeasure.MINUTE_OF_DAY,
}


class ProposalState(TextChoices):
    PROPOSED = "proposed", "待审批"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
