"""Words of clues (``docs/glossary.md``): where they come from, what they are about, how far they are."""

from django.db.models import TextChoices


class Channel(TextChoices):
    """How a clue reached the bureau. The first four are our own people's, who are told what became of it."""

    GRID = "grid", "网格上报"
    SUPERVISOR = "supervisor", "监督员反馈"
    SCHOOL = "school", "学校专员上报"
    STAFF = "staff", "工作人员发现"
    HOTLINE = "hotline", "12345转办"
    PHONE = "phone", "电话反映"
    MAILBOX = "mailbox", "信箱来信"
    TIP = "tip", "网上反映"
    ONLINE = "online", "网络线索"
    TRANSFER = "transfer", "部门移交"


OWN_PEOPLE = frozenset({Channel.GRID, Channel.SUPERVISOR, Channel.SCHOOL, Channel.STAFF})


class Subject(TextChoices):
    UNLICENSED = "unlicensed", "无证办学"
    DISGUISED = "disguised", "隐形变异"
    HOURS = "hours", "违规时间或学科"
    ADVERT = "advert", "违规广告"
    SAFETY = "safety", "安全隐患"
    FEES = "fees", "收费退费"
    OTHER = "other", "其他"


class ClueState(TextChoices):
    RECEIVED = "received", "待受理"
    HANDED = "handed", "已移交"
    ACCEPTED = "accepted", "已受理"
    CHECKING = "checking", "核查中"
    CLOSED = "closed", "已办结"
    REFUSED = "refused", "不予受理"
    MERGED = "merged", "已并入"


class Verdict(TextChoices):
    TRUE = "true", "属实"
    PARTLY = "partly", "部分属实"
    UNTRUE = "untrue", "不属实"


class WhistleState(TextChoices):
    RAISED = "raised", "吹哨中"
    ENDED = "ended", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class Satisfaction(TextChoices):
    SATISFIED = "satisfied", "满意"
    PARTLY = "partly", "基本满意"
    UNSATISFIED = "unsatisfied", "不满意"
    UNREACHABLE = "unreachable", "联系不上"


class SenderKind(TextChoices):
    """What is known of who sent it; blank for our own people's clues, which name their reporter."""

    ANONYMOUS = "anonymous", "匿名"
    SEALED = "sealed", "实名（已密封）"
    DESTROYED = "destroyed", "实名（已到期销毁）"


class OpeningState(TextChoices):
    ASKED = "asked", "待审批"
    ALLOWED = "allowed", "已批准"
    REFUSED = "refused", "未批准"


class Medium(TextChoices):
    """Where an advertisement appeared."""

    ACCOUNT = "account", "公众号"
    MOMENTS = "moments", "朋友圈"
    GROUP = "group", "群消息"
    VIDEO = "video", "短视频"
    OUTDOOR = "outdoor", "户外"
    POSTER = "poster", "海报"
    LEAFLET = "leaflet", "传单"
    CAMPUS = "campus", "校园"
    SHOP = "shop", "门店"
    OTHER = "other", "其他"


class Carrier(TextChoices):
    """What of a school's is made to carry it (广告法 §39)."""

    GROUNDS = "grounds", "校园内"
    TEXTBOOK = "textbook", "教材"
    AID = "aid", "教辅"
    EXERCISE = "exercise", "练习册"
    STATIONERY = "stationery", "文具"
    TEACHING_TOOL = "tool", "教具"
    UNIFORM = "uniform", "校服"
    BUS = "bus", "校车"


class AdUnit(TextChoices):
    """What is counted. Quantities of different units are never added."""

    PLACE = "place", "处"
    FACE = "face", "面"
    BOARD = "board", "块"
    SHEET = "sheet", "张"
    FIRM = "firm", "家"


class Claim(TextChoices):
    """About what an advertisement says something untrue or misleading."""

    TEACHERS = "teachers", "教师资质"
    RECORD = "record", "执教履历"
    EFFECT = "effect", "培训效果"
    STRENGTH = "strength", "机构实力"
    REVIEWS = "reviews", "用户评价"
    ANXIETY = "anxiety", "制造焦虑"


class Nearness(TextChoices):
    """How far from a school or kindergarten."""

    INSIDE = "inside", "校园内"
    GATE = "gate", "校门口"
    NEAR = "near", "学校周边"
    AWAY = "away", "远离学校"


class AdRuleKind(TextChoices):
    """What a rule of the screening is for: the first mark something, the others tell in what surroundings."""

    PROMISE = "promise", "承诺"
    EXAMINERS = "examiners", "命题"
    ENDORSEMENT = "endorsement", "证明"
    FALSE = "false", "虚假"
    EXTREME = "extreme", "极限"
    TEACHER = "teacher", "在职"
    ANXIETY = "anxiety", "焦虑"
    DISGUISE = "disguise", "变异"
    HOURS = "hours", "时间"
    CAMPUS = "campus", "校园"
    PLACEMENT = "placement", "管控"
    TRAINING = "training", "教学用语"
    SUBJECT = "subject", "学科用语"
    PUPILS = "pupils", "学生用语"
    OFFER = "offer", "招揽用语"
    WARNING = "warning", "警示用语"
    OFFICIAL = "official", "公告用语"
    OTHER_TRADE = "other_trade", "其他行业用语"


#: Rules that tell of the surroundings and mark nothing.
SURROUNDINGS = frozenset(
    {AdRuleKind.TRAINING, AdRuleKind.SUBJECT, AdRuleKind.PUPILS, AdRuleKind.OFFER}
    | {AdRuleKind.WARNING, AdRuleKind.OFFICIAL, AdRuleKind.OTHER_TRADE}
)
