"""集美's five fists: 点题整治, the winter's patrols, 回头看, 监管护苗, 艺考; each a campaign with its own records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from clues.enums import AdUnit, Channel, Medium
from clues.operations.adverts import AdvertFacts, report_sighting
from enforcement.enums import AdOutcome, OrderKind
from enforcement.operations.removals import Done, Outing, record_removal
from foundation.accounts.enums import OrganKind
from foundation.core import clock
from inspections.enums import Aspect, CampaignKind, Outcome, RecheckResult, Severity, TargetTag, VisitKind
from inspections.models import Campaign, CampaignTarget, Visit
from inspections.operations.returns import file_return
from inspections.operations.targets import record_recheck
from inspections.reports import HeadCount, Problem
from institutions.enums import Category, Discovery, Disposal, LicenceStatus, Subcategory

from . import cases
from .case_clues import answer, take_up
from .case_diary import Story, instant
from .case_sheets import bring_in
from .case_steps import FAULTS, begin, dispose, end, fault, look_again, notify, put_right, see, unlicensed
from .case_stories import FIRE, HOME_TUTOR, LOOSE, PROMISES
from .jimei_case import Case

GROUP = "集美区“双减”工作领导小组办公室(演示)"
NAMED, WINTER, RECHECK, GUARD, ARTS = (
    "无证学科类培训点题整治",
    "2023年寒假巡查专项行动",
    "学科类培训机构“回头看”",
    "2023年暑期监管护苗",
    "艺考培训机构专项治理",
)
SIGNS = (
    "向日葵课后辅导",
    "名校数学小班",
    "浔江英语角",
    "杏滨书屋",
    "学霸晚托",
    "金钥匙家教",
    "灌口作文屋",
    "后溪一对一",
)
WAYS = (Discovery.SWEEP, Discovery.GRID, Discovery.TIP, Discovery.SWEEP, Discovery.HOTLINE, Discovery.TRANSFER)
ENDS = (Disposal.BANNED, Disposal.SELF_CLOSED, Disposal.BANNED, Disposal.TRANSFORMED)
WITHOUT = Problem("无证开展学科类培训", Aspect.CONDUCT, Severity.CRITICAL, "不能出示办学许可证和营业执照")
UNLICENSED = fault(
    "未取得办学许可开展培训", Aspect.CONDUCT, Severity.CRITICAL, "不能出示办学许可证",
    "《中华人民共和国民办教育促进法》第十二条", "立即停止培训，退还费用，依法申办许可前不得招生。",
)  # fmt: skip


def stories(case: Case) -> Iterator[Story]:
    yield from (_named(case), _winter(case), _recheck(case), _guard(case), _arts(case))


def _begun(case: Case, name: str, kind: CampaignKind, until: date, aim: str, tags=(), **facts) -> Campaign:
    here = case.here
    units = [here.organ(each) for each in (OrganKind.MARKET, OrganKind.FIRE, OrganKind.POLICE)]
    units += [here.office(town) for town in case.towns]
    return begin(here, name, kind, until=until, aim=aim, group=GROUP, units=units, tags=tags, **facts)


# -- 点题整治 ----------------------------------------------------------------------------------------------------------
FOUND = 116
#: Places of each outdoor advertisement, by outing: 42 处.
PLACES = ((1, 3, 2), (4, 2, 1), (3, 2, 6), (2, 1, 2), (3, 2, 1), (2, 3, 2))
WORDS = ("小学数学培优 包上重点", "英语提分王 30天单词过关", "特级教师亲授 预约试听", "全区第一品牌 作文")
#: Filed in this campaign: two for what they promise, six for fire safety.
NAMED_CASES = (PROMISES, FIRE, FIRE, FIRE, PROMISES, FIRE, FIRE, FIRE)


def _named(case: Case) -> Story:
    yield instant(2022, 5, 9, 9)
    aim = "整治无证学科类培训，拆除违规户外广告，立案查处虚假宣传和消防违法，动态清零。"
    campaign = _begun(case, NAMED, CampaignKind.NAMED, date(2022, 12, 16), aim)
    for number in range(FOUND):
        case.diary.tell(_site(case, campaign, number))
    for turn, places in enumerate(PLACES):
        case.diary.tell(_boards(case, campaign, turn, places))
    for number, story in enumerate(NAMED_CASES):
        at = instant(2022, 6, 7, 10) + timedelta(days=18 * number)
        case.diary.tell(_filed(case, campaign, number, at, story))
    yield instant(2022, 12, 16, 17)
    end(case.here, campaign, f"整治无证学科类培训场所{FOUND}处，全部停止培训；违规户外广告全部拆除，案件已结。")


def _site(case: Case, campaign: Campaign, number: int) -> Story:
    """Found, pupils sent home, looked at again a week later, and closed."""
    here, town = case.here, case.towns[number % len(case.towns)]
    yield instant(2022, 5, 10, 9 + number % 9, 7 * (number % 8)) + timedelta(days=number * 3 // 2)
    pupils = HeadCount(4 + number * 5 % 19, at_least=number % 5 == 0)
    status = LicenceStatus.NEITHER if number % 3 else LicenceStatus.NO_PERMIT
    site = unlicensed(
        here, town, f"{town}演示里{number + 21}号{number % 6 + 1}楼", sign=f"{SIGNS[number % 8]}{number // 8 + 1}",
        discovery=WAYS[number % 6], licence_status=status, pupils=pupils.number, pupils_at_least=pupils.at_least,
    )  # fmt: skip
    went = (*here.went("jingban", "shijian"), *(here.guest(here.office(town), each) for each in range(number % 3)))
    facts = {"problems": (WITHOUT,), "outcome": Outcome.FOLLOW_UP, "pupils": pupils, "dispersed": pupils}
    see(here, site, went=went, campaigns=[campaign], **facts)
    yield clock.now() + timedelta(days=8)
    look_again(here, site, here.office(town), "已停止培训，招牌拆除，房东书面承诺不再出租办班。", open_still=False)
    dispose(here, site, ENDS[number % 4], "已停止培训并退费")


def _boards(case: Case, campaign: Campaign, turn: int, places: tuple[int, ...]) -> Story:
    here = case.here
    yield instant(2022, 6, 20, 8, 30) + timedelta(days=25 * turn)
    seen = []
    for number, quantity in enumerate(places):
        row = case.rows[60 + turn * 31 + number * 7]
        advert = AdvertFacts(medium=Medium.OUTDOOR, unit=AdUnit.PLACE, quantity=quantity)
        told = {"content": WORDS[(turn + number) % 4], "channel": Channel.STAFF, "institution": row}
        given = {"by": here.acts("jingban"), "at": clock.now()}
        seen.append(report_sighting(advert=advert, jurisdiction=here.place, division=row.division, **told, **given))
    yield clock.now() + timedelta(hours=2)
    urban = here.organ(OrganKind.URBAN)
    officers = [*here.went("jingban", "shijian"), *(here.guest(urban, each) for each in range(1 + turn % 4))]
    outing = Outing(done_on=clock.today(), officers=officers, campaigns=[campaign])
    done = [Done(one, AdOutcome.DISMANTLED) for one in seen]
    record_removal(outing=outing, done=done, by=here.acts("jingban"), at=clock.now())
    for one in seen:
        answer(here, take_up(here, one.clue), "违规户外广告已拆除。")


LAWS = {FIRE: ("WFI", 1), PROMISES: ("WAD", 3), LOOSE: ("W21", 0), HOME_TUTOR: ("W17", None)}


def _filed(case: Case, campaign: Campaign, number: int, at, story: cases.Story) -> Story:
    """A joint visit with the fire brigade or the market regulator, and the case that grew from it."""
    here, row, (law, aspect) = case.here, case.rows[40 + number], LAWS[story]
    yield at
    beside = here.guest(here.organ(OrganKind.FIRE if story is FIRE else OrganKind.MARKET), 0)
    facts = {"problems": (FAULTS[aspect].problem,), "outcome": Outcome.FOLLOW_UP, "pupils": HeadCount(20 + number)}
    went = (*here.went("jingban", "zhifa"), beside)
    visit = see(here, row, went=went, campaigns=[campaign], kind=VisitKind.JOINT, **facts)
    _case(case, row, law, visit, story)


def _case(case: Case, row, law: str, visit, story: cases.Story, **party: str) -> None:
    at, desk = clock.now(), cases.Desk(case.here.people, case.here.word)
    case.diary.tell(cases.whole(desk, cases.against(desk, row, law, at, visit=visit, **party), at, story))


# -- 寒假巡查 ----------------------------------------------------------------------------------------------------------
HEAD = (
    "检查日期",
    "时段",
    "机构名称",
    "统一社会信用代码",
    "检查种类",
    "检查组",
    "检查人员",
    "发现问题",
    "所属方面",
    "严重程度",
    "处理结果",
    "学生数",
    "专项行动",
)
#: 526 institutions fourteen times each, but for the four visits that are filed by hand: 7,364 家次.
TURNS, BY_HAND, FILES = 14, 4, 4
NEW_YEAR = {date(2023, 1, 21), date(2023, 1, 22), date(2023, 1, 23)}
DAYS = [day for day in (date(2023, 1, 12) + timedelta(days=n) for n in range(31)) if day not in NEW_YEAR]
SLOTS = ("上午", "下午", "晚上")
#: What a clerk wrote wrong: in which line of each file, in which column, and what.
SLIPS = (
    (17, 0, "2023-02-30"),
    (203, 1, "不详"),
    (411, 3, "X"),
    (655, 6, "若干人"),
    (910, 10, "?"),
    (1333, 4, "走走看看"),
)


def _winter(case: Case) -> Story:
    """Sheets of a week each, their bad lines put right and brought in again; three institutions and a person filed."""
    here = case.here
    yield instant(2023, 1, 12, 8)
    aim = "寒假期间对全区校外培训机构逐日巡查，严防学科类违规培训。"
    campaign = _begun(case, WINTER, CampaignKind.HOLIDAY, date(2023, 2, 12), aim, tags=(TargetTag.SCOPE,))
    for number in range(BY_HAND):
        case.diary.tell(_caught(case, campaign, number))
    rows = _patrols(case)
    for turn in range(FILES):
        last = DAYS[7 * turn + 6]
        yield instant(last.year, last.month, last.day, 21, 30)
        week = [row for row in rows if DAYS[7 * turn].isoformat() <= row[0] <= last.isoformat()]
        _sheet(case, f"集美区寒假巡查台账第{turn + 1}周(演示)", week)
    yield instant(2023, 2, 12, 22)
    report = "寒假期间每日巡查，培训机构秩序总体平稳，违规机构和个人均已立案查处。"
    end(here, campaign, report)


def _patrols(case: Case) -> list[list[str]]:
    """Every institution on fourteen days, each time by a group of two to four of its town."""
    rows = []
    crews = [_crew(case, number) for number in range(24)]
    for number, row in enumerate(case.rows):
        for turn in range(TURNS):
            day = DAYS[(number * 3 + turn * 2) % len(DAYS)]
            group = (number % 6) * 4 + turn % 4
            found = ("",) * 3 + ("未发现问题",)
            if (number * TURNS + turn) % 97 == 0:
                found = ("收费公示牌内容不全", "收费管理", "轻", "发现问题当场改正")
            pupils = "" if turn % 3 else str(5 + (number + turn) % 30)
            rows.append([
                day.isoformat(), SLOTS[(number + turn) % 3], row.name, row.credit_code, "专项检查", f"第{group + 1}组",
                crews[group], *found, pupils, WINTER,
            ])  # fmt: skip
    return rows[:-BY_HAND]


def _crew(case: Case, number: int) -> str:
    """Two to four people of the bureau, the regulator and the town, as a sheet writes them."""
    here, town = case.here, case.towns[number // 4]
    organs = (here.bureau, here.office(town), here.organ(OrganKind.MARKET), here.office(town))
    people = [here.guest(organ, 10 + number + each) for each, organ in enumerate(organs[: 2 + number % 3])]
    return "、".join(f"{one.name}({one.organ_name})" for one in people)


def _sheet(case: Case, name: str, rows: list[list[str]]) -> None:
    """The week's sheet with a few slips; what they kept out comes in by a second, corrected sheet."""
    sent = [list(row) for row in rows]
    for line, column, wrong in SLIPS:
        sent[line][column] = wrong
    batch = bring_in(case.here, "visits", name, HEAD, sent)
    refused = [row.number - 2 for row in batch.rows.filter(outcome="rejected").order_by("number")]
    bring_in(case.here, "visits", f"{name}更正", HEAD, [rows[line] for line in refused])


def _caught(case: Case, campaign: Campaign, number: int) -> Story:
    """Three institutions that broke the rules, and a teacher at home: seen by two officers, filed."""
    here = case.here
    yield instant(2023, *((1, 16), (1, 18), (1, 27), (2, 1))[number], 15)
    facts = {"outcome": Outcome.FOLLOW_UP, "pupils": HeadCount(9 + number), "dispersed": HeadCount(9 + number)}
    if number < 3:
        visit = see(here, case.rows[number], campaigns=[campaign], problems=(FAULTS[0].problem,), **facts)
        _case(case, case.rows[number], "W21", visit, LOOSE)
        return
    town = case.towns[3]
    site = unlicensed(here, town, f"{town}演示里88号702室", sign="住家补习", discovery=Discovery.TIP, pupils=12)
    visit = see(here, site, campaigns=[campaign], problems=(WITHOUT,), **facts)
    party = {"person": "周秋月", "code": "0018", "address": site.address}
    _case(case, site, "W17", visit, HOME_TUTOR, **party)
    yield clock.now() + timedelta(days=5)
    dispose(here, site, Disposal.BANNED, "已停止补习并退费")


# -- 回头看 ------------------------------------------------------------------------------------------------------------
SITE_HEAD = ("检查日期", "时段", "机构名称", "无证场所编号", "检查种类", "检查人员", "处理结果", "专项行动")
RELAPSED = {4: RecheckResult.RELAPSED, 17: RecheckResult.MUTATED, 30: RecheckResult.RELAPSED}


def _recheck(case: Case) -> Story:
    """Subject institutions of today and those that ended or turned; three of these teach again."""
    here = case.here
    yield instant(2023, 3, 6, 9)
    aim = "排查现有及已取缔、转型、注销的学科类培训机构是否反弹、变异。"
    facts = {"categories": [Category.SUBJECT], "former_statuses": ["deregistered", "transformed", "banned"]}
    tags = (TargetTag.FORMER, TargetTag.SCOPE)
    campaign = _begun(case, RECHECK, CampaignKind.RECHECK, date(2023, 4, 14), aim, tags=tags, **facts)
    for number, row in enumerate([*case.former, *case.rows[:14]]):
        yield instant(2023, 3, 8 + number // 3, 14, 35 * (number % 3))
        result = RELAPSED.get(number, RecheckResult.CORRECTED)
        facts = {"pupils": HeadCount(0 if number < len(case.former) else 15)}
        if number in RELAPSED:
            facts = {"problems": (WITHOUT,), "outcome": Outcome.FOLLOW_UP, "pupils": HeadCount(8)}
        visit = see(here, row, campaigns=[campaign], **facts)
        for target in CampaignTarget.objects.filter(campaign=campaign, institution=row):
            _judged(case, target, visit, result)
        if number in RELAPSED:
            order = notify(here, visit, UNLICENSED, kind=OrderKind.STOP, days=7)
            case.diary.tell(put_right(here, order, clock.now() + timedelta(days=6)))
    yield instant(2023, 4, 12, 20)
    _sites_again(case, campaign)
    yield instant(2023, 4, 14, 17)
    end(here, campaign, "现有和已取缔、转型、注销的学科类机构逐家排查，发现的反弹和变异均已责令停止。")


def _judged(case: Case, target: CampaignTarget, visit: Visit, result: RecheckResult) -> None:
    words = "场地已改作他用，无学科类培训。"
    if result != RecheckResult.CORRECTED:
        words = "原场地又有学科类培训，已责令停止。"
    given = {"remark": words, "by": case.here.acts("jingban"), "at": clock.now()}
    record_recheck(target=target, result=result, visit=visit, **given)


def _sites_again(case: Case, campaign: Campaign) -> None:
    """Sites that were closed: the towns' sheet of visits, and what each came to."""
    targets = CampaignTarget.objects.filter(campaign=campaign, unlicensed__isnull=False)
    targets = list(targets.select_related("unlicensed").order_by("pk"))
    rows = []
    for number, target in enumerate(targets):
        site, day = target.unlicensed, date(2023, 3, 13) + timedelta(days=number % 28)
        crew = _crew(case, case.towns.index(site.division) * 4 + number % 4)
        rows.append(
            [day.isoformat(), SLOTS[number % 3], site.sign, site.number, "专项检查", crew, "未发现问题", RECHECK]
        )
    bring_in(case.here, "visits", "集美区回头看台账(演示)", SITE_HEAD, rows)
    seen = {visit.unlicensed_id: visit for visit in Visit.objects.filter(campaign_tags__campaign=campaign)}
    for target in targets:
        _judged(case, target, seen[target.unlicensed_id], RecheckResult.CORRECTED)


# -- 监管护苗 ----------------------------------------------------------------------------------------------------------
JOINT = 36
#: Of the visits by their number: what was put right on the spot, and pupils sent home: 220余人.
ON_SPOT = {
    2: (2, 45, True),
    8: (0, 38, False),
    13: (4, 29, False),
    19: (2, 52, True),
    25: (1, 31, False),
    33: (3, 25, False),
}


def _guard(case: Case) -> Story:
    """Joint checks of a summer; units return their figures each evening of the first fortnight."""
    here = case.here
    yield instant(2023, 7, 10, 8, 30)
    aim = "联合检查校外培训机构，当场责令整改，清散违规上课学生。"
    campaign = _begun(case, GUARD, CampaignKind.GUARD, date(2023, 8, 25), aim, daily_returns=True)
    case.diary.tell(_returns(case, campaign))
    for number in range(JOINT):
        yield instant(2023, 7, 11 + number // 2 + 2 * (number // 10), (15, 19)[number % 2], 10)
        row = case.rows[100 + 11 * number]
        aspect, sent, more = ON_SPOT.get(number, (None, 0, False))
        fire, market = here.guest(here.organ(OrganKind.FIRE), 1), here.guest(here.organ(OrganKind.MARKET), 2)
        went = (*here.went("jingban", "shijian"), fire, *([market] if number % 2 else []))
        facts = {"pupils": HeadCount(max(sent, 6 + number), at_least=more), "dispersed": HeadCount(sent, at_least=more)}
        if aspect is not None:
            facts |= {"problems": (FAULTS[aspect].problem,), "outcome": Outcome.CORRECTED}
        visit = see(here, row, went=went, campaigns=[campaign], kind=VisitKind.JOINT, **facts)
        if aspect is not None:
            order = notify(here, visit, FAULTS[aspect], kind=OrderKind.ON_SPOT, days=5)
            case.diary.tell(put_right(here, order, clock.now() + timedelta(days=4)))
    yield instant(2023, 8, 25, 17)
    end(here, campaign, f"联合检查{JOINT}家，当场责令整改的均已复查，清散学生已通知家长接回。")


def _returns(case: Case, campaign: Campaign) -> Story:
    for day in range(14):
        yield instant(2023, 7, 11 + day, 21)
        for who in ("jingban", "shijian", "jiedao"):
            by = case.here.acts(who)
            file_return(campaign=campaign, day_on=clock.today(), led_by_leaders=day % 2, by=by, at=clock.now())


# -- 艺考 --------------------------------------------------------------------------------------------------------------
ART_SIGNS = ("追光艺考画室", "声乐考级工坊", "逐梦播音艺考")


def _arts(case: Case) -> Story:
    """Those who train for the arts examination are all looked at; three without a permit get a notice and stop."""
    here = case.here
    yield instant(2023, 9, 5, 9)
    aim = "全面排查艺术高考培训机构，整改无证艺考培训。"
    campaign = _begun(case, ARTS, CampaignKind.ART_EXAM, date(2023, 10, 20), aim, categories=[Category.ARTS])
    rows = [row for row in case.rows if row.subcategory == Subcategory.ART_EXAM]
    for number, row in enumerate(rows):
        yield instant(2023, 9, 6 + number, 16)
        see(here, row, campaigns=[campaign], pupils=HeadCount(18 + number))
    for number, sign in enumerate(ART_SIGNS):
        yield instant(2023, 9, 20 + 2 * number, 18, 30)
        town = case.towns[2 * number]
        facts = {"category": Category.ARTS, "subcategory": Subcategory.ART_EXAM, "discovery": Discovery.SWEEP}
        site = unlicensed(here, town, f"{town}演示路{number + 60}号3楼", sign=sign, pupils=9 + number, **facts)
        found = {"problems": (UNLICENSED.problem,), "outcome": Outcome.FOLLOW_UP, "pupils": HeadCount(9 + number)}
        visit = see(here, site, campaigns=[campaign], **found)
        order = notify(here, visit, UNLICENSED, days=10)
        case.diary.tell(put_right(here, order, clock.now() + timedelta(days=9)))
        case.diary.tell(_closed(case, site, clock.now() + timedelta(days=10)))
    yield instant(2023, 10, 20, 17)
    end(here, campaign, "艺考培训机构逐家排查，无证的均已停止培训并整改。")


def _closed(case: Case, site, at) -> Story:
    yield at
    dispose(case.here, site, Disposal.SELF_CLOSED, "已停止培训，学员转至有证机构")
