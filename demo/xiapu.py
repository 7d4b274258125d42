"""霞浦县 as its case tells it (domain note 1.7): advertisements of training, from the phone to the school gate.

An official account's post is deleted and passed on; leaflets are confiscated at the gates at the start of term and
destroyed; boards of 18 institutions come down; two are filed; what was found stands in the annual check. 43 人次 in
seven outings. Names and texts are invented, figures those of the case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from assignments.models import Part
from assignments.operations.assign import answer, receive
from clues.enums import AdUnit, Carrier, Channel, Claim, Medium, Nearness
from clues.models import Sighting
from clues.operations.adverts import AdvertFacts, report_posts, report_sighting
from enforcement.enums import AdOutcome
from enforcement.operations.removals import Done, Outing, flag_adverts, record_removal
from foundation.accounts.enums import Can, OrganKind, Role
from foundation.core import clock
from foundation.regions.enums import SchoolStage
from foundation.regions.models import Division, School
from inspections.enums import CampaignKind, Outcome
from inspections.models import Campaign
from inspections.reports import HeadCount, OnSite
from institutions.models import Institution
from institutions.operations.nets import fill_nets
from listings.models import AnnualCheck
from listings.operations.yearly import (
    add_to_check,
    announce_check,
    conclude_check,
    finish_check,
    open_check_year,
    record_site_check,
    review_report,
    take_in_report,
)
from listings.yearly import QUESTIONS
from outreach.enums import Channel as Outlet
from outreach.enums import MeetingKind
from publicity.enums import Season

from . import case_public as public
from . import cases
from .case_clues import answer as close
from .case_clues import take_up
from .case_diary import Diary, Story, Tell, instant
from .case_people import CasePlace
from .case_steps import FAULTS, begin, codes, end, register, see, staff
from .case_stories import PROMISES
from .organs import Login

XIAPU, SEED = "350921", 20230901
OPENED, CAMPAIGN = instant(2023, 6, 28, 9), "校外培训广告专项整治"
GROUP = "霞浦县校外培训机构整治工作领导小组办公室(演示)"
ONLINE, LAST = instant(2023, 8, 28, 10), date(2023, 10, 31)
#: Institutions with boards, and all that are registered.
BOARDS, LICENSED = 18, 20
#: Who went, by outing: one online, three at the gates, three for boards: 43 人次.
PERSONS = (2, 7, 7, 7, 7, 7, 6)
#: (sheets, more than that?) of the leaflets that were confiscated at school gates and destroyed.
LEAFLETS = ((120, False), (100, True), (80, False))
ACCOUNT = "【秋季招生】签约提分，不提分全额退款！国家级名师团队，小学数学、英语同步班，扫码预约试听立减200元。"
WORDS = (
    "小学数学培优 包上重点 报名热线见下方",
    "英语提分王 30天单词过关 招生中",
    "特级教师亲授 初中物理化学 预约试听",
    "全县第一品牌 小学作文 开学优惠",
)
#: Filed: the institution by its number, and what of the advertisement is untrue.
FILED = {2: "教师资质", 7: "培训效果"}


@dataclass
class Case:
    """What the replay has made so far."""

    here: CasePlace
    towns: list[Division]
    team: list[OnSite] = field(default_factory=list)
    rows: list[Institution] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)
    diary: Diary = field(default_factory=Diary)


def load(tell: Tell) -> list[Login]:
    """Replay the case; returns the logins of those whom it added."""
    with clock.set_to(OPENED):
        here = CasePlace.of(XIAPU, "xiapu", at=OPENED, seed=SEED)
        case = Case(here, here.towns())
        _set_up(case)
    for story in (_whole(case), _words(case), _yearly(case)):
        case.diary.tell(story)
    case.diary.run(tell)
    over = instant(2023, 11, 30, 18)
    with clock.set_to(over):
        case.diary.deliver()
    return here.logins


def _set_up(case: Case) -> None:
    """Education, market and city management; a grid worker in each of four towns; schools; the register."""
    here, towns = case.here, case.towns
    staff(here)
    urban = here.organ(OrganKind.URBAN)
    for number, town in enumerate(towns[:4]):
        grid = here.grid(town.children.order_by("code").first())
        here.post(f"wangge{number + 1}", Role.GRID_WORKER, here.office(town), grid=grid)
        case.schools.append(here.school(f"霞浦{town.name.rstrip('街道镇乡')}演示小学", town, SchoolStage.PRIMARY))
    case.team = [*here.went("jingban", "shijian"), *(here.guest(urban, number) for number in range(5))]
    fresh = codes(here)
    case.rows = [register(here, number, towns[number % len(towns)], next(fresh)) for number in range(LICENSED)]
    fill_nets(institutions=case.rows, by=here.acts("jingban"), at=OPENED)


# -- the campaign ------------------------------------------------------------------------------------------------------
def _whole(case: Case) -> Story:
    """A meeting, then one campaign that holds all of it together until the end of October."""
    here = case.here
    yield instant(2023, 8, 21, 15)
    topics = "开学季广告管控：线上监测、校园周边巡查、户外广告牌清理，教育、市场监管、城管联合执法"
    public.meet(here, MeetingKind.JOINT, "校外培训广告治理部署会(演示)", topics, "每周会商，广告管控纳入年检。")
    yield instant(2023, 8, 22, 9)
    units = [here.organ(OrganKind.MARKET), here.organ(OrganKind.URBAN)]
    aim = "线上线下违规培训广告发现一条、清理一条，广告管控纳入年检。"
    campaign = begin(here, CAMPAIGN, CampaignKind.ADVERT, until=LAST, aim=aim, group=GROUP, units=units)
    stories = [_online(case, campaign), *(_gates(case, campaign, number) for number in range(3))]
    stories += [_boards(case, campaign, turn) for turn in range(3)]
    for story in (*stories, *(_filed(case, campaign, number) for number in FILED)):
        case.diary.tell(story)
    yield instant(2023, 10, 31, 17)
    report = "公众号违规广告、校园周边传单和户外违规广告牌均已清理，两家机构的虚假宣传已立案查处。"
    end(here, campaign, report)


def _seen(case: Case, advert: AdvertFacts, words: str, about: Institution | None = None, **given) -> Sighting:
    """By an officer about an institution; elsewhere by the grid worker whose grid it is."""
    here = case.here
    worker = f"wangge{given.pop('grid', 0) + 1}"
    if about:
        place, who, channel = {"division": about.division, "institution": about}, "jingban", Channel.STAFF
    else:
        place, who, channel = {"division": here.held(worker).grid.division}, worker, Channel.GRID
    told = {"content": words, "channel": channel, "by": here.acts(who), "at": clock.now()}
    return report_sighting(advert=advert, jurisdiction=here.place, **told | place | given)


def _removed(case: Case, campaign: Campaign, done: list[Done], persons: int) -> None:
    outing = Outing(done_on=clock.today(), officers=case.team[:persons], campaigns=[campaign])
    record_removal(outing=outing, done=done, by=case.here.acts("jingban"), at=clock.now())
    for clue in {one.sighting.clue_id: one.sighting.clue for one in done}.values():
        close(case.here, take_up(case.here, clue), "违规广告已现场处置。")


def _online(case: Case, campaign: Campaign) -> Story:
    """The official account of one institution: pasted, screened, deleted, and passed on to the market regulator."""
    here, row = case.here, case.rows[0]
    yield ONLINE
    [post] = report_posts(
        posts=[ACCOUNT], medium=Medium.ACCOUNT, jurisdiction=here.place, division=row.division, institution=row,
        channel=Channel.STAFF, happened_on=clock.today(), by=here.acts("jingban"), at=ONLINE,
    )  # fmt: skip
    yield ONLINE + timedelta(hours=3)
    _removed(case, campaign, [Done(post, AdOutcome.DELETED), Done(post, AdOutcome.TRANSFERRED)], PERSONS[0])
    yield ONLINE + timedelta(days=3)
    part = Part.objects.get(organ=here.organ(OrganKind.MARKET), assignment__jurisdiction=here.place)
    receive(part=part, by=here.acts("shijian"), at=clock.now())
    answer(part=part, result="已责令删除并依法查处。", by=here.acts("shijian"), at=clock.now())
    yield instant(2023, 10, 8, 9)
    reason = "公众号和户外广告两次违规，提高随机抽查频次"
    flag_adverts(institution=row, reason=reason, until=None, by=here.acts("jingban"), at=clock.now())


def _gates(case: Case, campaign: Campaign, number: int) -> Story:
    """Leaflets at the gates on the first days of term: told of by grid workers, confiscated, destroyed; a stand asked
    to leave; and what was printed on exercise books."""
    at = instant(2023, 9, 1 + number if number == 0 else 3 + number, 7, 20)
    yield at
    sheets, more = LEAFLETS[number]
    gate = {"nearness": Nearness.GATE, "claims": (Claim.EFFECT,)}
    school = case.schools[number].name
    leaflet = AdvertFacts(medium=Medium.LEAFLET, unit=AdUnit.SHEET, quantity=sheets, at_least=more, **gate)
    sheet = _seen(case, leaflet, WORDS[number], sign=f"{school}门口", grid=number)
    stand = AdvertFacts(medium=Medium.OTHER, unit=AdUnit.PLACE, nearness=Nearness.GATE)
    asked = _seen(case, stand, "", sign=f"{school}门口摊位", grid=number)
    books = AdvertFacts(medium=Medium.CAMPUS, unit=AdUnit.PLACE, carrier=Carrier.EXERCISE, nearness=Nearness.INSIDE)
    book = _seen(case, books, "练习册封底印有培训班二维码", sign=school, grid=number)
    yield at + timedelta(minutes=50)
    done = [Done(asked, AdOutcome.DISSUADED), Done(sheet, AdOutcome.CONFISCATED), Done(book, AdOutcome.CONFISCATED)]
    _removed(case, campaign, [*done, Done(sheet, AdOutcome.DESTROYED)], PERSONS[1 + number])


def _boards(case: Case, campaign: Campaign, turn: int) -> Story:
    """Boards of six institutions a morning, and the posters that a grid worker had told of."""
    at = instant(2023, 9, (11, 18, 25)[turn], 8, 30)
    yield at - timedelta(days=4)
    poster = AdvertFacts(medium=Medium.POSTER, unit=AdUnit.SHEET, quantity=3 + turn, nearness=Nearness.NEAR)
    told = _seen(case, poster, WORDS[(turn + 1) % 4], sign="社区公告栏", grid=3)
    yield at
    seen = []
    for number, row in list(enumerate(case.rows[:BOARDS]))[turn::3]:
        board = AdvertFacts(medium=Medium.OUTDOOR, unit=AdUnit.BOARD, quantity=1 + number % 2)
        seen.append(_seen(case, board, WORDS[number % 4], row))
    yield at + timedelta(hours=3)
    done = [*(Done(one, AdOutcome.DISMANTLED) for one in seen), Done(told, AdOutcome.CONFISCATED)]
    _removed(case, campaign, done, PERSONS[4 + turn])


def _filed(case: Case, campaign: Campaign, number: int) -> Story:
    """A visit finds that what the advertisement says is untrue; the case runs its six weeks."""
    here, row = case.here, case.rows[number]
    yield instant(2023, 9, 19, 15, number)
    facts = {"outcome": Outcome.FOLLOW_UP, "problems": (FAULTS[3].problem,), "pupils": HeadCount(14 + number)}
    visit = see(here, row, campaigns=[campaign], **facts)
    at, desk = clock.now(), cases.Desk(here.people, here.word)
    case.diary.tell(cases.whole(desk, cases.against(desk, row, "WAD", at, visit=visit), at, PROMISES))


# -- words -------------------------------------------------------------------------------------------------------------
def _words(case: Case) -> Story:
    """The 通告 before the holidays, the letter, home visits at the festival, the official account."""
    here = case.here
    yield instant(2023, 7, 3, 9)
    public.notice(here, "summer", case.schools)
    counts = [(820, 806), (640, 611), (455, 450), (310, 298)]
    for season, at in ((Season.SUMMER, instant(2023, 7, 4, 9)), (Season.TERM, instant(2023, 9, 4, 9))):
        case.diary.tell(public.letter(here, season, at, case.schools, counts))
    yield instant(2023, 7, 12, 15)
    public.tell(here, Outlet.HOME_VISIT, "教师暑期家访：为“抢跑”降温(演示)", case.schools[0].name, 260)
    yield instant(2023, 8, 30, 10)
    public.tell(here, Outlet.ACCOUNT, "公众号推文：看清培训广告的五种套路(演示)", "霞浦教育公众号", 3400)
    yield instant(2023, 9, 28, 17)
    public.tell(here, Outlet.PUSH, "双节提醒：不参加违规培训(演示)", "家长端", 5200)


def _yearly(case: Case) -> Story:
    """The annual check, in which the year's advertisements stand beside what the institution says itself."""
    here = case.here
    by, leader = here.acts("jingban"), here.acts("shenhe")
    yield instant(2023, 10, 16, 9)
    due, at = date(2023, 11, 10), clock.now()
    year = open_check_year(jurisdiction=here.place, year=2023, report_by=due, by=by, at=at)
    checks = [add_to_check(check_year=year, institution=row, by=by, at=at) for row in case.rows]
    yield instant(2023, 10, 24, 9)
    for number, check in enumerate(checks):
        answers = ["符合要求，材料见附件"] * (len(QUESTIONS) - 1) + ["违规广告牌已拆除，今后广告先报备"]
        take_in_report(check=check, answers=answers, given_by="机构负责人", by=by, at=clock.now())
        review_report(check=check, review="材料齐全；广告违规记录见系统，已核对。", by=by, at=clock.now())
        case.diary.tell(_checked(case, check, number))
    yield instant(2023, 11, 14, 9)
    for check in checks:
        announce_check(check=check, by=leader, at=clock.now())
    yield instant(2023, 11, 28, 9)
    for check in checks:
        finish_check(check=check, by=here.lapses(Can.PROPOSE_LISTING), at=clock.now())


def _checked(case: Case, check: AnnualCheck, number: int) -> Story:
    """Seen on the spot, and concluded: what was advertised against the rules keeps it from being 合格."""
    here, by = case.here, case.here.acts("jingban")
    yield instant(2023, 11, 6 + number // 5, 14, 20 * (number % 5))
    visit = see(here, check.institution, pupils=HeadCount(7 + number))
    record_site_check(check=check, visit=visit, by=by, at=clock.now())
    advertised = number < BOARDS
    reasons = "违规广告已责令改正，其余各项符合要求。" if advertised else "各项符合要求。"
    conclusion = "基本合格" if advertised else "合格"
    conclude_check(check=check, conclusion=conclusion, reasons=reasons, by=by, at=clock.now())
