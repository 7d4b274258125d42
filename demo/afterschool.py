"""课后服务 of two counties in the base demo: a term, a few schools grade by grade, providers, what is offered."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from afterschool.counts import Counts
from afterschool.enums import GRADES, BlockKind, Carrier, Season
from afterschool.models import Block, Provider, Selection, SelectionRound, Term
from afterschool.operations.participation import correct_participation, record_participation
from afterschool.operations.providers import (
    add_institution_provider,
    add_social_provider,
    approve_selection,
    end_selection,
    open_round,
    propose_selection,
)
from afterschool.operations.terms import Offered, add_block, record_offering, register_term
from afterschool.standing import doubts
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.regions.enums import SchoolStage
from foundation.regions.models import Division, Jurisdiction, School
from foundation.regions.operations.schools import register_school
from institutions.enums import Category
from institutions.models import Institution

from . import invented
from .organs import SIMING, People

OFFICER = {SIMING: "siming.jingban"}
LEADER = {SIMING: "siming.shenhe"}
SPECIALIST = "siming.xuexiao"
SCHOOLS = (
    ("演示第一小学", SchoolStage.PRIMARY),
    ("演示第二小学", SchoolStage.PRIMARY),
    ("演示第一中学", SchoolStage.JUNIOR),
    ("演示九年一贯制学校", SchoolStage.NINE_YEAR),
)
BLOCKS = (
    ("作业辅导", BlockKind.BASIC),
    ("体育锻炼", BlockKind.BASIC),
    ("艺术素养", BlockKind.ELECTIVE),
    ("科技创新", BlockKind.ELECTIVE),
)
SOCIAL = ("青少年宫演示服务社", "社区教育演示促进会")
PROVIDERS = 4
SUBSIDY, FEE = 6000, 16_000  # 分 a pupil and term


def load(people: People, rows: dict[str, list[Institution]], now: datetime) -> None:
    """The term that runs now, or the last that did; everything a fortnight after it began."""
    starts = _start(clock.local_date(now) - timedelta(days=20))
    at = datetime.combine(starts + timedelta(days=14), time(10), tzinfo=now.tzinfo)
    dice = random.Random(starts.year)  # noqa: S311  (the same demo every time, nothing secret)
    with clock.set_to(at):
        term = _term(people.acts("fujian.fenxi"), starts, at)
        for code in OFFICER:
            schools = list(_schools(people, code, at))
            _report(people, code, term, schools, dice, at)
            chosen = _select(people, code, rows[code], starts, at)
            _offer(people, code, term, schools, chosen, at)


def _start(latest: date) -> date:
    """The newest 1 September or 24 February up to a day."""
    days = [date(year, *day) for year in (latest.year - 1, latest.year) for day in ((2, 24), (9, 1))]
    return max(day for day in days if day <= latest)


def _term(by: Actor, starts: date, at: datetime) -> Term:
    spring = starts.month == 2
    ends = date(starts.year, 7, 5) if spring else date(starts.year + 1, 1, 22)
    season = Season.SPRING if spring else Season.AUTUMN
    return register_term(year=starts.year, season=season, starts_on=starts, ends_on=ends, by=by, at=at)


def _schools(people: People, code: str, at: datetime) -> Iterator[School]:
    """Schools in different towns; the one of the demo's specialist is there already."""
    yield from School.objects.filter(jurisdiction__code=code, stage=SchoolStage.PRIMARY, closed_on=None).order_by("pk")
    place = Jurisdiction.objects.get(code=code)
    towns = list(Division.objects.filter(parent__code=code, level="town", valid_to=None).order_by("code"))
    for number, (name, stage) in enumerate(SCHOOLS):
        facts = {"name": f"{place.name}{name}", "stage": stage, "code": f"21{code}{number + 1:04d}"}
        division = towns[number % len(towns)]
        yield register_school(jurisdiction=place, division=division, **facts, by=people.acts(OFFICER[code]), at=at)


def _report(people: People, code: str, term: Term, schools: list[School], dice: random.Random, at: datetime) -> None:
    """All grades but those of one school, which has not reported yet; one of them corrected."""
    first = None
    for number, school in enumerate(schools[:-1] if code == SIMING else schools):
        own = code == SIMING and number == 0
        by = people.acts(SPECIALIST if own else OFFICER[code])
        for grade in GRADES[SchoolStage(school.stage)]:
            enrolled = dice.randint(80, 240)
            joined = enrolled - dice.randint(2, 14)
            free = dice.randint(0, 6)
            money = {"subsidy_fen": joined * SUBSIDY, "paid_fen": (joined - free) * FEE}
            short = {"minutes_per_day": 90} if school.stage == SchoolStage.JUNIOR else {}
            counts = Counts(enrolled, joined, exempt_hardship=free, **money, **short)
            about = {"school": school, "term": term, "grade": grade, "effective_on": term.starts_on}
            row = record_participation(**about, counts=counts, by=by, at=at)
            first = first or row
    money = {"subsidy_fen": first.subsidy_fen - SUBSIDY, "paid_fen": first.paid_fen - FEE}
    fixed = Counts(first.enrolled, first.joined - 1, first.exempt_hardship, **money)
    by = people.acts(OFFICER[code])
    correct_participation(row=first, counts=fixed, reason="一名学生期初退出，未及时减除", by=by, at=at)


def _select(people: People, code: str, rows: list[Institution], starts: date, at: datetime) -> list[Provider]:
    """A selection: institutions in good standing and social organisations; one left, one still waits."""
    officer, leader = people.acts(OFFICER[code]), people.acts(LEADER[code])
    place = Jurisdiction.objects.get(code=code)
    name = f"{starts.year}年{'春' if starts.month == 2 else '秋'}季第三方服务机构遴选"
    facts = {"name": name, "selected_on": starts - timedelta(days=10), "basis": "遴选结果公告(演示)"}
    chosen = open_round(jurisdiction=place, **facts, by=officer, at=at)
    found = Institution.objects.filter(pk__in=[row.pk for row in rows], credit_code__isnull=False).order_by("pk")
    found = found.exclude(category=Category.SUBJECT)
    providers = []
    for row in list(found)[-12:]:
        provider = add_institution_provider(
            jurisdiction=place, institution=row, services=row.get_category_display(), by=officer, at=at
        )
        if doubts(provider, on=starts):
            continue
        providers.append(provider)
        if len(providers) == PROVIDERS:
            break
    codes = invented.credit_codes(code)
    for social in SOCIAL:
        number = next(each for each in codes if not Institution.objects.filter(credit_code=each).exists())
        given = {"name": f"{place.name}{social}", "credit_code": number, "services": "素质拓展、阅读"}
        providers.append(add_social_provider(jurisdiction=place, **given, by=officer, at=at))
    selections = [_propose(provider, chosen, starts, officer, at) for provider in providers]
    for selection in selections[:-1]:
        approve_selection(selection=selection, by=leader, at=at)
    end_selection(selection=selections[0], exited_on=starts + timedelta(days=10), reason="师资变动", by=leader, at=at)
    return providers[1:-1]


def _propose(provider: Provider, chosen: SelectionRound, starts: date, by: Actor, at: datetime) -> Selection:
    days = {"starts_on": starts, "ends_on": starts + timedelta(days=364)}
    return propose_selection(provider=provider, round=chosen, **days, reason="公开评审得分在前", by=by, at=at)


def _offer(
    people: People, code: str, term: Term, schools: list[School], providers: list[Provider], at: datetime
) -> None:
    """Basic services by the school itself, an elective by a provider."""
    by, place = people.acts(OFFICER[code]), Jurisdiction.objects.get(code=code)
    blocks: list[Block] = [add_block(jurisdiction=place, kind=kind, name=name, by=by, at=at) for name, kind in BLOCKS]
    for number, school in enumerate(schools[:3]):
        about = {"school": school, "term": term, "by": by, "at": at}
        for block in blocks[:2]:
            record_offering(block=block, offered=Offered(lessons=90, fee_fen=200), **about)
        third = {"carrier": Carrier.THIRD_PARTY, "provider": providers[number % len(providers)]}
        offered = Offered(lessons=18, fee_fen=400, title="书法" if number % 2 else "编程启蒙", **third)
        record_offering(block=blocks[2 + number % 2], offered=offered, **about)
