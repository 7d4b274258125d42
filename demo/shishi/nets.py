"""石狮's three nets: 社区网格, 学校包片, 部门分类包干; and the letters that its schools hand to parents."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from foundation.accounts.enums import OrganKind, Role, TrainingCategory
from foundation.regions.enums import SchoolStage
from foundation.regions.models import School
from institutions.enums import OPERATING
from institutions.models import Institution
from institutions.operations.nets import fill_nets
from publicity.enums import Season

from .. import case_public as public
from ..case_diary import at_hour
from ..case_steps import departments, net_posts
from .county import SINCE, County
from .register import Register

PRIMARY, JUNIOR, NINE_YEAR = 44, 12, 6
STAGES = [SchoolStage.PRIMARY] * PRIMARY + [SchoolStage.JUNIOR] * JUNIOR + [SchoolStage.NINE_YEAR] * NINE_YEAR
WORDS = {SchoolStage.PRIMARY: "小学", SchoolStage.JUNIOR: "中学", SchoolStage.NINE_YEAR: "实验学校"}
LETTERS = ((Season.SUMMER, date(2022, 6, 27)), (Season.WINTER, date(2023, 1, 9)))


def plan(county: County, register: Register) -> None:
    """Posts on the first day; names whenever the register has changed; two letters."""
    county.diary.on(at_hour(SINCE, 8, 30), partial(_posts, county))
    names = partial(_names, county, register)
    for at in (at_hour(SINCE, 18), at_hour(date(2021, 10, 20), 18), at_hour(county.today - timedelta(days=12), 18)):
        county.diary.on(at, names)
    for season, day in LETTERS:
        county.diary.on(at_hour(day, 8), partial(_letter, county, season))


def _posts(county: County, at: datetime) -> None:
    departments(county.here)
    market, other = county.here.organ(OrganKind.MARKET), [TrainingCategory.OTHER]
    county.here.post("tuoguan", Role.DEPARTMENT_OFFICER, market, categories=other)
    for number, (town, school) in enumerate(zip(county.towns, schools(county), strict=False)):
        net_posts(county.here, town, school, number)


def _names(county: County, register: Register, at: datetime) -> None:
    known = [row.pk for row in (*register.subjects, *register.others, *register.care)]
    rows = Institution.objects.filter(pk__in=known, status__in=OPERATING).order_by("pk")
    fill_nets(institutions=rows, by=county.officer, at=at)


def _letter(county: County, season: Season, at: datetime) -> None:
    counts = [(640 + 35 * (number % 9), 622 + 33 * (number % 9)) for number in range(len(STAGES))]
    county.diary.tell(public.letter(county.here, season, at + timedelta(hours=1), schools(county), counts))


def schools(county: County) -> list[School]:
    """Primary schools, junior ones and some of nine years, over the towns in turn."""
    area, found = county.here.school_area("石狮片区"), []
    for number, stage in enumerate(STAGES):
        town = county.town(number)
        short = town.name.removesuffix("街道").removesuffix("镇")
        name = f"石狮市{short}第{number // len(county.towns) + 1}{WORDS[stage]}(演示)"
        found.append(county.here.school(name, town, stage, area))
    return found
