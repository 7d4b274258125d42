"""连江县 as its case tells it (domain note 1.3): unlicensed sites in rounds, licensed ones by five aspects, evenings.

45 sites without papers are found over the towns and closed in rounds; of the licensed institutions 9 get a notice on
the spot and 5 a case, 48 faces of outdoor advertisements come down; the team goes out from Monday to Friday in the
evening; grades and lists follow, and a letter to parents. Names and sites are invented, figures those of the case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from clues.enums import AdUnit, Channel, Medium, Subject
from clues.operations.adverts import AdvertFacts, report_sighting
from enforcement.enums import AdOutcome
from enforcement.operations.removals import Done, Outing, record_removal
from foundation.accounts.enums import OrganKind, Role
from foundation.core import clock
from foundation.regions.enums import SchoolStage
from foundation.regions.models import Division, School
from inspections.enums import Aspect, CampaignKind, Outcome, Severity, TargetTag
from inspections.models import Campaign
from inspections.reports import HeadCount, Problem
from institutions.enums import Category, Discovery, Disposal, LicenceStatus
from institutions.models import Institution, UnlicensedSite
from institutions.operations.nets import fill_nets
from outreach.enums import Channel as Outlet
from outreach.enums import MeetingKind
from publicity.enums import Season

from . import case_public as public
from . import cases
from .case_clues import answer, hear, take_up
from .case_diary import Diary, Story, Tell, instant
from .case_patrols import Rounds
from .case_people import CasePlace
from .case_steps import (
    FAULTS,
    begin,
    codes,
    departments,
    dispose,
    end,
    look_again,
    notify,
    put_right,
    register,
    see,
    staff,
    unlicensed,
)
from .case_stories import FIRE, LOOSE, PROMISES
from .organs import Login

LIANJIANG, SEED = "350122", 20230301
OPENED, FIRST, LAST = instant(2023, 2, 13, 9), date(2023, 3, 1), date(2023, 6, 30)
CAMPAIGN = "校外培训机构综合整治"
GROUP = "连江县校外培训机构整治工作联席会议办公室(演示)"
FOUND, LICENSED = 45, 60
SIGNS = ("晨光课后辅导", "名师数学小班", "书香英语角", "优学一对一", "金榜家教", "小状元晚托", "博雅作文", "阳光自习室")
WAYS = (
    Discovery.SWEEP,
    Discovery.SWEEP,
    Discovery.TIP,
    Discovery.SWEEP,
    Discovery.GRID,
    Discovery.SWEEP,
    Discovery.HOTLINE,
)
ENDS = (
    Disposal.BANNED,
    Disposal.SELF_CLOSED,
    Disposal.BANNED,
    Disposal.TRANSFORMED,
    Disposal.SELF_CLOSED,
    Disposal.LICENSED,
)
WITHOUT = Problem("未取得办学许可开展学科类培训", Aspect.CONDUCT, Severity.CRITICAL, "现场不能出示办学许可证")
#: Of the licensed by their number: which of the five aspects their notice is about.
NOTICED = {3: 0, 9: 1, 14: 2, 20: 3, 26: 4, 33: 1, 39: 2, 47: 4, 55: 0}
#: What was put right while the officers were there: no notice.
CORRECTED = {1: 4, 6: 0, 12: 1, 17: 4, 23: 2, 30: 3, 36: 0, 44: 4, 50: 1, 58: 3}
#: Filed as a case: by what law, with what found.
FILED = {
    5: ("WFI", 1, FIRE),
    18: ("WAD", 3, PROMISES),
    29: ("W21", 0, LOOSE),
    41: ("WFI", 1, FIRE),
    52: ("WAD", 3, PROMISES),
}
#: Faces of each advertisement, by outing.
FACES = ((3, 4, 2), (6, 3, 5), (1, 4), (3, 6, 2), (4, 3), (2,))
WORDS = (
    "小学数学培优 包上重点 报名热线见下方",
    "英语提分王 30天单词过关 招生中",
    "特级教师亲授 预约试听",
    "全县第一品牌 作文 开学优惠",
)


@dataclass
class Case:
    """What the replay has made so far."""

    here: CasePlace
    towns: list[Division]
    diary: Diary = field(default_factory=Diary)
    rows: list[Institution] = field(default_factory=list)
    sites: list[UnlicensedSite] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)


def load(tell: Tell) -> list[Login]:
    """Replay the case; returns the logins of those whom it added."""
    with clock.set_to(OPENED):
        here = CasePlace.of(LIANJIANG, "lianjiang", at=OPENED, seed=SEED)
        case = Case(here, here.towns())
        _set_up(case)
    for story in (_whole(case), _calls(case), _words(case), _yearly(case)):
        case.diary.tell(story)
    case.diary.run(tell)
    over = instant(2023, 9, 30, 18)
    with clock.set_to(over):
        case.diary.deliver()
    return here.logins


def _set_up(case: Case) -> None:
    """The bureau's people, the departments, a grid worker, schools, and the register of licensed institutions."""
    here, towns = case.here, case.towns
    staff(here)
    departments(here)
    for kind in (OrganKind.CIVIL, OrganKind.FIRE, OrganKind.URBAN, OrganKind.POLICE):
        here.organ(kind)
    community = towns[0].children.order_by("code").first()
    here.post("jiedao", Role.TOWN_STAFF, here.office(towns[0]))
    here.post("wangge", Role.GRID_WORKER, here.office(towns[0]), grid=here.grid(community))
    stages = (SchoolStage.PRIMARY, SchoolStage.PRIMARY, SchoolStage.JUNIOR)
    for number, town in enumerate(towns[:6]):
        name = f"连江{town.name.rstrip('镇乡')}演示{'中学' if number % 3 == 2 else '小学'}"
        case.schools.append(here.school(name, town, stages[number % 3]))
    fresh = codes(here)
    for number in range(LICENSED):
        facts = {"category": Category.SUBJECT, "subcategory": ""} if number % 20 == 19 else {}
        case.rows.append(register(here, number, towns[number * 5 % len(towns)], next(fresh), **facts))
    fill_nets(institutions=case.rows, by=here.acts("jingban"), at=OPENED)


def _whole(case: Case) -> Story:
    """联席会议 and plan, the campaign from March to June, its report."""
    here = case.here
    yield instant(2023, 2, 20, 15)
    who = ((here.bureau.name, 5), ("连江县市场监督管理局", 2), ("连江县民政局", 2), ("连江县消防救援大队", 1))
    topics = "综合整治有照无证、无证无照和不规范问题；以重大安全隐患、无证无照、投诉强烈的为第一目标"
    public.meet(
        here, MeetingKind.JOINT, "校外培训机构整治工作联席会议(演示)", topics, "各成员单位分片包干，每周会商。", who
    )
    yield instant(2023, 3, 1, 8, 30)
    units = [here.organ(kind) for kind in (OrganKind.MARKET, OrganKind.CIVIL, OrganKind.FIRE, OrganKind.URBAN)]
    campaign = begin(
        here, CAMPAIGN, CampaignKind.OTHER, until=LAST, group=GROUP, units=[*units, here.office(case.towns[0])],
        aim="综合整治校外培训机构有照无证、无证无照和不规范问题：真突击、真检查、真整改。",
        tags=(TargetTag.HAZARD, TargetTag.COMPLAINTS, TargetTag.SCOPE),
    )  # fmt: skip
    for number in range(FOUND):
        case.diary.tell(_site(case, campaign, number))
    for number, row in enumerate(case.rows):
        case.diary.tell(_licensed(case, campaign, number, row))
    for turn, faces in enumerate(FACES):
        case.diary.tell(_faces(case, campaign, turn, faces))
    _evenings(case, campaign)
    yield instant(2023, 6, 30, 17)
    report = (
        f"摸排无证无照、有照无证场所{FOUND}处并逐一处置；证照齐全机构逐家检查，问题机构限期整改，重大问题立案查处。"
    )
    end(here, campaign, report)


# -- 纠无证 ------------------------------------------------------------------------------------------------------------
def _site(case: Case, campaign: Campaign, number: int) -> Story:
    """Found on a working day, looked at in two or three rounds, and closed."""
    here, town = case.here, case.towns[number * 7 % len(case.towns)]
    found = _workday(FIRST + timedelta(days=1 + number), hour=9 + number % 8)
    yield found
    status = LicenceStatus.NEITHER if number % 8 < 5 else LicenceStatus.NO_PERMIT
    pupils = HeadCount(5 + number * 3 % 17, at_least=number % 4 == 0)
    site = unlicensed(
        here, town, f"{town}演示里{number * 3 + 1}号{number % 4 + 1}楼", sign=f"{SIGNS[number % 8]}{town.name[:2]}点",
        discovery=WAYS[number % 7], licence_status=status, pupils=pupils.number, pupils_at_least=pupils.at_least,
    )  # fmt: skip
    case.sites.append(site)
    went = (*here.went("jingban", "shijian"), here.guest(here.office(town), 0))
    problem = {"outcome": Outcome.FOLLOW_UP, "problems": (WITHOUT,)}
    see(here, site, went=went, campaigns=[campaign], pupils=pupils, dispersed=pupils, **problem)
    look_again(here, site, here.bureau, "现场有学生上课，未能出示办学许可，当场要求停止。", open_still=True)
    rounds = 2 + number % 2
    for turn in range(1, rounds):
        yield _workday(clock.local_date(found) + timedelta(days=12 * turn), hour=15)
        still = turn < rounds - 1
        organ = here.organ((OrganKind.MARKET, OrganKind.URBAN)[turn % 2])
        words = "仍有学生，责令立即停止并联系房东。" if still else "已停止培训，课桌清空，招牌拆除。"
        look_again(here, site, organ, words, open_still=still)
    yield clock.now() + timedelta(days=3)
    dispose(here, site, ENDS[number % 6], "县政府牵头多部门联合处置，学生已清退、费用已退还")


def _workday(day: date, hour: int) -> datetime:
    """That day, or the Monday after it."""
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return instant(day.year, day.month, day.day, hour)


def _calls(case: Case) -> Story:
    """What people told of: each looked into by a visit to the sites of that week, and answered."""
    here = case.here
    for number, channel in enumerate((Channel.HOTLINE, Channel.PHONE, Channel.GRID, Channel.MAILBOX, Channel.HOTLINE)):
        yield instant(2023, 3, 7 + 5 * number, 9, 20)
        town, who = case.towns[number * 3 % len(case.towns)], "jingban"
        if channel == Channel.GRID:
            town, who = here.held("wangge").grid.division, "wangge"
        words = f"{town}有人在住宅楼里办班，晚上和周末都有孩子进出"
        clue = hear(here, town, channel, Subject.UNLICENSED, words, by=who)
        yield clock.now() + timedelta(hours=5)
        take_up(here, clue, urgent=number % 2 == 0)
        yield clock.now() + timedelta(days=3)
        answer(here, clue, "已到现场核查，责令停止培训并列入整治台账。")


# -- 律有证 ------------------------------------------------------------------------------------------------------------
def _licensed(case: Case, campaign: Campaign, number: int, row: Institution) -> Story:
    """One visit by education, market and (every third) civil affairs; what it comes to depends on the number."""
    here = case.here
    yield _workday(date(2023, 3, 13) + timedelta(days=number), hour=14 + number % 4)
    market, civil = here.guest(here.organ(OrganKind.MARKET), 1), here.guest(here.organ(OrganKind.CIVIL), 0)
    went = (*here.went("jingban", "zhifa"), market, *([civil] if number % 3 == 0 else []))
    aspect = NOTICED.get(number, CORRECTED.get(number, FILED.get(number, ("", None))[1]))
    facts = {} if aspect is None else {"problems": (FAULTS[aspect].problem,), "outcome": Outcome.FOLLOW_UP}
    if number in CORRECTED:
        facts["outcome"] = Outcome.CORRECTED
    visit = see(here, row, went=went, campaigns=[campaign], pupils=HeadCount(8 + number % 25), **facts)
    if number in NOTICED:
        order = notify(here, visit, FAULTS[aspect])
        case.diary.tell(put_right(here, order, clock.now() + timedelta(days=13)))
    if number in FILED:
        law, _, story = FILED[number]
        at, desk = clock.now(), cases.Desk(here.people, here.word)
        case.diary.tell(cases.whole(desk, cases.against(desk, row, law, at, visit=visit), at, story))


def _faces(case: Case, campaign: Campaign, turn: int, faces: Sequence[int]) -> Story:
    """One outing with city management: an advertisement each of institutions of the towns."""
    here = case.here
    yield _workday(date(2023, 4, 3) + timedelta(days=8 * turn), hour=9)
    seen = []
    for number, quantity in enumerate(faces):
        row = case.rows[(turn * 9 + number * 4) % LICENSED]
        advert = AdvertFacts(medium=Medium.OUTDOOR, unit=AdUnit.FACE, quantity=quantity)
        seen.append(
            report_sighting(
                advert=advert, jurisdiction=here.place, division=row.division, institution=row, channel=Channel.STAFF,
                content=WORDS[(turn + number) % 4], by=here.acts("jingban"), at=clock.now(),
            )
        )  # fmt: skip
    urban = here.organ(OrganKind.URBAN)
    officers = [*here.went("jingban", "shijian"), *(here.guest(urban, each) for each in range(1 + turn % 3))]
    yield clock.now() + timedelta(hours=2)
    outing = Outing(done_on=clock.today(), officers=officers, campaigns=[campaign])
    done = [Done(one, AdOutcome.DISMANTLED) for one in seen]
    record_removal(outing=outing, done=done, by=here.acts("jingban"), at=clock.now())
    for one in seen:
        answer(here, take_up(here, one.clue), "违规户外广告已拆除。")


# -- 强巡查 ------------------------------------------------------------------------------------------------------------
def _evenings(case: Case, campaign: Campaign) -> None:
    """Monday to Friday for four weeks, two towns an evening; every fifth evening without showing a card."""
    rounds = Rounds(case.here, "周一到周五晚间巡查", campaign=campaign)
    by_town: dict[int, list[Institution]] = {}
    for row in case.rows:
        by_town.setdefault(row.division_id, []).append(row)
    routes = [(town, by_town[town.pk]) for town in case.towns if town.pk in by_town]
    weekdays = [date(2023, 3, 6) + timedelta(days=7 * week + day) for week in range(4) for day in range(5)]
    for number, day in enumerate(weekdays):
        chosen = [routes[(2 * number + each) % len(routes)] for each in range(2)]
        at = instant(day.year, day.month, day.day, 19)
        case.diary.tell(rounds.evening(at, chosen, covert=number % 5 == 4))


# -- 重宣传 ------------------------------------------------------------------------------------------------------------
def _words(case: Case) -> Story:
    """Grades and lists in the summer, the letter before it, what else was told."""
    here = case.here
    yield instant(2023, 3, 3, 10)
    public.tell(here, Outlet.ACCOUNT, "公众号推文：如何辨别正规培训机构(演示)", "教育局公众号", 2100)
    yield instant(2023, 4, 20, 16)
    who = (("在县培训机构负责人", 36), (here.bureau.name, 3))
    public.meet(
        here, MeetingKind.SYMPOSIUM, "校外培训机构负责人座谈会(演示)", "五个方面整治要求", "各机构七日内自查。", who
    )
    yield instant(2023, 5, 12, 10)
    public.tell(here, Outlet.DOOR, "网格员入户发放致家长一封信(演示)", case.towns[0].name, 680)
    counts = [(640 - 70 * number, 611 - 68 * number) for number in range(len(case.schools))]
    case.diary.tell(public.letter(here, Season.SUMMER, instant(2023, 6, 19, 9), case.schools, counts))
    yield instant(2023, 6, 21, 9)
    public.notice(here, "summer", case.schools)


def _yearly(case: Case) -> Story:
    """诚信评价等级 of everybody, then the white list of the best and the black list of two whom the year convicted."""
    here = case.here
    case.diary.tell(public.grade(here, case.rows, 2023, instant(2023, 7, 17, 9)))
    for number in (5, 41):
        reason = "安全隐患经立案查处，整改不到位"
        case.diary.tell(public.black(here, case.rows[number], instant(2023, 8, 21, 9, number), reason))
    yield instant(2023, 8, 25, 9)
    busy = {*NOTICED, *CORRECTED, *FILED}
    for number, row in enumerate(case.rows):
        if number not in busy and number % 3 == 0:
            public.white(here, row)
    yield instant(2023, 8, 25, 9, 30)
    case.diary.deliver()
