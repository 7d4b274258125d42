"""Words of enforcement (``docs/glossary.md``)."""

from django.db.models import TextChoices

from foundation.documents.enums import DocumentKind


class OrderKind(TextChoices):
    """Orders to put right are no penalties (行政处罚法 §28): they ask for a lawful state again."""

    RECTIFY = "rectify", "责令限期整改"
    STOP = "stop", "责令停止培训"
    ON_SPOT = "on_spot", "当场责令改正"


DOCUMENT_OF = {
    OrderKind.RECTIFY: DocumentKind.RECTIFICATION,
    OrderKind.STOP: DocumentKind.STOP_TRAINING,
    OrderKind.ON_SPOT: DocumentKind.ON_SPOT,
}


class OrderState(TextChoices):
    """An order is closed by evidence only: a re-check by two officers that found the facts put right."""

    ISSUED = "issued", "整改中"
    ANSWERED = "answered", "已报整改，待复查"
    CLOSED = "closed", "已办结"
    ESCALATED = "escalated", "转立案"
    VOIDED = "voided", "已撤销"


OPEN = (OrderState.ISSUED, OrderState.ANSWERED)
#: Orders that count as issued: a void one never was.
COUNTED = (*OPEN, OrderState.CLOSED, OrderState.ESCALATED)


#: Purposes of one-purpose links (``answering.py``): what a party puts right after a notice, and after an interview.
ORDER_LINK, INTERVIEW_LINK = "order", "interview"


class Service(TextChoices):
    """How a paper reached its party."""

    NONE = "none", "尚未送达"
    DIRECT = "direct", "直接送达"
    LEFT = "left", "留置送达"
    POST = "post", "邮寄送达"
    ELECTRONIC = "electronic", "电子送达(经书面同意)"
    NOTICE = "notice", "公告送达"


class InterviewKind(TextChoices):
    """约谈: one party alone, or many at once about the same problems."""

    INDIVIDUAL = "individual", "个别约谈"
    COLLECTIVE = "collective", "集体约谈"


class InterviewState(TextChoices):
    PLANNED = "planned", "待约谈"
    HELD = "held", "已约谈"
    CANCELLED = "cancelled", "已取消"


class PartyState(TextChoices):
    """Where one of the summoned stands. With a problem it has to put right something by a day, and a visit shows it."""

    SUMMONED = "summoned", "已通知"
    OPEN = "open", "整改中"
    FIXED = "fixed", "已整改"
    TALKED = "talked", "已约谈"
    DROPPED = "dropped", "已移出"


class AdOutcome(TextChoices):
    """What became of an advertisement on the spot. What was confiscated may be destroyed later: it counts in both."""

    DISSUADED = "dissuaded", "劝离"
    CONFISCATED = "confiscated", "罚没"
    DISMANTLED = "dismantled", "拆除"
    DELETED = "deleted", "删除"
    DESTROYED = "destroyed", "销毁"
    TRANSFERRED = "transferred", "移送"


#: After these it is no longer there.
CLEARING = frozenset({AdOutcome.DISSUADED, AdOutcome.CONFISCATED, AdOutcome.DISMANTLED, AdOutcome.DELETED})
#: The name of the risk flag of those who advertise against the rules again and again.
REPEAT_ADVERTS = "反复违规广告"
