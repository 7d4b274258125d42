"""Words of inspections (``docs/glossary.md``). Values are stable; labels are what screens and documents print."""

from django.db.models import TextChoices


# -- checklists ----------------------------------------------------------------------------------------------------
class Aspect(TextChoices):
    """The five aspects by which 连江 counts what was found; each section of a checklist belongs to one."""

    DAILY = "daily", "日常管理"
    SAFETY = "safety", "安全隐患"
    CONDUCT = "conduct", "培训行为"
    PUBLICITY = "publicity", "广告宣传"
    FEES = "fees", "收费管理"


class Severity(TextChoices):
    """严 means a veto: the bureau is told at once."""

    LIGHT = "light", "轻"
    MAJOR = "major", "重"
    CRITICAL = "critical", "严"


class PhotoRule(TextChoices):
    MUST = "must", "必"
    MAY = "may", "选"
    NO = "no", "否"


class Answer(TextChoices):
    YES = "yes", "是"
    NO = "no", "否"
    NOT_APPLICABLE = "na", "不适用"
    UNSEEN = "unseen", "无法查看"


class Audience(TextChoices):
    SUPERVISORS = "supervisors", "社会监督员"
    OFFICERS = "officers", "检查人员"


class VersionState(TextChoices):
    DRAFT = "draft", "草稿"
    IN_USE = "in_use", "使用中"
    RETIRED = "retired", "已停用"


# -- visits --------------------------------------------------------------------------------------------------------
class VisitKind(TextChoices):
    ROUTINE = "routine", "日常检查"
    RANDOM = "random", "双随机抽查"
    CAMPAIGN = "campaign", "专项检查"
    JOINT = "joint", "联合检查"
    COVERT = "covert", "暗访"
    RECHECK = "recheck", "复查"
    SUPERVISOR = "supervisor", "社会监督员走访"
    SPECIALIST = "specialist", "学校专员走访"


#: Inspections in the sense of the law: at least two officers (行政处罚法 §42).
ENFORCEMENT = frozenset({VisitKind.ROUTINE, VisitKind.RANDOM, VisitKind.CAMPAIGN, VisitKind.JOINT, VisitKind.RECHECK})
#: What officials file; a supervisor's visit is another thing and is never added to these by itself.
OFFICIAL = ENFORCEMENT | {VisitKind.COVERT, VisitKind.SPECIALIST}
OFFICERS_NEEDED = 2


class Slot(TextChoices):
    """The part of the day: one visit = one site, one group, one day and slot."""

    MORNING = "morning", "上午"
    AFTERNOON = "afternoon", "下午"
    EVENING = "evening", "晚上"


class Outcome(TextChoices):
    """What the visit came to."""

    CLEAN = "clean", "未发现问题"
    CORRECTED = "corrected", "发现问题当场改正"
    FOLLOW_UP = "follow_up", "发现问题待后续处理"
    CLOSED_DOOR = "closed_door", "未营业或无人"
    REFUSED = "refused", "不配合检查"


class Timeliness(TextChoices):
    """A visit is expected in its own month; three days later it still counts there, flagged; after that it does not."""

    ON_TIME = "on_time", "按时"
    LATE = "late", "补录"
    OVERDUE = "overdue", "超期补录"


class Source(TextChoices):
    PHONE = "phone", "手机"
    DESK = "desk", "后台"
    SHEET = "sheet", "表格导入"


class FindingState(TextChoices):
    """What a supervisor saw counts after staff verified it; what officers saw is verified."""

    REPORTED = "reported", "待核实"
    CONFIRMED = "confirmed", "属实"
    DISMISSED = "dismissed", "不属实"


# -- double-random draws -------------------------------------------------------------------------------------------


class DrawState(TextChoices):
    """Where a draw stands; from ``frozen`` on it is public and never changed, only voided in the open."""

    DRAFT = "draft", "拟定"
    FROZEN = "frozen", "名册已冻结"
    DRAWN = "drawn", "已抽取"
    CHECKED = "checked", "检查完成"
    PUBLISHED = "published", "结果已公示"
    CLOSED = "closed", "已归档"
    VOIDED = "voided", "已作废"
    DISCARDED = "discarded", "已放弃"


#: The states that the public sees; a draft has no number yet, and a discarded one never got one.
PUBLIC = (
    *(DrawState.FROZEN, DrawState.DRAWN, DrawState.CHECKED, DrawState.PUBLISHED, DrawState.CLOSED),
    DrawState.VOIDED,
)
#: The draws that decided who goes where: what earlier pairs are read from.
RUN = (DrawState.DRAWN, DrawState.CHECKED, DrawState.PUBLISHED, DrawState.CLOSED)


class Stratum(TextChoices):
    """The strata of a draw: the institution's grade of the day on which the pool is frozen."""

    A = "A", "A级"
    B = "B", "B级"
    C = "C", "C级"
    D = "D", "D级"
    UNGRADED = "", "未评级"


#: Percent of each stratum (2023 年“双随机一公开”抽查工作方案); the ungraded are drawn like C.
DEFAULT_RATIOS = {Stratum.A: 5, Stratum.B: 10, Stratum.C: 20, Stratum.D: 40, Stratum.UNGRADED: 20}
#: Where a risk flag moves an institution.
NEXT_STRATUM = {
    Stratum.A: Stratum.B,
    Stratum.B: Stratum.C,
    Stratum.C: Stratum.D,
    Stratum.D: Stratum.D,
    Stratum.UNGRADED: Stratum.D,
}


class CheckResult(TextChoices):
    """Result codes of a double-random check, as published (国发〔2019〕5号 and local practice)."""

    NOTHING = "nothing", "未发现问题"
    CORRECTED = "corrected", "发现问题已责令改正"
    PENDING = "pending", "发现问题待后续处理"
    NOT_SHOWN = "not_shown", "未按规定公示应当公示的信息"
    UNREACHABLE = "unreachable", "通过登记的住所(场所)无法联系"
    REFUSED = "refused", "不配合检查情节严重"


# -- historical totals ---------------------------------------------------------------------------------------------
class Unit(TextChoices):
    """What a number counts; numbers of different units are never added."""

    SITES = "sites", "家"
    VISITS = "visits", "家次"
    PERSONS = "persons", "人"
    PERSON_TIMES = "person_times", "人次"
    CASES = "cases", "起"
    PLACES = "places", "处"
    FACES = "faces", "面"
    BOARDS = "boards", "块"
    SHEETS = "sheets", "张"
    SETS = "sets", "套"
    COPIES = "copies", "份"
    TIMES = "times", "次"
    ITEMS = "items", "件"
    YUAN = "yuan", "元"
    PERCENT = "percent", "%"
    DAYS = "days", "天"
    HOURS = "hours", "小时"
    PER_PERSON = "per_person", "家次/人"
    PER_MONTH = "per_month", "家次/人月"


class Measure(TextChoices):
    """What bureaus have totals of, for periods without records (domain note 5)."""

    VISITS = "visits", "检查家次"
    SITES = "sites", "检查家数"
    PERSON_TIMES = "person_times", "出动人次"
    WITH_PROBLEM = "with_problem", "发现问题家数"
    SUPERVISOR_VISITS = "supervisor_visits", "社会监督员走访"
    NOTICES = "notices", "整改通知书"
    CASES = "cases", "立案"
    PENALISED = "penalised", "查处机构"
    UNLICENSED = "unlicensed", "查处无证场所"
    DISPERSED = "dispersed", "清散学生"
    AD_PLACES = "ad_places", "清理广告(处)"
    AD_FACES = "ad_faces", "清理广告(面)"
    AD_BOARDS = "ad_boards", "清理广告(块)"
    AD_SHEETS = "ad_sheets", "清理广告(张)"
    AD_SITES = "ad_sites", "清理广告(家)"
    INTERVIEWED = "interviewed", "约谈机构"
    INTERVIEWS = "interviews", "约谈"
    MATERIALS = "materials", "审核材料"


UNIT_OF = {
    Measure.VISITS: Unit.VISITS,
    Measure.SITES: Unit.SITES,
    Measure.PERSON_TIMES: Unit.PERSON_TIMES,
    Measure.WITH_PROBLEM: Unit.SITES,
    Measure.SUPERVISOR_VISITS: Unit.VISITS,
    Measure.NOTICES: Unit.COPIES,
    Measure.CASES: Unit.CASES,
    Measure.PENALISED: Unit.SITES,
    Measure.UNLICENSED: Unit.PLACES,
    Measure.DISPERSED: Unit.PERSONS,
    Measure.AD_PLACES: Unit.PLACES,
    Measure.AD_FACES: Unit.FACES,
    Measure.AD_BOARDS: Unit.BOARDS,
    Measure.AD_SHEETS: Unit.SHEETS,
    Measure.AD_SITES: Unit.SITES,
    Measure.INTERVIEWED: Unit.SITES,
    Measure.INTERVIEWS: Unit.TIMES,
    Measure.MATERIALS: Unit.SETS,
}


class TotalState(TextChoices):
    PENDING = "pending", "待审核"
    CONFIRMED = "confirmed", "已确认"
    RETURNED = "returned", "退回"
    VOIDED = "voided", "作废"


#: Totals that hold their period: nobody may enter a second one for it.
TOTALS_IN_FORCE = (TotalState.PENDING, TotalState.CONFIRMED)


# -- campaigns (专项行动) -------------------------------------------------------------------------------------------
class CampaignKind(TextChoices):
    NAMED = "named", "点题整治"
    GUARD = "guard", "监管护苗"
    HOLIDAY = "holiday", "寒暑假巡查"
    RECHECK = "recheck", "回头看"
    ART_EXAM = "art_exam", "艺考"
    ADVERT = "advert", "广告"
    PREPAID = "prepaid", "预收费"
    OTHER = "other", "其他"


class CampaignState(TextChoices):
    DRAFT = "draft", "草案"
    RUNNING = "running", "进行中"
    CLOSED = "closed", "已结束"


class UnitRole(TextChoices):
    """What an organ is in a campaign, besides the one that leads it."""

    MEMBER = "member", "成员单位"
    SUPPORT = "support", "配合单位"


class PaperKind(TextChoices):
    CONFERENCE = "conference", "联席会议"
    LEADING_GROUP = "leading_group", "领导小组"
    TASK_FORCE = "task_force", "专班"
    PLAN = "plan", "方案"
    NOTICE = "notice", "通知"


class PaperFormat(TextChoices):
    """What a file beside a paper may be; the value is its ending."""

    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    EXCEL = "xlsx", "Excel"
    JPEG = "jpg", "图片"
    PNG = "png", "图片(PNG)"


class TargetTag(TextChoices):
    """Why a site is on a campaign's list; one site may bear several."""

    HAZARD = "hazard", "重大安全隐患"
    UNLICENSED = "unlicensed", "无证"
    COMPLAINTS = "complaints", "投诉强烈"
    EARLIER = "earlier", "已查问题"
    FORMER = "former", "曾停办注销转型"
    FLAGGED = "flagged", "风险标记"
    SCOPE = "scope", "范围内"
    NAMED = "named", "人工列入"


class TargetState(TextChoices):
    """Whether a target was visited is read from the visits themselves."""

    LISTED = "listed", "在册"
    DROPPED = "dropped", "已剔除"


class RecheckResult(TextChoices):
    """What became of a site that is looked at again."""

    CORRECTED = "corrected", "已整改"
    RELAPSED = "relapsed", "反弹"
    MUTATED = "mutated", "变异"
    LOST = "lost", "失联"


class SiteGroup(TextChoices):
    """The kinds by which a campaign's table counts sites; each visit falls into the first that fits."""

    UNLICENSED = "unlicensed", "无证"
    ENDED = "ended", "已注销"
    CARE = "care", "托管"
    SUBJECT = "subject", "学科类"
    NON_SUBJECT = "non_subject", "非学科类"


# -- patrols (巡查) ------------------------------------------------------------------------------------------------
class ShiftKind(TextChoices):
    PATROL = "patrol", "日常巡查"
    SWEEP = "sweep", "拉网排查"
    JOINT = "joint", "联合巡查"


class ShiftState(TextChoices):
    PLANNED = "planned", "已排班"
    UNDER_WAY = "under_way", "进行中"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"


class JointLevel(TextChoices):
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWN = "town", "镇街"


class JointFocus(TextChoices):
    """专查 looks at one thing only, 兼查 takes it along on another errand."""

    SPECIAL = "special", "专查"
    ALONGSIDE = "alongside", "兼查"


class JointOutcome(TextChoices):
    """存在问题，或封或改，引导监管."""

    CLOSED = "closed", "封"
    CORRECTED = "corrected", "改"
    GUIDED = "guided", "引导纳管"
