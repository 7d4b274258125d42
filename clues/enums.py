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
