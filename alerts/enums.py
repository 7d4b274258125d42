"""Words of early warning. Values are stable; labels are what screens print."""

from django.db.models import TextChoices


class Rule(TextChoices):
    R01 = "R01", "资金覆盖不足"
    R02 = "R02", "大额或异常流出"
    R03 = "R03", "长期未上课"
    R04 = "R04", "退费逾期"
    R05 = "R05", "退费申请激增"
    R06 = "R06", "收费突增"
    R07 = "R07", "投诉集中或人去楼空"
    R08 = "R08", "拖欠租金工资或搬离"
    R09 = "R09", "法人股权变更或经营异常"
    R10 = "R10", "连续上门未果"
    R11 = "R11", "证照协议临期"
    R12 = "R12", "对账文件缺报"
    R13 = "R13", "关联机构高风险"


class Grade(TextChoices):
    """How grave one alert is, and at which level an institution stands."""

    RED = "red", "红"
    ORANGE = "orange", "橙"
    YELLOW = "yellow", "黄"
    BLUE = "blue", "蓝"


#: How a grade looks: tones of chips.
TONES = {Grade.RED: "bad", Grade.ORANGE: "notice", Grade.YELLOW: "notice", Grade.BLUE: "primary"}
#: Of open alerts; an institution without any stands at 蓝 as well, with a score of 0.
WEIGHTS = {Grade.BLUE: 1, Grade.YELLOW: 3, Grade.ORANGE: 8, Grade.RED: 20}
#: Together, or alone, they put an institution at 红 at once, whatever the sum.
AT_ONCE = (frozenset({Rule.R01, Rule.R04}), frozenset({Rule.R08}), frozenset({Rule.R10}))
#: Rules about something that happened; the others are about what is so today.
EVENTS = frozenset({Rule.R02, Rule.R07, Rule.R08, Rule.R09, Rule.R10})


class AlertState(TextChoices):
    OPEN = "open", "待处置"
    CLOSED = "closed", "已办结"
    DISAGREED = "disagreed", "不认同"
    LAPSED = "lapsed", "情形已消失"


class Action(TextChoices):
    VERIFY = "verify", "核实"
    INTERVIEW = "interview", "约谈"
    ORDER = "order", "限期整改"
    FREEZE = "freeze", "冻结解付"
    POLICE = "police", "移交公安"


class ThresholdCode(TextChoices):
    COVERAGE = "coverage", "R01 覆盖率下限(%)"
    SINGLE_SHARE = "single_share", "R02 单笔流出占余额(%)"
    SINGLE_YUAN = "single_yuan", "R02 没有往期可比时单笔流出(元)"
    DAY_SHARE = "day_share", "R02 单日流出占余额(%)"
    OWN_OUTFLOW = "own_outflow", "R02 与自身往期最高的比(%)"
    DRAIN = "drain", "R02 14天流出与自身平常的比(%)"
    IDLE_DAYS = "idle_days", "R03 未上课天数"
    REFUND_RISE = "refund_rise", "R05 退费申请与自身平常的比(%)"
    REFUND_SHARE = "refund_share", "R05 退费申请占在读学员(%)"
    REFUND_SAMPLE = "refund_sample", "R05 至少几笔才比较"
    INCOME_RISE = "income_rise", "R06 14天收费与自身平常的比(%)"
    COMPLAINTS = "complaints", "R07 30天投诉件数"
    FAILED_VISITS = "failed_visits", "R10 连续上门未果次数"
    EXPIRY_FIRST = "expiry_first", "R11 提前天数(蓝)"
    EXPIRY_LAST = "expiry_last", "R11 提前天数(黄)"
    FILE_LATE = "file_late", "R12 缺报工作日"
    SAMPLE_DAYS = "sample_days", "与自身比较至少要有的天数"
    EVENT_DAYS = "event_days", "事件观察期(天)"
    HALF_AFTER = "half_after", "几天后减半计分"
    LEVEL_RED = "level_red", "红色分值"
    LEVEL_ORANGE = "level_orange", "橙色分值"
    LEVEL_YELLOW = "level_yellow", "黄色分值"
    DUE_RED = "due_red", "红色预警处置期限(工作日)"
    DUE_ORANGE = "due_orange", "橙色预警处置期限(工作日)"
    DUE_YELLOW = "due_yellow", "黄色预警处置期限(工作日)"
    DUE_BLUE = "due_blue", "蓝色预警处置期限(工作日)"


class SignKind(TextChoices):
    """What somebody saw or heard in the field that no other register holds."""

    WAGES = "wages", "拖欠工资"
    RENT = "rent", "拖欠租金"
    MOVED = "moved", "搬离原址"
    POWER = "power", "停水停电"
    UNREACHABLE = "unreachable", "关门或联系不上"
    EQUITY = "equity", "股权冻结或变更"
    ABNORMAL = "abnormal", "列入经营异常名录"


#: Of which rule a sign is a fact.
RULE_OF_SIGN = {
    **dict.fromkeys((SignKind.WAGES, SignKind.RENT, SignKind.MOVED, SignKind.POWER), Rule.R08),
    SignKind.UNREACHABLE: Rule.R07,
    **dict.fromkeys((SignKind.EQUITY, SignKind.ABNORMAL), Rule.R09),
}


class RunawayKind(TextChoices):
    COLLAPSE = "collapse", "爆雷"
    FLIGHT = "flight", "跑路"
