"""Words of the social supervisors (``docs/glossary.md``)."""

from django.db.models import TextChoices


class Level(TextChoices):
    """Whose supervisors they are: a city's or a county's."""

    CITY = "city", "市级"
    COUNTY = "county", "县级"


class RecruitmentState(TextChoices):
    NOMINATING = "nominating", "推荐中"
    REVIEWING = "reviewing", "资格审核"
    PUBLICITY = "publicity", "公示与聘任"
    FINISHED = "finished", "已完成"
    CANCELLED = "cancelled", "已取消"


class CandidateState(TextChoices):
    NOMINATED = "nominated", "待资格审核"
    PASSED = "passed", "审核通过"
    REJECTED = "rejected", "审核不通过"
    STRUCK = "struck", "异议成立，取消资格"
    WITHDRAWN = "withdrawn", "撤回推荐"
    APPOINTED = "appointed", "已聘任"


class ObjectionState(TextChoices):
    OPEN = "open", "待处理"
    UPHELD = "upheld", "异议成立"
    DISMISSED = "dismissed", "异议不成立"


class ObjectionChannel(TextChoices):
    WEBSITE = "website", "网站"
    PHONE = "phone", "电话"
    LETTER = "letter", "来信"
    VISIT = "visit", "来访"


class SupervisorState(TextChoices):
    IN_OFFICE = "in_office", "在聘"
    EXPIRED = "expired", "届满"
    DISMISSED = "dismissed", "解聘"
    RESIGNED = "resigned", "辞聘"


class Identity(TextChoices):
    """身份类别: a person may have several."""

    PRINCIPAL = "principal", "校长"
    TEACHER = "teacher", "教师"
    PARENT = "parent", "家长"
    PUBLIC_FIGURE = "public_figure", "社会人士"
    PARTY_DELEGATE = "party_delegate", "党代表"
    CONGRESS_DEPUTY = "congress_deputy", "人大代表"
    CPPCC_MEMBER = "cppcc_member", "政协委员"


class Sex(TextChoices):
    FEMALE = "female", "女"
    MALE = "male", "男"


class Verdict(TextChoices):
    """What a yearly review says."""

    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "合格"
    BAD = "bad", "不合格"


class FeedbackKind(TextChoices):
    VIOLATION = "violation", "违法违规培训"
    HIDDEN = "hidden", "隐形变异培训"
    SAFETY = "safety", "安全隐患"
    WEAKNESS = "weakness", "治理薄弱环节"
    SUGGESTION = "suggestion", "合理化建议"


class FeedbackState(TextChoices):
    SUBMITTED = "submitted", "待处理"
    CONVERTED = "converted", "已转线索"
    ANSWERED = "answered", "已答复"


class ProposalState(TextChoices):
    SUBMITTED = "submitted", "已提交"
    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    DECLINED = "declined", "未采纳"


class Outlet(TextChoices):
    """Where a supervisor publicised policy."""

    MOMENTS = "moments", "朋友圈"
    ACCOUNT = "account", "公众号"
    SHORT_VIDEO = "short_video", "短视频"
    PARENTS = "parents", "家长群"
    SCHOOL = "school", "学校"
    COMMUNITY = "community", "社区"
    OTHER = "other", "其他"


class LibraryKind(TextChoices):
    HANDBOOK = "handbook", "工作手册"
    POLICY = "policy", "政策解读"
    BRIEFING = "briefing", "工作简报"


class TaskState(TextChoices):
    OPEN = "open", "待核查"
    DONE = "done", "已核查"
    CANCELLED = "cancelled", "已撤回"


ENDED_EARLY = frozenset({SupervisorState.DISMISSED, SupervisorState.RESIGNED})
#: What a qualification review asks when a recruitment names nothing else.
CONDITIONS = ("热心教育事业", "有责任心", "公信力较强", "无违法犯罪记录", "与培训机构无利益关系")
