"""泉州市 as its case tells it (domain note 1.2): 四线并进, until the three rates stand at 100 %.

The city chooses banks, trains administrators and gives its counties the work; each county opens accounts, verifies and
enables payment, town by town, and signs with bank and institution. In September joint patrols of education and finance
find what is wrong; 61 institutions are summoned at once about three kinds of problems, each with a day, and every one
is seen again. Names and numbers are invented, figures those of the case. 石狮 has a case of its own.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from assignments.operations.assign import answer, assign, receive
from contracts.enums import BoughtVia
from enforcement.enums import InterviewKind
from enforcement.models import InterviewParty
from enforcement.operations.interviews import (
    InterviewPlan,
    InterviewRecord,
    confirm_fixed,
    hold_interview,
    plan_interview,
    summon,
)
from foundation.accounts.enums import OrganKind, Role
from foundation.core import clock
from funds.attaching import taking
from funds.enums import BankStatus, Flag, ObstacleKind, SupervisionMode, TrainingMode
from funds.models import Bank
from funds.operations.accounts import open_account, set_mode
from funds.operations.agreements import draft_agreement, sign_agreement
from funds.operations.banks import add_bank, set_bank_status
from funds.operations.flags import set_flags
from funds.operations.obstacles import close_obstacle, hold_admin_training, open_obstacle
from funds.operations.pushes import push_missing
from inspections.enums import CampaignKind, JointFocus, JointLevel, JointOutcome, Outcome, ShiftKind, Slot, VisitKind
from inspections.operations.outings import file_group_visit, record_attendance
from inspections.operations.patrols import begin_shift, finish_shift, plan_shift
from inspections.reports import HeadCount, VisitReport
from inspections.rosters import GroupPlan
from institutions.models import Institution
from outreach.enums import Channel as Outlet
from outreach.enums import MeetingKind

from . import case_public as public
from . import contracts, invented
from .case_diary import Diary, Story, Tell, instant
from .case_people import CasePlace
from .case_steps import FAULTS, begin, codes, end, register, see, visit_id
from .organs import QUANZHOU, Login

SEED, OPENED = 20210825, instant(2021, 8, 20, 9)
CAMPAIGN = "校外培训机构预收费资金监管全覆盖"
FRONT = "泉州市校外培训机构资金监管工作专班(演示)"
#: The county bureaus, by the word that begins the login names there; 石狮 (350581) is told elsewhere.
COUNTIES = {
    "350502": "licheng", "350503": "fengze", "350504": "luojiang", "350505": "quangang", "350521": "huian",
    "350524": "anxi", "350525": "yongchun", "350526": "dehua", "350582": "jinjiang", "350583": "nanan",
}  # fmt: skip
EACH, SUMMONED, FAMILIES = 13, 61, 24
BANKS = (*invented.BANKS, "鹭岛演示银行")
MODES = (SupervisionMode.BY_LESSON, SupervisionMode.BY_STAGE)
PROBLEMS = ("发票、合同、购课人不一致", "预收费未全部进入监管账户", "未在全国平台上架课程供家长选购")
INTERVIEWED_ON, DUE_ON = date(2023, 9, 15), date(2023, 10, 31)


@dataclass
class Case:
    """What the replay has made so far."""

    city: CasePlace
    counties: list[CasePlace]
    diary: Diary = field(default_factory=Diary)
    banks: list[Bank] = field(default_factory=list)
    rows: dict[str, list[Institution]] = field(default_factory=dict)  # by county


def load(tell: Tell) -> list[Login]:
    """Replay the case; returns the logins of those whom it added."""
    with clock.set_to(OPENED):
        city = CasePlace.of(QUANZHOU, "quanzhou", at=OPENED, seed=SEED)
        at = {"at": OPENED, "seed": SEED}
        counties = [CasePlace.of(code, word, **at) for code, word in COUNTIES.items()]
        case = Case(city, counties)
        _set_up(case)
    for story in (_front(case), _online(case), _obstacles(case), _patrols(case), _interview(case)):
        case.diary.tell(story)
    for number, county in enumerate(case.counties):
        case.diary.tell(_county(case, county, number))
    case.diary.run(tell)
    over = instant(2023, 11, 30, 18)
    with clock.set_to(over):
        case.diary.deliver()
    return [login for each in (city, *counties) for login in each.logins]


def _set_up(case: Case) -> None:
    """教育牵头，人民银行、银保监分局、地方金融监管局各负其责; officer, leader and register in each county."""
    city = case.city
    city.post("guanli", Role.CITY_MANAGER)
    city.organ(OrganKind.CENTRAL_BANK)
    city.organ(OrganKind.LOCAL_FINANCE)
    city.post("jinrong", Role.FINANCE_REGULATOR, city.organ(OrganKind.FINANCE_BUREAU))
    for county in case.counties:
        number = f"闽演示{county.code}"
        county.post("jingban", Role.COUNTY_OFFICER, certificate_no=f"{number}01")
        county.post("zhifa", Role.COUNTY_OFFICER, certificate_no=f"{number}02")
        towns, fresh = county.towns(), codes(county)
        county.office(towns[0])
        rows = [register(county, number, towns[number % len(towns)], next(fresh)) for number in range(EACH)]
        case.rows[county.code] = rows


# -- 合作阵线 ----------------------------------------------------------------------------------------------------------
def _front(case: Case) -> Story:
    """The document of August 2021, banks, the meeting of October 2022, the work given to the counties."""
    city = case.city
    by = city.acts("guanli")
    yield instant(2021, 8, 25, 10)
    title = "出台校外培训机构资金监管规范性文件：《泉州市校外培训机构预收费资金监管办法(试行)》(演示)"
    public.tell(city, Outlet.MEDIA, title, "泉州市教育局、人民银行、银保监分局、地方金融监管局联合印发", by="guanli")
    yield instant(2021, 10, 11, 9)
    for name in BANKS:
        bank = add_bank(name=f"{name}泉州分行(演示)", city="泉州市", contact="客户经理(演示)", by=by, at=clock.now())
        words = {"reason": "公开遴选，综合评分入围", "basis": "泉州市资金监管银行遴选结果通知(演示)"}
        given = {"effective_on": clock.today(), "by": by, "at": clock.now()}
        case.banks.append(set_bank_status(bank=bank, status=BankStatus.SELECTED, **words, **given))
    yield instant(2022, 10, 18, 15)
    who = ((city.bureau.name, 6), ("人民银行泉州市分行", 2), ("泉州银保监分局", 2), ("各县(市、区)政府", 12))
    topics = "全市校外培训机构整治推进会：重点推进资金监管，机构资金核验、支付开通"
    decisions = "市、县、镇街三级联动，2023年9月前实现全覆盖。"
    title = "全市校外培训机构整治推进会(演示)"
    public.meet(city, MeetingKind.PROMOTION, title, topics, decisions, who, by="guanli")
    yield instant(2022, 10, 20, 9)
    units = [city.organ(kind) for kind in (OrganKind.CENTRAL_BANK, OrganKind.FINANCE_BUREAU, OrganKind.LOCAL_FINANCE)]
    aim = "账户开设、资金核验、开通支付三项率均达百分之百。"
    bureaus = [county.bureau for county in case.counties]
    facts = {"until": date(2023, 12, 15), "aim": aim, "group": FRONT, "units": [*units, *bureaus], "by": "guanli"}
    campaign = begin(city, CAMPAIGN, CampaignKind.PREPAID, **facts)
    given = assign(
        title="校外培训机构资金监管全覆盖", organs=bureaus, due_on=date(2023, 8, 31), by=by, at=clock.now(),
        content="逐家落实账户开设、资金核验、开通支付，按月报送进度，难点分类上报。",
    )  # fmt: skip
    for number, county in enumerate(case.counties):
        case.diary.tell(_answered(county, given, number))
    yield instant(2023, 12, 15, 17)
    end(city, campaign, "三项率均达百分之百；约谈机构全部整改。", by="guanli")


def _answered(county: CasePlace, given, number: int) -> Story:
    part, by = given.parts.get(organ=county.bureau), county.acts("jingban")
    yield instant(2022, 10, 21, 9, 12 * number)
    receive(part=part, by=by, at=clock.now())
    yield instant(2023, 8, 24 + number % 4, 15, 6 * number)
    answer(part=part, result=f"{EACH}家机构账户开设、资金核验、开通支付全部完成。", by=by, at=clock.now())


# -- 监管战线 ----------------------------------------------------------------------------------------------------------
def _county(case: Case, county: CasePlace, number: int) -> Story:
    """Accounts and agreements in the winter, verified in spring, payment enabled in summer; the missing are pushed."""
    by, rows = county.acts("jingban"), case.rows[county.code]
    for turn, row in enumerate(rows):
        yield instant(2022, 11, 7 + 2 * number + 6 * turn, 9, 30)
        _account(case, county, row, number * EACH + turn)
    for flag, month in ((Flag.VERIFIED, 3), (Flag.PAYABLE, 6)):
        yield instant(2023, month, 6 + number, 9)
        due = clock.today() + timedelta(days=40)
        if number % 3 == 0:
            push_missing(flag=flag, due_on=due, by=by, at=clock.now())
        for turn, row in enumerate(rows):
            yield instant(2023, month, 8 + number + 5 * turn, 15, 20)
            proof = {"evidence": "平台核验回执、首笔支付截图(演示)"}
            set_flags(institution=row, flags=[flag], effective_on=clock.today(), by=by, at=clock.now(), **proof)


def _account(case: Case, county: CasePlace, row: Institution, number: int) -> None:
    """Opened, its mode set, the first flag up, and the tripartite agreement signed with its scan."""
    by, at, today = county.acts("jingban"), clock.now(), clock.today()
    bank, mode = case.banks[number % len(case.banks)], MODES[number % 2]
    facts = {"bank": bank, "number": f"6210{county.code}{number:08d}", "holder": row.name, "opened_on": today}
    account = open_account(institution=row, by=by, at=at, **facts)
    given = {"effective_on": today, "reason": "三方协议约定", "by": by, "at": at}
    set_mode(institution=row, mode=mode, deposit_fen=0, **given)
    proof = "开户回执(演示)"
    set_flags(institution=row, flags=[Flag.OPENED], effective_on=today, evidence=proof, by=by, at=at)
    terms = {"mode": mode, "valid_from": today, "valid_to": today + timedelta(days=1825)}
    draft = draft_agreement(institution=row, bank=bank, account=account, by=by, at=at, **terms)
    page = io.BytesIO(invented.signed_page(number % 7))
    page.name = "三方协议签署页(演示).jpg"
    with taking([page]) as files:
        sign_agreement(agreement=draft, signed_on=today, files=files, by=by, at=at)


# -- 服务在线 ----------------------------------------------------------------------------------------------------------
def _online(case: Case) -> Story:
    """Online sessions for administrators; parents buy on the app, so that contract, invoice and buyer can be joined."""
    city = case.city
    topics = ("资金核验操作", "开通支付流程", "课程上架和APP购课", "常见问题分类答疑")
    bureaus = [county.bureau for county in case.counties]
    for number, topic in enumerate(topics):
        yield instant(2022, 11, 24 + 61 * number, 15)
        facts = {"mode": TrainingMode.ONLINE, "topic": f"{topic}线上培训(演示)", "place": "视频会议"}
        held = {"held_on": clock.today(), "persons": 118 + 17 * number, "organs": bureaus}
        hold_admin_training(by=city.acts("guanli"), at=clock.now(), **facts, **held)
    yield instant(2023, 7, 20, 10)
    public.tell(city, Outlet.PUSH, "请在平台APP选课、购课(演示)", "家长端", 12000, by="guanli")
    yield instant(2023, 9, 20, 20)
    dice, now = random.Random(SEED), clock.now()  # noqa: S311
    stories = [contracts.Story(via=BoughtVia.APP if number % 4 else BoughtVia.OFFLINE) for number in range(FAMILIES)]
    stories[3], stories[10] = contracts.Story(buyer_is_other=True), contracts.Story(is_invoiced=False)
    stories[17] = contracts.Story(payer_is_other=True)
    for number, story in enumerate(stories):
        county = case.counties[number % len(case.counties)]
        home = case.rows[county.code][number // len(case.counties)]
        contracts.family(home, 7000 + number, dice, story, county.acts("jingban"), now)


def _obstacles(case: Case) -> Story:
    """分类施策: each kind has an owner and a day, and is closed by it."""
    found = (
        (ObstacleKind.OTHER_BANK, "开户行尚未接入监管系统，回单不能自动核验", "总行已开通接口，回单自动核验"),
        (ObstacleKind.PAPERS, "法定代表人变更，银行要求补交授权书", "已补交授权书，账户恢复使用"),
        (ObstacleKind.PLATFORM, "多家机构不会在平台上架课程，无法开通支付", "已专场辅导，课程全部上架"),
        (ObstacleKind.NAME, "账户户名与许可证名称不一致", "已办理户名变更"),
        (ObstacleKind.UNWILLING, "机构以先上课后收费为由不愿开户", "经约谈已开户并签订三方协议"),
        (ObstacleKind.COSTS, "个别网点收取账户管理年费", "已协调银行免收并退回"),
    )
    made = []
    for number, (kind, words, _) in enumerate(found):
        yield instant(2023, 2, 6 + 18 * number, 10)
        county = case.counties[number]
        by, row = county.acts("jingban"), case.rows[county.code][number]
        facts = {"kind": kind, "words": words, "institution": None if kind == ObstacleKind.PLATFORM else row}
        term = {"found_on": clock.today(), "due_on": clock.today() + timedelta(days=60)}
        owner = county.held("jingban").user
        made.append(open_obstacle(owner=owner, by=by, at=clock.now(), **facts, **term))
    for number, (_, _, result) in enumerate(found):
        yield instant(2023, 6, 12 + 9 * number, 16)
        given = {"closed_on": clock.today(), "by": case.counties[number].acts("jingban"), "at": clock.now()}
        close_obstacle(obstacle=made[number], result=result, **given)


# -- 督察长线 ----------------------------------------------------------------------------------------------------------
ROUNDS = ((JointFocus.SPECIAL, 9, 5), (JointFocus.ALONGSIDE, 9, 7), (JointFocus.SPECIAL, 9, 12))


def _patrols(case: Case) -> Story:
    """Education and finance go out together, several rounds; what they find is 封, 改 or 引导纳管."""
    for number, (focus, month, day) in enumerate(ROUNDS):
        for county in case.counties[number::3]:
            yield instant(2023, month, day, 8, 10 * number)
            _joint(case, county, number, focus)


def _joint(case: Case, county: CasePlace, number: int, focus: JointFocus) -> None:
    by, finance = county.acts("jingban"), case.city.organ(OrganKind.FINANCE_BUREAU)
    regulators = tuple(case.city.guest(finance, 3 * number + each) for each in range(2))
    plans = [GroupPlan("联合一组", (*county.went("jingban", "zhifa"), *regulators), (county.towns()[0],))]
    facts = {
        "kind": ShiftKind.JOINT, "title": "预收费监管联合巡查", "held_on": clock.today(), "slot": Slot.AFTERNOON,
        "level": JointLevel.CITY, "round": number + 1, "focus": focus,
    }  # fmt: skip
    shift = plan_shift(jurisdiction=county.place, facts=facts, groups=plans, by=by, at=clock.now())
    at = clock.now() + timedelta(hours=6)
    with clock.set_to(at):
        begin_shift(shift=shift, by=by, at=at)
        group = shift.groups.select_related("shift").get()
        record_attendance(group=group, present=list(group.members.values_list("pk", flat=True)), by=by, at=at)
        for turn, row in enumerate(case.rows[county.code][:5]):
            now = at + timedelta(minutes=25 * turn)
            report = VisitReport(
                client_id=visit_id(county, row, now), kind=VisitKind.JOINT, subject=row, visited_on=shift.held_on,
                slot=Slot.AFTERNOON, outcome=Outcome.FOLLOW_UP if turn < 3 else Outcome.CLEAN,
                problems=(FAULTS[4].problem,) if turn < 3 else (), pupils=HeadCount(9 + turn),
            )  # fmt: skip
            outcome = (JointOutcome.CORRECTED, JointOutcome.GUIDED, JointOutcome.CORRECTED, "", "")[turn]
            with clock.set_to(now):
                file_group_visit(group=group, report=report, outcome=outcome, by=by, at=now)
        back = at + timedelta(hours=3)
        with clock.set_to(back):
            finish_shift(shift=shift, remark="教育、金融监管部门联合巡查结束。", by=by, at=back)


def _interview(case: Case) -> Story:
    """集体约谈61家: one meeting, three kinds of problems, a day for each; seen again one by one."""
    city, by = case.city, case.city.acts("guanli")
    rows = [row for number in range(EACH) for row in (each[number] for each in case.rows.values())][:SUMMONED]
    yield instant(2023, 9, 13, 9)
    plan = InterviewPlan(
        kind=InterviewKind.COLLECTIVE, title="预收费监管突出问题集体约谈", planned_on=INTERVIEWED_ON,
        place="泉州市教育局五楼会议室", problems=PROBLEMS, due_on=DUE_ON,
    )  # fmt: skip
    interview = plan_interview(plan=plan, by=by, at=clock.now())
    parties = [summon(interview=interview, institution=row, by=by, at=clock.now()) for row in rows]
    yield instant(2023, 9, 15, 15)
    told = InterviewRecord(
        held_on=INTERVIEWED_ON,
        host="泉州市教育局副局长(演示)",
        present="人民银行泉州市分行、泉州银保监分局、泉州市地方金融监督管理局",
        requirements="限期整改3个主要问题，严格执行发票、合同、购课人“三一致”，实现培训收费双向可追溯。",
        commitments="到场机构均表示按期整改。",
        attendance={party.pk: f"{party.institution.legal_person} 校长" for party in parties},
    )
    hold_interview(interview=interview, told=told, by=by, at=clock.now())
    homes = {county.place.pk: county for county in [city, *case.counties]}
    for number, party in enumerate(parties):
        case.diary.tell(_fixed(homes[party.institution.jurisdiction_id], party, number))


def _fixed(county: CasePlace, party: InterviewParty, number: int) -> Story:
    """A visit of two officers of the county finds it put right; each on another day of October."""
    yield _workday(instant(2023, 10, 9 + number % 20, 14, 30 * (number % 6)))
    visit = see(county, party.institution, kind=VisitKind.RECHECK)
    remark = "账户流水、合同和发票已核对，三项问题整改到位"
    confirm_fixed(party=party, visit=visit, remark=remark, by=county.acts("jingban"), at=clock.now())


def _workday(at: datetime) -> datetime:
    return at + timedelta(days=max(0, 7 - at.weekday()) if at.weekday() > 4 else 0)
