"""石狮's after-school services this spring: 87,082 of 91,350 pupils joined, 167 providers were openly selected."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from afterschool.counts import Counts
from afterschool.enums import GRADES, BlockKind, Carrier, Season
from afterschool.models import Provider, Term
from afterschool.operations.participation import record_participation
from afterschool.operations.providers import (
    add_institution_provider,
    add_social_provider,
    approve_selection,
    open_round,
    propose_selection,
)
from afterschool.operations.terms import Offered, add_block, record_offering, register_term
from foundation.accounts.enums import Role
from foundation.core.actor import Actor
from foundation.regions.enums import SchoolStage
from foundation.regions.models import School

from ..case_diary import at_hour
from ..case_people import CasePlace
from .county import SINCE, County
from .nets import schools
from .register import Register

ENROLLED, JOINED = 91_350, 87_082
PROVIDERS, INSTITUTIONS = 167, 40
SUBSIDY, FEE = 6000, 16_000  # 分 a pupil and term
BLOCKS = (
    ("作业辅导", BlockKind.BASIC),
    ("体育锻炼", BlockKind.BASIC),
    ("艺术素养", BlockKind.ELECTIVE),
    ("科技创新", BlockKind.ELECTIVE),
    ("阅读表达", BlockKind.ELECTIVE),
)
SERVICES = ("书法、国画", "合唱、器乐", "篮球、足球", "编程、机器人", "阅读、演讲", "棋类、茶艺")
ORGANISATIONS = ("青少年服务社", "社区教育促进会", "体育俱乐部", "艺术协会", "科普服务中心")


@dataclass
class Spring:
    """The term, and what was set up for it."""

    starts: date
    term: Term | None = None

    @property
    def ends(self) -> date:
        return date(self.starts.year, 7, 5)


def spring_of(today: date) -> date:
    """24 February of the last spring term that schools have reported."""
    this = date(today.year, 2, 24)
    return this if today >= this + timedelta(days=40) else date(today.year - 1, 2, 24)


def plan(county: County, register: Register) -> None:
    """The selection before the term, the counts of each school in its third week."""
    spring = Spring(spring_of(county.today))
    county.diary.on(at_hour(spring.starts - timedelta(days=20)), partial(_select, county, register, spring))
    county.diary.on(at_hour(spring.starts, 8), partial(_begin, county, spring))
    county.diary.on(at_hour(spring.starts + timedelta(days=14), 8), partial(_report, county, spring))


# -- providers -------------------------------------------------------------------------------------------------------
def _select(county: County, register: Register, spring: Spring, at: datetime) -> None:
    """Institutions of other training and social organisations, proposed by one, agreed to by another."""
    facts = {"name": f"{spring.starts.year}年第三方服务机构公开遴选", "selected_on": at.date()}
    chosen = open_round(
        jurisdiction=county.place, basis="石狮市课后服务机构遴选结果公告(演示)", by=county.officer, at=at, **facts
    )
    days = {"starts_on": spring.starts, "ends_on": spring.starts + timedelta(days=729)}
    for number in range(PROVIDERS):
        row = _provider(county, register, number, at)
        told = {"provider": row, "round": chosen, "reason": "公开评审得分在前", **days}
        asked = propose_selection(by=county.officer, at=at, **told)
        approve_selection(selection=asked, by=county.leader, at=at)


def _provider(county: County, register: Register, number: int, at: datetime) -> Provider:
    services = SERVICES[number % len(SERVICES)]
    given = {"jurisdiction": county.place, "services": services, "by": county.officer, "at": at}
    if number < INSTITUTIONS:
        return add_institution_provider(institution=register.supervised[number], **given)
    name = county.name(county.town(number), "", ORGANISATIONS[number % len(ORGANISATIONS)])
    return add_social_provider(name=name, credit_code=next(county.codes), **given)


# -- schools ---------------------------------------------------------------------------------------------------------
def _begin(county: County, spring: Spring, at: datetime) -> None:
    spring.term = _term(spring, at)
    given = {"jurisdiction": county.place, "by": county.officer, "at": at}
    for name, kind in BLOCKS:
        add_block(kind=kind, name=name, **given)


def _term(spring: Spring, at: datetime) -> Term:
    """Terms are the same for everybody: who came first has registered it."""
    there = Term.objects.filter(year=spring.starts.year, season=Season.SPRING).first()
    if there is not None:
        return there
    province = CasePlace.of("350000", "fujian", at=at_hour(SINCE, 8), seed=350000)
    province.post("fenxi", Role.PROVINCE_ANALYST)
    by: Actor = province.acts("fenxi")
    days = {"starts_on": spring.starts, "ends_on": spring.ends}
    return register_term(year=spring.starts.year, season=Season.SPRING, by=by, at=at, **days)


def parts(total: int, weights: list[int]) -> list[int]:
    """Whole numbers in the ratio of the weights that add up to the total."""
    whole, found, given, seen = sum(weights), [], 0, 0
    for weight in weights:
        seen += weight
        found.append(total * seen // whole - given)
        given += found[-1]
    return found


def _report(county: County, spring: Spring, at: datetime) -> None:
    """One count for each grade of each school; all join but a few in each."""
    dice = random.Random(spring.starts.year)  # noqa: S311  (the same counts every time, nothing secret)
    rows = [(school, grade) for school in schools(county) for grade in GRADES[SchoolStage(school.stage)]]
    enrolled = parts(ENROLLED, [dice.randint(70, 130) for _ in rows])
    away = parts(ENROLLED - JOINED, [dice.randint(60, 140) for _ in rows])
    about = {"term": spring.term, "effective_on": spring.starts + timedelta(days=10), "by": county.officer, "at": at}
    for (school, grade), pupils, out in zip(rows, enrolled, away, strict=True):
        joined, free = pupils - out, dice.randint(5, 14)
        money = {"subsidy_fen": joined * SUBSIDY, "paid_fen": (joined - free) * FEE}
        counts = Counts(pupils, joined, exempt_hardship=free, **money)
        record_participation(school=school, grade=grade, counts=counts, **about)
    _offer(county, spring, [school for school, grade in rows if grade == GRADES[SchoolStage(school.stage)][0]], at)


def _offer(county: County, spring: Spring, rows: list[School], at: datetime) -> None:
    """2+N of each school: both basic services by itself, one elective by a provider."""
    blocks = list(county.place.block_set.order_by("pk"))
    providers = list(Provider.objects.filter(jurisdiction=county.place).order_by("pk"))
    for number, school in enumerate(rows):
        about = {"school": school, "term": spring.term, "by": county.officer, "at": at}
        for block in blocks[:2]:
            record_offering(block=block, offered=Offered(lessons=90, fee_fen=200), **about)
        given = {"carrier": Carrier.THIRD_PARTY, "provider": providers[number % len(providers)]}
        title = ("书法", "合唱", "编程启蒙")[number % 3]
        offered = Offered(lessons=18, fee_fen=400, title=title, **given)
        record_offering(block=blocks[2 + number % 3], offered=offered, **about)
