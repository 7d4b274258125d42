"""Training materials of 思明: reviewed by a team, some in use, two used before anybody approved them."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.core import clock
from foundation.regions.models import Jurisdiction
from institutions.enums import Category, Stage
from institutions.models import Institution, TrainingClass
from institutions.operations.staff import add_staff
from institutions.operations.teaching import open_class, publish_course
from materials.enums import MaterialKind, UseSource, Verdict
from materials.models import MaterialSet, Reviewer
from materials.operations.reviews import approve_set, give_opinion, return_set, send_for_review
from materials.operations.sets import SetFacts, pass_inside, register_set
from materials.operations.team import name_reviewer
from materials.operations.uses import record_use, stop_use

from . import invented
from .organs import SIMING, People

PEOPLE = {SIMING: ("siming.jingban", "siming.shenhe")}
TEAM = (
    ("林评审", "教师进修学校", "美术、舞蹈"),
    ("陈评审", "实验小学", "语文、编程"),
    ("黄评审", "少年宫", "音乐"),
)
TITLES = ("基础教程", "进阶练习", "寒假读本", "课堂讲义", "专项训练")


def load(people: People, registered: dict[str, list[Institution]], now: datetime) -> None:
    """The counties one after the other; each step on its day."""
    for code, logins in PEOPLE.items():
        _county(people, code, logins, registered[code], now)


def _county(people: People, code: str, logins: tuple[str, str], rows: list[Institution], now: datetime) -> None:
    officer, leader = (people.acts(login) for login in logins)
    classes = _classes(people, code, rows, now)
    homes = list(dict.fromkeys(one.course.institution for one in classes))
    start = now - timedelta(days=100)
    with clock.set_to(start):
        team = _team(code, start, officer)
        sets = [_set(home, number, start, officer) for home in homes for number in range(3)]
    with clock.set_to(at := now - timedelta(days=70)):
        for row in sets[:-2]:
            _reviewed(row, team, at, officer, leader, passes=row is not sets[1])
    with clock.set_to(at := now - timedelta(days=20)):
        for where in classes:
            own = [row for row in sets if row.institution_id == where.course.institution_id]
            told = {"since": clock.today(), "source": UseSource.TOLD, "by": officer, "at": at}
            record_use(training_class=where, material=own[0], **told)
    with clock.set_to(at := now - timedelta(days=6)):
        seen = {"since": clock.today(), "source": UseSource.SEEN, "note": "检查时桌面上有这套材料"}
        use = record_use(training_class=classes[0], material=sets[1], by=officer, at=at, **seen)
        record_use(training_class=classes[-1], material=sets[-1], by=officer, at=at, **seen)
    with clock.set_to(at := now - timedelta(days=3)):
        stop_use(use=use, stopped_on=clock.today(), reason="机构已收回，改用审核通过的教程", by=officer, at=at)


def _classes(people: People, code: str, rows: list[Institution], now: datetime) -> list[TrainingClass]:
    """The running classes of the first few; where nobody teaches yet, one each for three institutions."""
    found = TrainingClass.objects.filter(course__institution__in=rows).select_related("course__institution")
    if known := list(found.order_by("pk")[:5]):
        return known
    by, ids, at = people.acts(PEOPLE[code][0]), invented.id_numbers(code), now - timedelta(days=110)
    with clock.set_to(at):
        day = clock.today()
        taught = [row for row in rows if row.category != Category.SUBJECT and row.status == "normal"][:3]
        return [_teaches(people, row, next(ids), day, by, at) for row in taught]


def _teaches(people: People, row: Institution, identity: str, day, by, at: datetime) -> TrainingClass:
    person = add_staff(
        institution=row, name=invented.person(people.dice), id_number=identity, role="teaching", full_time=True,
        other_qualification="专业技术资格证书", in_service_school_teacher=False, crime_checked_on=day, joined_on=day,
        by=by, at=at,
    )  # fmt: skip
    word = row.get_subcategory_display()
    course = publish_course(
        institution=row, name=f"{word}基础班", category=row.category, subject=word, stage=Stage.PRIMARY, mode=row.mode,
        lesson_minutes=45, lesson_fee_fen=6000, published_on=day, by=by, at=at,
    )  # fmt: skip
    slots = [{"weekday": 7, "start": "09:00", "end": "10:30"}]
    numbers = {"lessons": 20, "fee_fen": 120_000, "capacity": 15}
    return open_class(
        course=course, name="周日上午班", teacher=person, timetable=slots, starts_on=day, by=by, at=at, **numbers
    )


def _team(code: str, at: datetime, by) -> list[Reviewer]:
    place, day = Jurisdiction.objects.get(code=code), clock.local_date(at)
    term = {"since": day, "until": day + timedelta(days=730)}
    return [
        name_reviewer(jurisdiction=place, name=name, workplace=f"{place}{work}", subjects=words, by=by, at=at, **term)
        for name, work, words in TEAM
    ]


def _set(home: Institution, number: int, at: datetime, by) -> MaterialSet:
    word = home.get_subcategory_display() if home.subcategory else home.get_category_display()
    published = number == 2
    facts = SetFacts(
        title=f"{word}{TITLES[number]}",
        subject=word,
        stage=Stage.PRIMARY,
        kind=MaterialKind.PUBLISHED if published else MaterialKind.SELF_MADE,
        isbn=f"978000000{home.pk % 1000:03d}0" if published else "",
        author="演示出版社" if published else "本机构教研组",
        edition=f"{at.year}年版",
    )
    return register_set(institution=home, facts=facts, by=by, at=at)


def _reviewed(row: MaterialSet, team: list[Reviewer], at: datetime, officer, leader, *, passes: bool) -> None:
    inside = {"reviewed_by": "教研主任", "reviewed_on": clock.today() - timedelta(days=2), "note": "同意使用"}
    pass_inside(material=row, by=officer, at=at, **inside)
    first, second = team[row.pk % 3], team[(row.pk + 1) % 3]
    send_for_review(material=row, first=first, second=second, by=officer, at=at)
    for person, good in ((first, True), (second, passes)):
        verdict, points = (Verdict.APPROVE, "") if good else (Verdict.RETURN, "第三单元超出适用学段")
        said = {"verdict": verdict, "points": points, "given_on": clock.today()}
        give_opinion(material=row, reviewer=person, by=officer, at=at, **said)
    if passes:
        approve_set(material=row, valid_to=clock.today() + timedelta(days=1000), by=leader, at=at)
    else:
        return_set(material=row, points="第三单元超出适用学段，请修改。", by=leader, at=at)
