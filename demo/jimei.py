"""集美区 as its case tells it (domain note 1.4): 一盘棋、两阵地、三张网、四道关、五重拳, at true scale.

Three nets that name a person for each institution, 697 sets of materials reviewed, commitments and rule set, accounts;
点题整治, the winter's 7,364 visits through the spreadsheet import, 回头看, 监管护苗 and 艺考. Names and sites are
invented, figures those of the case. What each part does stands in ``jimei_gates`` and ``jimei_fists``.
"""

from __future__ import annotations

from clues.enums import Subject
from clues.operations.whistles import blow_whistle, end_whistle, report_in
from foundation.accounts.enums import OrganKind, Role
from foundation.core import clock
from foundation.regions.enums import SchoolStage
from foundation.regions.models import Division
from institutions.enums import Category, Status, Subcategory
from institutions.models import Institution
from institutions.operations.nets import fill_nets
from institutions.operations.status import change_status
from outreach.enums import Channel as Outlet
from outreach.enums import MeetingKind
from publicity.enums import Season

from . import case_public as public
from . import invented, jimei_fists, jimei_gates
from .case_diary import Diary, Story, Tell, instant
from .case_people import CasePlace
from .case_sheets import bring_in
from .case_steps import KINDS, codes, departments, net_posts, register, staff
from .jimei_case import Case
from .organs import JIMEI, Login

SEED = 20220301
OPENED = instant(2022, 3, 1, 9)
#: Operating institutions, those of them that teach school subjects, and subject ones that ended or turned since.
OPERATING, SUBJECT, FORMER, ART_EXAM = 526, 14, 40, 12
HEAD = (
    "机构名称",
    "统一社会信用代码",
    "类别",
    "子类",
    "学段",
    "法人性质",
    "法定代表人",
    "办学许可证号",
    "办学地址",
    "区县",
    "镇街",
    "状态",
)


def load(tell: Tell) -> list[Login]:
    """Replay the case; returns the logins of those whom it added."""
    with clock.set_to(OPENED):
        here = CasePlace.of(JIMEI, "jimei", at=OPENED, seed=SEED)
        case = Case(here, here.towns(), Diary())
        _people(case)
        _register(case)
    for story in (_board(case), _fronts(case), *jimei_gates.stories(case), *jimei_fists.stories(case)):
        case.diary.tell(story)
    case.diary.run(tell)
    over = instant(2023, 11, 30, 18)
    with clock.set_to(over):
        case.diary.deliver()
    return here.logins


# -- 三张网 ------------------------------------------------------------------------------------------------------------
def _people(case: Case) -> None:
    """街道—社区—网格员, 民管办—片区负责人—学校专员, departments by category."""
    here = case.here
    staff(here)
    for kind in (OrganKind.FIRE, OrganKind.POLICE, OrganKind.CIVIL, OrganKind.URBAN):
        here.organ(kind)
    departments(here)
    here.post("jiedao", Role.TOWN_STAFF, here.office(case.towns[0]))
    area = here.school_area("集美片区")
    for number, town in enumerate(case.towns):
        name = f"集美区{town.name.removesuffix('街道').removesuffix('镇')}演示小学"
        school = here.school(name, town, SchoolStage.PRIMARY, area)
        case.schools.append(school)
        net_posts(here, town, school, number)


def _register(case: Case) -> None:
    """Who taught school subjects when 双减 began was registered then; the others come in as one workbook."""
    here, fresh = case.here, codes(case.here)
    case.rows = [_by_hand(case, number, next(fresh)) for number in range(SUBJECT)]
    case.former = [_by_hand(case, number, next(fresh)) for number in range(OPERATING, OPERATING + FORMER)]
    rows = [_row(case, number, next(fresh)) for number in range(SUBJECT, OPERATING)]
    bring_in(here, "institutions", "集美区校外培训机构名录(演示)", HEAD, rows)
    found = {row.credit_code: row for row in Institution.objects.filter(credit_code__in=[row[1] for row in rows])}
    case.rows += [found[row[1]] for row in rows]
    fill_nets(institutions=[*case.rows, *case.former], by=here.acts("jingban"), at=OPENED)


def _by_hand(case: Case, number: int, code: str) -> Institution:
    name, town = _name(case, number, "文化课", again=True)
    return register(case.here, number, town, code, name=name, category=Category.SUBJECT, subcategory="")


def _name(case: Case, number: int, word: str, *, again: bool) -> tuple[str, Division]:
    """No two bear one name; and the town."""
    town, brand = case.towns[number % len(case.towns)], invented.BRANDS[number // 42 % len(invented.BRANDS)]
    place = town.name.removesuffix("街道").removesuffix("镇")
    return f"集美区{place}{brand}{word}培训中心{f'{number}部' if again else ''}", town


def _row(case: Case, number: int, code: str) -> tuple[str, ...]:
    """One line of the workbook."""
    is_art_exam = number < SUBJECT + ART_EXAM
    category, word, fine = (
        (Category.ARTS, "艺考", Subcategory.ART_EXAM) if is_art_exam else KINDS[number // 6 % len(KINDS)]
    )
    name, town = _name(case, number, word, again=is_art_exam)
    address = f"{town.name}{invented.ROADS[number % 10]}{number * 3 % 397 + 1}号{number % 5 + 1}层"
    person, permit = invented.person(case.here.dice), f"教民1{case.here.code}6{number:06d}号"
    what = (category.label, Subcategory(fine).label, "小学、初中", "民办非企业单位(非营利)")
    return (name, code, *what, person, permit, address, "集美区", town.name, "正常")


# -- 一盘棋 ------------------------------------------------------------------------------------------------------------
def _board(case: Case) -> Story:
    """The leading group meets; former subject institutions end or turn; a town whistles and departments report in."""
    here = case.here
    yield instant(2022, 3, 8, 15)
    topics = "成立区“双减”工作领导小组，下设办公室；职能部门主管、跨部门协同"
    public.meet(
        here, MeetingKind.JOINT, "区“双减”工作领导小组第一次会议(演示)", topics, "压实属地责任，镇街吹哨、部门报到。"
    )
    ends = (Status.DEREGISTERED, Status.TRANSFORMED, Status.BANNED, Status.DEREGISTERED)
    yield instant(2022, 4, 20, 10)
    for number, row in enumerate(case.former):
        reason = ("举办者申请终止，清退完毕", "转为非学科类", "未按期整改，取缔", "自愿注销")[number % 4]
        given = {"effective_on": clock.today(), "reason": reason, "by": here.acts("jingban"), "at": clock.now()}
        change_status(institution=row, status=ends[number % 4], **given)
    for number, (month, day) in enumerate(((6, 14), (9, 22), (11, 9))):
        case.diary.tell(_whistle(case, number, instant(2022, month, day, 18, 40)))


def _whistle(case: Case, number: int, at) -> Story:
    """吹哨报到: the street calls education, market and fire; each says when it is there."""
    here, street = case.here, case.here.acts("jiedao")
    yield at
    called = [here.organ(OrganKind.MARKET), here.bureau]
    words = ("二楼有二十多个孩子在上课，拒不开门", "楼道堆满桌椅，晚上有学生进出", "商铺挂“自习室”牌，里面在讲课")[
        number
    ]
    division = here.held("wangge").grid.division
    whistle = blow_whistle(
        division=division, address=f"{division}演示路{number + 3}号二楼", subject=Subject.UNLICENSED, words=words,
        organs=called, minutes=60, by=street, at=at,
    )  # fmt: skip
    for turn, (organ, who) in enumerate(zip(called, ("shijian", "jingban"), strict=True)):
        yield clock.now() + case.minutes(12 + 9 * turn + 4 * number)
        report_in(call=whistle.calls.get(organ=organ), by=here.acts(who), at=clock.now())
    yield clock.now() + case.minutes(50)
    end_whistle(whistle=whistle, result="现场已责令停止，学生已由家长接走。", by=street, at=clock.now())


# -- 两阵地 ------------------------------------------------------------------------------------------------------------
def _fronts(case: Case) -> Story:
    """Symposia at schools and family-education advice; media, doors and pushes; a letter each holiday."""
    here = case.here
    counts = [(900 - 60 * number, 880 - 62 * number) for number in range(len(case.schools))]
    for season, at in ((Season.SUMMER, instant(2022, 6, 27, 9)), (Season.WINTER, instant(2023, 1, 6, 9))):
        case.diary.tell(public.letter(here, season, at, case.schools, counts))
    yield instant(2022, 5, 18, 15)
    who = (("学生和家长代表", 18), (case.schools[0].name, 3))
    public.meet(
        here, MeetingKind.SYMPOSIUM, "学生需求座谈会(演示)", "课堂教学和课后服务怎么改进", "增设社团课，作业分层。", who
    )
    yield instant(2022, 9, 7, 10)
    public.tell(here, Outlet.MEDIA, "开学季访谈：家庭教育咨询和辅导(演示)", "集美电视台")
    yield instant(2022, 10, 15, 9)
    public.tell(here, Outlet.DOOR, "网格员入户宣导“双减”(演示)", case.towns[2].name, 1350)
    yield instant(2023, 1, 9, 9)
    public.notice(here, "winter", case.schools)
    yield instant(2023, 3, 2, 9)
    public.tell(here, Outlet.PUSH, "“双减”动态推送(演示)", "家长端", 8600)
    yield instant(2023, 5, 24, 15)
    public.meet(here, MeetingKind.SYMPOSIUM, "家校共育座谈会(演示)", "暑期托管和防溺水", "", who)
