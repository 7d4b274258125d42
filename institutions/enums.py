"""Words of the register (``docs/glossary.md``). Values are stable; labels are what screens and documents print."""

from django.db.models import TextChoices

from foundation.accounts.enums import TrainingCategory as Category

__all__ = ["Category"]


class Subcategory(TextChoices):
    """Finer kinds inside a category that bureaus count on their own."""

    NONE = "", "—"
    ART_EXAM = "art_exam", "艺考"
    MUSIC = "music", "音乐"
    DANCE = "dance", "舞蹈"
    PAINTING = "painting", "美术书法"
    DRAMA = "drama", "戏剧影视"
    BALL_GAMES = "ball_games", "球类"
    SWIMMING = "swimming", "游泳"
    MARTIAL_ARTS = "martial_arts", "武术搏击"
    CODING = "coding", "编程"
    ROBOTICS = "robotics", "机器人"
    LANGUAGE_ABILITY = "language_ability", "语言能力"


class SiteType(TextChoices):
    """What kind of place it is; 托管 places are inspected too but hold no training permit."""

    TRAINING = "training", "培训机构"
    CARE = "care", "托管机构"


class Stage(TextChoices):
    PRESCHOOL = "preschool", "学龄前(3-6岁)"
    PRIMARY = "primary", "小学"
    JUNIOR = "junior", "初中"
    SENIOR = "senior", "高中"


class Mode(TextChoices):
    OFFLINE = "offline", "线下"
    ONLINE = "online", "线上"
    BOTH = "both", "线上线下"


class LegalType(TextChoices):
    NON_PROFIT = "non_profit", "民办非企业单位(非营利)"
    COMPANY = "company", "企业(营利)"
    PUBLIC_INSTITUTION = "public_institution", "事业单位"
    SOLE_TRADER = "sole_trader", "个体工商户"
    NONE = "none", "未登记"


class LicenceStatus(TextChoices):
    """证 = training permit, 照 = registration as a legal person."""

    COMPLETE = "complete", "证照齐全"
    NO_PERMIT = "no_permit", "有照无证"
    NO_REGISTRATION = "no_registration", "有证无照"
    NEITHER = "neither", "无证无照"


class Status(TextChoices):
    PREPARING = "preparing", "筹设"
    NORMAL = "normal", "正常"
    SUSPENDED = "suspended", "停业整改"
    ENROLMENT_STOPPED = "enrolment_stopped", "责令停止招生"
    TRANSFORMED = "transformed", "转型"
    UNDER_REVIEW = "under_review", "备改审"
    CLOSING = "closing", "拟终止公告"
    DEREGISTERED = "deregistered", "注销"
    REVOKED = "revoked", "吊销"
    BANNED = "banned", "取缔"
    LOST = "lost", "失联"


ENDED = frozenset({Status.DEREGISTERED, Status.REVOKED, Status.BANNED})
OPERATING = frozenset({Status.NORMAL, Status.SUSPENDED, Status.ENROLMENT_STOPPED, Status.UNDER_REVIEW, Status.CLOSING})


class PermitKind(TextChoices):
    SCHOOL = "school", "民办学校办学许可证"
    NON_SUBJECT = "non_subject", "非学科类校外培训许可证"
    CULTURE_OPINION = "culture_opinion", "文化艺术类审核意见书"
    SET_UP = "set_up", "设立核准书"
    PLATFORM_FILING = "platform_filing", "全国平台备案"


class SiteKind(TextChoices):
    MAIN = "main", "核准办学地址"
    CAMPUS = "campus", "分校区(教学点)"


class StandingKind(TextChoices):
    """What higher apps decide and lower ones need: set through ``set_standing`` only."""

    GRADE = "grade", "诚信等级"
    WHITE_LIST = "white_list", "白名单"
    BLACK_LIST = "black_list", "黑名单"
    WARNING = "warning", "预警"
    AFTERSCHOOL = "afterschool", "课后服务白名单"
    RED_LIST = "red_list", "红榜"
    FLAG = "flag", "风险标记"


class Net(TextChoices):
    """The three nets; every institution should have one name in each."""

    GRID = "grid", "社区网格"
    SCHOOL = "school", "学校包片"
    DEPARTMENT = "department", "部门分类包干"


class Charge(TextChoices):
    """What a department is in charge of (部门分类包干): a category of training, or the care places of any category."""

    SUBJECT = Category.SUBJECT.value, Category.SUBJECT.label
    SCIENCE = Category.SCIENCE.value, Category.SCIENCE.label
    ARTS = Category.ARTS.value, Category.ARTS.label
    SPORT = Category.SPORT.value, Category.SPORT.label
    OTHER = Category.OTHER.value, Category.OTHER.label
    CARE = "care", "托管机构"

    @classmethod
    def of(cls, category: str, site_type: str) -> "Charge":
        """What an institution counts as."""
        return cls.CARE if site_type == SiteType.CARE else cls(category)


class StaffRole(TextChoices):
    TEACHING = "teaching", "教学人员"
    RESEARCH = "research", "教研人员"
    ADMINISTRATION = "administration", "其他从业人员"


class Discovery(TextChoices):
    """How an unlicensed site came to light."""

    TIP = "tip", "群众举报"
    HOTLINE = "hotline", "12345转办"
    PATROL = "patrol", "巡查跟踪"
    SWEEP = "sweep", "拉网排查"
    ONLINE = "online", "网络线索"
    TRANSFER = "transfer", "部门移交"
    GRID = "grid", "网格上报"


class UnlicensedState(TextChoices):
    OPEN = "open", "待处置"
    DISPOSED = "disposed", "已处置"
    MERGED = "merged", "已并入名录"


class Disposal(TextChoices):
    BANNED = "banned", "取缔"
    TRANSFORMED = "transformed", "转型"
    LICENSED = "licensed", "办证"
    SELF_CLOSED = "self_closed", "自行停办"


class LookalikeVerdict(TextChoices):
    DIFFERENT = "different", "确认不是同一机构"
    MERGED = "merged", "已合并"


# -- prepaid fees --------------------------------------------------------------------------------------------------
class SupervisionMode(TextChoices):
    """How a bank supervises prepaid fees, as an agreement says it."""

    BY_LESSON = "by_lesson", "银行托管，一课一消"
    BY_STAGE = "by_stage", "银行托管，分阶段解付"
    LARGE_FLOW = "large_flow", "银行托管，大额异动预警"
    DEPOSIT = "deposit", "风险保证金"
