"""Words of the lists, the ratings and the annual check (``docs/glossary.md``)."""

from django.db.models import TextChoices

from institutions.enums import StandingKind


class ListKind(TextChoices):
    """The lists that a bureau keeps; what each asks for and how long it lasts is data (``ListRule``)."""

    WHITE = "white", "白名单"
    BLACK = "black", "黑名单"
    WARNING = "warning", "预警名单"
    AFTERSCHOOL = "afterschool", "课后服务白名单"
    RED = "red", "红榜"


STANDING = {
    ListKind.WHITE: StandingKind.WHITE_LIST,
    ListKind.BLACK: StandingKind.BLACK_LIST,
    ListKind.WARNING: StandingKind.WARNING,
    ListKind.AFTERSCHOOL: StandingKind.AFTERSCHOOL,
    ListKind.RED: StandingKind.RED_LIST,
}
#: How an entry that the bureau does not publish is known inside: a flag, which public pages never read.
INTERNAL_FLAG = "灰名单(内部预警)"


class ListState(TextChoices):
    """Where an entry stands; ``approved`` and ``removing`` are in force, and public where the kind is."""

    PROPOSED = "proposed", "待审核"
    NOTIFIED = "notified", "已告知，待送达"
    DEFENDING = "defending", "陈述申辩期内"
    HEARD = "heard", "待审核(已听取申辩)"
    APPROVED = "approved", "已列入"
    REMOVING = "removing", "待审核移出"
    ENDED = "ended", "已移出"
    REJECTED = "rejected", "已退回"


UNDECIDED = (ListState.PROPOSED, ListState.NOTIFIED, ListState.DEFENDING, ListState.HEARD)
IN_FORCE = (ListState.APPROVED, ListState.REMOVING)
OPEN = (*UNDECIDED, *IN_FORCE)


#: Purposes of one-purpose links (``answering.py``): against an entry, off it again, and a year's own report.
DEFENCE_LINK, REPAIR_LINK, CHECK_LINK = "listing_defence", "listing_repair", "annual_check"
GRADE_LINK = "rating_objection"


class Hearing(TextChoices):
    """How the defence window of an entry closed."""

    NONE = "", "—"
    LAPSED = "lapsed", "期满"
    WAIVED = "waived", "当事人书面放弃"
    BEFORE = "before", "本流程启用前列入"


class RemovalGround(TextChoices):
    """Why an entry is to go; off an adverse list only by a repair that a visit confirmed, or because it was wrong."""

    REPAIRED = "repaired", "信用修复核查通过"
    MISTAKE = "mistake", "列入有误或依据已失效"
    OTHER = "other", "其他"


class RepairState(TextChoices):
    """An application to be taken off early: proof, a re-check by two officers, a decision by another person."""

    APPLIED = "applied", "待核查"
    PASSED = "passed", "核查通过，待审核移出"
    ACCEPTED = "accepted", "已移出"
    REFUSED = "refused", "未通过"


class Grade(TextChoices):
    """诚信评价: what a year's points come to."""

    A = "A", "A级"
    B = "B", "B级"
    C = "C", "C级"
    D = "D", "D级"


class RatingAspect(TextChoices):
    LICENCE = "licence", "证照"
    INSPECTION = "inspection", "检查"
    PENALTY = "penalty", "处罚和责令改正"
    COMMITMENT = "commitment", "承诺"
    COMPLAINT = "complaint", "投诉"


class RatingState(TextChoices):
    """A grade is reckoned, looked over, shown as proposed while the institution may object, and only then final."""

    COMPUTED = "computed", "待复核"
    OBJECTED = "objected", "有异议"
    REVIEWED = "reviewed", "待公示"
    NOTICE = "notice", "公示中"
    PUBLISHED = "published", "已公布"
    SUPERSEDED = "superseded", "已被替代"


OPEN_RATINGS = (RatingState.COMPUTED, RatingState.OBJECTED, RatingState.REVIEWED, RatingState.NOTICE)


class CheckState(TextChoices):
    """年检: the institution reports, the bureau reads it, goes and looks, concludes, and shows it in public."""

    OPEN = "open", "待报送自查"
    REPORTED = "reported", "待书面审核"
    REVIEWED = "reviewed", "待实地检查"
    CHECKED = "checked", "待拟定结论"
    CONCLUDED = "concluded", "待审定"
    NOTICE = "notice", "公示中"
    DONE = "done", "已办结"


CHECK_CONCLUDED = (CheckState.CONCLUDED, CheckState.NOTICE, CheckState.DONE)


class NoticeContent(TextChoices):
    """Whom a paper notice of an edition names."""

    ADDED = "added", "本期新列入的机构"
    ALL = "all", "本期全部在列的机构"

    @property
    def said(self) -> str:
        """As the batch is called on the paper."""
        return {"added": "新列入", "all": "全部在列"}[self.value]


class Change(TextChoices):
    """What an edition did to one entry."""

    ADDED = "added", "列入"
    REMOVED = "removed", "移出"
