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
    KEPT_DAYS = "kept_days", "合同结束后个人信息保存"


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
    LimitCode.KEPT_DAYS: LimitMeasure.DAY,
}


class ProposalState(TextChoices):
    PROPOSED = "proposed", "待审批"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"


# -- contracts and the people in them ------------------------------------------------------------------------------
class ContractState(TextChoices):
    ACTIVE = "active", "履行中"
    ENDED = "ended", "已到期"
    TERMINATED = "terminated", "已解除"


class YesNo(TextChoices):
    """What a cell of a sheet says of something that is or is not."""

    YES = "yes", "是"
    NO = "no", "否"


class PaymentWay(TextChoices):
    LUMP = "lump", "一次性"
    INSTALMENT = "instalment", "分期"


class BoughtVia(TextChoices):
    """Where the parents chose and bought the course."""

    APP = "app", "全国平台App"
    OFFLINE = "offline", "线下签订"


class ConsentWay(TextChoices):
    PAPER = "paper", "纸质签字"
    APP = "app", "平台勾选"
    SMS = "sms", "短信确认"
    RECORDED = "recorded", "录音录像"


# -- money and lessons ---------------------------------------------------------------------------------------------
class PayChannel(TextChoices):
    BANK = "bank", "银行转账"
    WECHAT = "wechat", "微信支付"
    ALIPAY = "alipay", "支付宝"
    POS = "pos", "刷卡"
    APP = "app", "全国平台App"
    CASH = "cash", "现金"
    OTHER = "other", "其他"


class ToldBy(TextChoices):
    """Whose serial number a payment bears."""

    PLATFORM = "platform", "全国平台"
    BANK = "bank", "银行"
    INSTITUTION = "institution", "机构报送"


class Verdict(TextChoices):
    """三一致 of one payment: invoice = contract = who bought."""

    AGREES = "agrees", "一致"
    DIFFERS = "differs", "不一致"
    NO_CONTRACT = "no_contract", "缺合同"
    NO_INVOICE = "no_invoice", "缺发票"
    NEITHER = "neither", "缺合同和发票"
    ERASED = "erased", "个人信息已销毁"


class FindingLevel(TextChoices):
    RED = "red", "红"
    ORANGE = "orange", "橙"
    YELLOW = "yellow", "黄"


class FindingCode(TextChoices):
    V01 = "V01", "时间跨度超限"
    V02 = "V02", "课时超限"
    V03 = "V03", "金额超限"
    V04 = "V04", "疑似拆单"
    V05 = "V05", "超指导价"
    V06 = "V06", "收费过早"
    V07 = "V07", "未收入监管专户"
    V08 = "V08", "现金未按期归集"
    V09 = "V09", "三一致不符"
    V10 = "V10", "缺合同或发票"
    V11 = "V11", "消课资金划转过晚"
    V12 = "V12", "超出办学许可期限"
    V13 = "V13", "上课时间违规"
    V14 = "V14", "监管专户没有有效协议"


#: What contracts alone do not tell: found by the app that knows accounts, deposits and releases.
OF_MONEY = (FindingCode.V07, FindingCode.V08, FindingCode.V11, FindingCode.V14)

LEVELS = {
    FindingCode.V01: FindingLevel.RED,
    FindingCode.V02: FindingLevel.RED,
    FindingCode.V03: FindingLevel.RED,
    FindingCode.V04: FindingLevel.ORANGE,
    FindingCode.V05: FindingLevel.RED,
    FindingCode.V06: FindingLevel.YELLOW,
    FindingCode.V07: FindingLevel.RED,
    FindingCode.V08: FindingLevel.ORANGE,
    FindingCode.V09: FindingLevel.ORANGE,
    FindingCode.V10: FindingLevel.YELLOW,
    FindingCode.V11: FindingLevel.YELLOW,
    FindingCode.V12: FindingLevel.YELLOW,
    FindingCode.V13: FindingLevel.ORANGE,
    FindingCode.V14: FindingLevel.ORANGE,
}

#: How a verdict or a level looks: tones of chips.
VERDICTS = {
    Verdict.AGREES: "ok",
    Verdict.DIFFERS: "bad",
    Verdict.NO_CONTRACT: "notice",
    Verdict.NO_INVOICE: "notice",
    Verdict.NEITHER: "notice",
    Verdict.ERASED: "plain",
}
FINDINGS = {FindingLevel.RED: "bad", FindingLevel.ORANGE: "notice", FindingLevel.YELLOW: "primary"}
