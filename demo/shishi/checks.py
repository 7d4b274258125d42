"""石狮's visits since the opinion: 337 sites, 2,051 人次, 68 notices all put right; 70 sites without permit.

Every site is visited at least once, each notice has its re-check, and 56 visits more come from two double-random draws
and, for what the draws leave, from patrols of the last weeks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from enforcement.enums import OrderKind, Service
from enforcement.models import Order
from enforcement.operations.followup import accept_rectification, take_in_proof
from enforcement.operations.orders import OrderFacts, issue_order, record_service
from inspections.enums import Aspect, CampaignKind, Outcome, PaperKind, Severity, Slot, VisitKind
from inspections.models import Campaign, Visit
from inspections.operations.campaigns import close_campaign, draft_campaign, start_campaign
from inspections.operations.papers import add_paper
from inspections.operations.tagging import tag_visit
from inspections.operations.visits import file_visit
from inspections.reports import HeadCount, Problem, VisitReport
from institutions.enums import Category, Discovery, Disposal, LicenceStatus
from institutions.models import Institution, UnlicensedSite
from institutions.operations.unlicensed import dispose_unlicensed, record_round, report_unlicensed

from ..case_diary import at_hour
from .county import SINCE, County
from .register import CARE, LEFT, OTHERS, SUBJECTS, Register

UNLICENSED, NOTICES, REPEATS, PERSON_TIMES = 70, 68, 56, 2051
SITES = SUBJECTS + OTHERS + CARE + UNLICENSED
VISITS = SITES + NOTICES + REPEATS
#: How many go out: a pattern, then one more or less here and there until the whole comes to PERSON_TIMES.
GOING = (2, 3, 4, 4, 5, 6, 3, 4, 8, 2, 5, 12, 4, 3, 7, 2)
PROBLEMS = (
    (Problem("收费项目和标准未公示", Aspect.FEES, Severity.MAJOR, "前台和宣传栏均无收费公示"), "收费公示"),
    (Problem("疏散通道堆放杂物", Aspect.SAFETY, Severity.MAJOR, "二楼走廊堆放桌椅，宽度不足"), "消防安全"),
    (Problem("晚间培训超过20:30", Aspect.CONDUCT, Severity.MAJOR, "20:50仍有一个班未下课"), "培训时间"),
    (Problem("从业人员信息未公示", Aspect.DAILY, Severity.LIGHT, "新到教师三人未上墙公示"), "人员公示"),
    (Problem("门口张贴招生广告", Aspect.PUBLICITY, Severity.LIGHT, "门口展架两个，含提分承诺"), "广告宣传"),
)
CLAUSE = "《石狮市整治校外培训机构不规范问题减轻中小学生课外负担行动方案》"
PAPERS = {
    CampaignKind.NAMED: (
        (PaperKind.LEADING_GROUP, "关于成立石狮市校外培训机构整治专班的通知(演示)"),
        (PaperKind.PLAN, f"关于印发{CLAUSE}的通知(演示)"),
        (PaperKind.PLAN, "校外培训机构“点题整治”专项行动实施方案(演示)"),
    ),
    CampaignKind.GUARD: ((PaperKind.PLAN, "暑期“监管护苗”专项行动实施方案(演示)"),),
}
Subject = Institution | UnlicensedSite


def goings() -> list[int]:
    """How many go on each visit: 2 to 12, adding up to PERSON_TIMES."""
    found = [GOING[number % len(GOING)] for number in range(VISITS)]
    step, at = (1 if sum(found) < PERSON_TIMES else -1), 0
    while sum(found) != PERSON_TIMES:
        if 2 <= found[at % VISITS] + step <= 12:
            found[at % VISITS] += step
        at += 7
    return found


@dataclass
class Rounds:
    """Visits so far: how many go on the next ones, how many repeats are left, which campaigns run."""

    county: County
    register: Register
    going: deque[int] = field(default_factory=lambda: deque(goings()))
    repeats: int = REPEATS
    filed: int = 0
    campaigns: list[Campaign] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)

    def visit(
        self,
        subject: Subject,
        at: datetime,
        *,
        kind: VisitKind | None = None,
        problems: Sequence[Problem] = (),
        evening: bool = False,
    ) -> Visit:
        """Go out with the next number of officers; what runs as a campaign counts the visit."""
        persons, self.filed = self.going.popleft(), self.filed + 1
        running = [each for each in self.campaigns if each.starts_on <= at.date() <= each.ends_on]
        plain = VisitKind.CAMPAIGN if running else VisitKind.JOINT if persons > 3 else VisitKind.ROUTINE
        report = VisitReport(
            client_id=uuid5(NAMESPACE_URL, f"shuanjian:shishi:{self.filed}"),
            kind=kind or plain,
            subject=subject,
            visited_on=at.date(),
            slot=Slot.EVENING if evening else Slot.MORNING if at.hour < 12 else Slot.AFTERNOON,
            outcome=Outcome.FOLLOW_UP if problems else Outcome.CLEAN,
            officers=self.county.went(self.filed, persons),
            problems=tuple(problems),
            pupils=HeadCount(self.county.dice.randint(4, 45)),
        )
        filed = file_visit(report=report, by=self.county.officer, at=at)
        for campaign in running:
            tag_visit(visit=filed, campaign=campaign, by=self.county.officer, at=at)
        return filed


def plan(county: County, register: Register) -> Rounds:
    """Enter campaigns, first visits, sites without a permit and the last patrols in the diary."""
    rounds = Rounds(county, register)
    _campaigns(rounds)
    span = (county.today - SINCE).days - 100
    for number in range(SUBJECTS):
        day = SINCE + timedelta(days=9 + number % 28)
        if number < LEFT:
            day = SINCE + timedelta(days=span * (number + 1) // (LEFT + 1))
        _first(rounds, "subjects", number, day, noticed=number >= LEFT and number % 4 == 0)
    for number in range(OTHERS):
        day = SINCE + timedelta(days=60 + (span - 60) * number // OTHERS)
        _first(rounds, "others", number, day, noticed=number % 2 == 0)
    for number in range(CARE):
        day = date(2021, 11, 1) + timedelta(days=(span - 110) * number // CARE)
        _first(rounds, "care", number, day, noticed=number % 4 == 1)
    for number in range(UNLICENSED):
        day = date(2021, 9, 20) + timedelta(days=(span - 90) * number // UNLICENSED)
        county.diary.on(at_hour(day, 19), partial(_found, rounds, number))
    for number in range(REPEATS):
        day = county.today - timedelta(days=2 + number // 3)
        county.diary.on(at_hour(day, 15, number % 3), partial(_patrol, rounds, number))
    return rounds


def _first(rounds: Rounds, among: str, number: int, day: date, *, noticed: bool) -> None:
    evening = number % 3 == 2
    at = at_hour(day, 19 if evening else 15)
    rounds.county.diary.on(at, partial(_go, rounds, among, number, noticed=noticed, evening=evening))


def _go(rounds: Rounds, among: str, number: int, at: datetime, *, noticed: bool, evening: bool) -> None:
    subject = getattr(rounds.register, among)[number]
    if not noticed or len(rounds.orders) == NOTICES:
        rounds.visit(subject, at, evening=evening)
        return
    problem, about = PROBLEMS[number % len(PROBLEMS)]
    seen = rounds.visit(subject, at, problems=[problem], evening=evening)
    rounds.orders.append(_notice(rounds, seen, problem, about, at))


# -- notices ---------------------------------------------------------------------------------------------------------
def _notice(rounds: Rounds, seen: Visit, problem: Problem, about: str, at: datetime) -> Order:
    """Written and served on the spot; the party answers in a week, the re-check closes it five days later."""
    county, due = rounds.county, at + timedelta(days=15)
    facts = OrderFacts(
        kind=OrderKind.RECTIFY,
        facts=[["—", f"{problem.text}：{problem.note}", CLAUSE]],
        clauses=CLAUSE,
        due_on=due.date(),
        requirements=[f"就“{about}”问题完成整改，并保持。"],
        evidence=["现场照片2张", "检查记录1份"],
        contact="石狮市教育局 0595-0000581",
        on_spot=True,
    )
    signing = list(seen.officers.exclude(certificate_no="").order_by("pk")[:2])
    order = issue_order(visit=seen, facts=facts, officers=signing, by=county.officer, at=at)
    recipient = order.person_in_charge or "现场负责人"
    served = {"service": Service.DIRECT, "served_on": at.date(), "recipient": recipient}
    order = record_service(order=order, by=county.officer, at=at, **served)
    county.diary.on(at + timedelta(days=7), partial(_answer, rounds, order))
    county.diary.on(at + timedelta(days=12), partial(_recheck, rounds, order, seen))
    return order


def _answer(rounds: Rounds, order: Order, at: datetime) -> None:
    told = {"text": "已按要求整改，附照片和制度。", "given_by": order.person_in_charge or "现场负责人"}
    take_in_proof(order=order, by=rounds.county.officer, at=at, **told)


def _recheck(rounds: Rounds, order: Order, seen: Visit, at: datetime) -> None:
    again = rounds.visit(seen.institution or seen.unlicensed, at, kind=VisitKind.RECHECK)
    accept_rectification(order=order, visit=again, remark="现场核实已整改到位", by=rounds.county.officer, at=at)


# -- sites without a permit ------------------------------------------------------------------------------------------
SIGNS = ("晚托小屋", "名师一对一", "作业辅导班", "小画室", "英语角", "舞蹈房", "书法工作室")
ENDS = (Disposal.BANNED, Disposal.SELF_CLOSED, Disposal.SELF_CLOSED, Disposal.TRANSFORMED)


def _found(rounds: Rounds, number: int, at: datetime) -> None:
    """Found and visited one evening, gone within three weeks: 动态清零."""
    county, town = rounds.county, rounds.county.town(number * 2)
    site = report_unlicensed(
        jurisdiction=county.place,
        division=town,
        address=f"{town}{county.ROADS[number % len(county.ROADS)]}{number + 3}号{number % 4 + 2}楼",
        sign=SIGNS[number % len(SIGNS)],
        category=(Category.SUBJECT, Category.SUBJECT, Category.ARTS)[number % 3],
        licence_status=(LicenceStatus.NEITHER, LicenceStatus.NO_PERMIT)[number % 2],
        discovery=list(Discovery)[number % 4],
        pupils=county.dice.randint(3, 24),
        found_on=at.date(),
        by=county.officer,
        at=at,
    )
    rounds.visit(site, at, evening=True)
    county.diary.on(at + timedelta(days=8 + number % 13), partial(_gone, rounds, site, number))


def _gone(rounds: Rounds, site: UnlicensedSite, number: int, at: datetime) -> None:
    county, disposal = rounds.county, ENDS[number % len(ENDS)]
    told = {"checked_on": at.date(), "organ": county.here.bureau, "officers": "两名执法人员"}
    record_round(site=site, finding="再次核查，已停止培训。", still_operating=False, by=county.officer, at=at, **told)
    reason = "停止培训，学费退清，招牌已拆除"
    dispose_unlicensed(site=site, disposal=disposal, disposed_on=at.date(), reason=reason, by=county.officer, at=at)


# -- campaigns and patrols -------------------------------------------------------------------------------------------
def _campaigns(rounds: Rounds) -> None:
    year = rounds.county.today.year if rounds.county.today.month > 9 else rounds.county.today.year - 1
    for kind, name, first, last in (
        (CampaignKind.NAMED, "校外培训机构“点题整治”专项行动", date(2022, 3, 1), date(2022, 8, 31)),
        (CampaignKind.GUARD, "暑期“监管护苗”专项行动", date(year, 7, 10), date(year, 8, 25)),
    ):
        facts = {"name": f"{first.year}年{name}", "kind": kind, "starts_on": first, "ends_on": last}
        facts["aim"] = "重点整治隐形变异培训，坚决查处违法违规行为"
        rounds.county.diary.on(at_hour(first, 8), partial(_begin, rounds, facts))


def _begin(rounds: Rounds, facts: dict[str, object], at: datetime) -> None:
    county = rounds.county
    row = draft_campaign(jurisdiction=county.place, facts=facts, by=county.officer, at=at)
    for kind, title in PAPERS[row.kind]:
        given = {"dated_on": row.starts_on, "organ_name": "石狮市教育局", "by": county.officer, "at": at}
        add_paper(campaign=row, kind=kind, title=title, **given)
    row = start_campaign(campaign=row, by=county.officer, at=at)
    rounds.campaigns.append(row)
    county.diary.on(at_hour(row.ends_on, 21), partial(_close, county, row))


def _close(county: County, row: Campaign, at: datetime) -> None:
    close_campaign(campaign=row, report="发现问题均已督促整改到位，转入日常巡查。", by=county.officer, at=at)


def _patrol(rounds: Rounds, number: int, at: datetime) -> None:
    """One of the repeats that no draw has used."""
    if rounds.repeats:
        rounds.repeats -= 1
        rows = rounds.register.supervised
        rounds.visit(rows[number % len(rows)], at)
