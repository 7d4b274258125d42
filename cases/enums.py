"""Words of administrative penalty cases (``docs/glossary.md``)."""

from django.db.models import TextChoices

from foundation.documents.enums import DocumentKind


class Source(TextChoices):
    """From what a case grew."""

    VISIT = "visit", "检查发现"
    ORDER = "order", "责令改正后转立案"
    CLUE = "clue", "投诉举报"
    TRANSFER = "transfer", "部门移送"
    OTHER = "other", "其他"


class CaseState(TextChoices):
    """Where a case stands. Nothing skips a step: no decision without review, notice and the party's say."""

    PROPOSED = "proposed", "待立案审批"
    DECLINED = "declined", "不予立案"
    INVESTIGATING = "investigating", "调查取证"
    CONCLUDED = "concluded", "待法制审核"
    REVIEWED = "reviewed", "审核通过，待告知"
    NOTIFIED = "notified", "已告知，听取意见"
    HEARING = "hearing", "听证"
    HEARD = "heard", "待提出处理意见"
    TO_DECIDE = "to_decide", "待审批决定"
    DECIDED = "decided", "已决定，待送达"
    EXECUTING = "executing", "执行中"
    CLOSING = "closing", "待结案审批"
    CLOSED = "closed", "已结案"
    WITHDRAWN = "withdrawn", "已撤案"
    TRANSFERRED = "transferred", "已移送"
    ARCHIVED = "archived", "已归档"


#: States in which nothing more is decided; a case in one of them is no open case.
ENDED = (CaseState.DECLINED, CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.TRANSFERRED, CaseState.ARCHIVED)
OPEN = tuple(state for state in CaseState if state not in ENDED)


class Outcome(TextChoices):
    """What a case comes to."""

    PUNISH = "punish", "给予行政处罚"
    SPARE = "spare", "不予行政处罚"
    WITHDRAW = "withdraw", "撤销案件"
    TRANSFER = "transfer", "移送"


#: Outcomes that the party is told of by a decision; the others end the case when they are approved.
SERVED = (Outcome.PUNISH, Outcome.SPARE)
ENDED_BY_DECISION = (Outcome.WITHDRAW, Outcome.TRANSFER)


class PenaltyKind(TextChoices):
    """校外培训行政处罚暂行办法 art. 5 (教育部令第53号)."""

    WARNING = "warning", "警告"
    CRITICISM = "criticism", "通报批评"
    FINE = "fine", "罚款"
    CONFISCATION = "confiscation", "没收违法所得"
    STOP_ENROLMENT = "stop_enrolment", "责令停止招收学员"
    STOP_RUNNING = "stop_running", "责令停止举办"
    REVOCATION = "revocation", "吊销许可证件"
    BAN = "ban", "限制从业"


#: Penalties of so many yuan.
MONEY = (PenaltyKind.FINE, PenaltyKind.CONFISCATION)
#: Always heard on request and always discussed by those in charge (行政处罚法 §57, §63); sums of money from a limit on.
GRAVE = (PenaltyKind.STOP_ENROLMENT, PenaltyKind.STOP_RUNNING, PenaltyKind.REVOCATION, PenaltyKind.BAN)


class Stage(TextChoices):
    """Penalties as the party was told of them, and as they were decided."""

    NOTICED = "noticed", "拟处罚"
    DECIDED = "decided", "处罚决定"


class StatementKind(TextChoices):
    """What the party says after it was told."""

    DEFENCE = "defence", "陈述申辩"
    HEARING = "hearing", "要求听证"
    WAIVER = "waiver", "书面放弃"


class EvidenceKind(TextChoices):
    """行政处罚法 §46."""

    WRITTEN = "written", "书证"
    OBJECT = "object", "物证"
    AUDIOVISUAL = "audiovisual", "视听资料"
    ELECTRONIC = "electronic", "电子数据"
    WITNESS = "witness", "证人证言"
    PARTY = "party", "当事人的陈述"
    EXPERT = "expert", "鉴定意见"
    RECORD = "record", "勘验笔录、现场笔录"


class Disposal(TextChoices):
    """What became of evidence that was put in safe keeping (行政处罚法 §56)."""

    NONE = "none", "登记保存中"
    RETURNED = "returned", "退还"
    KEPT = "kept", "作为证据留存"
    CONFISCATED = "confiscated", "依法没收"
    HANDED_OVER = "handed_over", "移交有权机关"
    DESTROYED = "destroyed", "依法销毁"


#: Papers that are handed to the party, each with its proof of service.
SERVED_PAPERS = (
    DocumentKind.PRESERVATION,
    DocumentKind.PRIOR_NOTICE,
    DocumentKind.HEARING_NOTICE,
    DocumentKind.PENALTY,
    DocumentKind.NO_PENALTY,
)
#: Papers that tell the party what it has to expect; its say begins when one is served.
#: The purpose of the one-purpose link that goes with a notice.
SAY_LINK = "case_say"
NOTICES = (DocumentKind.PRIOR_NOTICE, DocumentKind.HEARING_NOTICE)
DECISIONS = (DocumentKind.PENALTY, DocumentKind.NO_PENALTY)
