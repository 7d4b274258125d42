"""The small base demo: loaded when the database is empty, through the same operations that officers use."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from assignments.operations.assign import answer, assign, receive
from foundation.accounts.models import Organ, User
from foundation.core import clock, outbox
from foundation.core.actor import Actor
from foundation.regions.models import Division, Jurisdiction
from institutions.enums import Category, Discovery, Disposal, LegalType, LicenceStatus, PermitKind, Stage, Status
from institutions.models import Institution
from institutions.operations.nets import fill_nets
from institutions.operations.premises import add_permit, open_campus
from institutions.operations.register import register_institution
from institutions.operations.staff import add_staff
from institutions.operations.status import change_status
from institutions.operations.teaching import open_class, publish_course
from institutions.operations.unlicensed import dispose_unlicensed, record_round, report_unlicensed

from . import (
    adverts,
    afterschool,
    alerts,
    bank_simulator,
    cases,
    contracts,
    declared,
    draws,
    funds,
    invented,
    judged,
    listed,
    materials,
    orders,
    outreach,
    papers,
    payouts,
)
from .clues import load_clues, load_tips, load_whistle
from .organs import JIMEI, SIMING, Login, People, loader, set_up
from .visits import patrol

SEED = 20210724
SIZES = {SIMING: 40, JIMEI: 14}
OFFICERS = {SIMING: "siming.jingban", JIMEI: "jimei.jingban"}


def is_empty() -> bool:
    """Nobody can log in and nothing is registered: the state of a new installation."""
    return not User.objects.exists() and not Institution.objects.exists()


def load(*, deliver: bool = True) -> list[Login]:
    """Set up organs, people and a lived-in register; returns a login per role. The caller makes sure it is empty.

    The clock is set to each step's day, so that act and recorded times agree. Without ``deliver`` the worker carries
    out what was promised to the outbox.
    """
    now = clock.now()
    dice = random.Random(SEED)  # noqa: S311  (the same demo every time, nothing secret)
    start = now - timedelta(days=180)
    people = People(loader=loader(), at=start, dice=dice)
    with clock.set_to(start):
        set_up(people)
    registered = {code: _register(people, code, now, dice) for code in SIZES}
    _teach(people, registered[SIMING], now)
    _events(people, registered, now)
    _unlicensed(people, now)
    listed.load(people, registered, now)
    _assignments(people, now)
    load_clues(people, now)
    load_tips(people, now)
    load_whistle(people, now)
    patrol(people, registered[SIMING], now)
    orders.load(people, registered[SIMING], now)
    cases.load(people, now)
    adverts.load(people, registered[SIMING], now)
    draws.load(people, registered[SIMING], now)
    judged.load(people, registered[SIMING], now)
    declared.load(people, registered[SIMING], now)
    materials.load(people, registered, now)
    outreach.load(people, now)
    funds.load(people, registered, now)
    contracts.load(people, registered, now)
    papers.load(people, registered[SIMING], now)
    payouts.load(people, now)
    bank_simulator.load(people, now)
    alerts.load(people, registered, now)
    afterschool.load(people, registered, now)
    if deliver:
        with clock.set_to(now):
            outbox.deliver_all(at=now)
    return people.logins


def _days_ago(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _kinds(dice: random.Random) -> Iterator[tuple[Category, str, str]]:
    while True:
        yield from (
            (Category.ARTS, *dice.choice(invented.ARTS)),
            (Category.SPORT, *dice.choice(invented.SPORTS)),
            (Category.SCIENCE, *dice.choice(invented.SCIENCES)),
            (Category.ARTS, *dice.choice(invented.ARTS)),
            (Category.SUBJECT, "文化课", ""),
        )


def _register(people: People, code: str, now: datetime, dice: random.Random) -> list[Institution]:
    place = Jurisdiction.objects.get(code=code)
    towns = list(Division.objects.filter(parent__code=code, level="town").order_by("code"))
    codes, kinds, by = invented.credit_codes(code), _kinds(dice), people.acts(OFFICERS[code])
    at = _days_ago(now, 170)
    made = []
    with clock.set_to(at):
        for number in range(SIZES[code]):
            category, word, fine = next(kinds)
            brand = invented.BRANDS[number % len(invented.BRANDS)]
            made.append(
                _one(place, towns[number % len(towns)], next(codes), category, fine, brand, word, number, dice, by, at)
            )
        fill_nets(institutions=made, by=by, at=at)
    return made


def _one(place, town, code, category, fine, brand, word, number, dice, by: Actor, at: datetime) -> Institution:
    suffix = "" if number < len(invented.BRANDS) else f"{number // len(invented.BRANDS) + 1}部"
    subject = category == Category.SUBJECT
    facts = {
        "name": f"{place.name}{brand}{word}培训中心{suffix}",
        "credit_code": code,
        "category": category,
        "subcategory": fine,
        "stages": [Stage.JUNIOR] if subject else [Stage.PRIMARY, Stage.JUNIOR],
        "legal_type": LegalType.NON_PROFIT,
        "licence_status": LicenceStatus.COMPLETE,
        "legal_person": invented.person(dice),
        "phone": invented.phone(number + 1),
        "public_phone": f"0592-000{number:04d}",
        "division": town,
        "address": f"{town}{dice.choice(invented.ROADS)}{dice.randint(1, 399)}号{dice.randint(1, 5)}层",
        "hours": "周一至周五 18:00-20:30；周末 08:30-20:30",
        "bank": dice.choice(invented.BANKS),
        "account_tail": f"{dice.randint(0, 9999):04d}",
        "platform_id": f"QG{place.code}{number:05d}" if number % 9 else "",
    }
    row = register_institution(
        jurisdiction=place, facts=facts, effective_on=date(2021, 7, 24), reason="演示数据", by=by, at=at
    )
    kind = PermitKind.SCHOOL if subject else PermitKind.NON_SUBJECT
    until = clock.local_date(at) + timedelta(days=150 + 40 * (number % 12))
    add_permit(
        institution=row, kind=kind, number=f"教民1{place.code}7{number:06d}", issuer=f"{place.name}教育局",
        valid_from=date(2023, 1, 1), valid_to=until, by=by, at=at,
    )  # fmt: skip
    return row


def _teach(people: People, rows: list[Institution], now: datetime) -> None:
    """Campuses, staff, courses and classes for the first few."""
    by, ids, at = people.acts("siming.jingban"), invented.id_numbers(SIMING), _days_ago(now, 120)
    day = clock.local_date(at)
    with clock.set_to(at):
        for number, row in enumerate(row for row in rows[:9] if row.category != Category.SUBJECT):
            if number % 3 == 0:
                open_campus(
                    institution=row, name="分校区", division=row.division, address=f"{row.division}演示路{number}号",
                    opened_on=day, area_m2=260, fire_approved_on=day, by=by, at=at,
                )  # fmt: skip
            teacher = add_staff(
                institution=row, name=invented.person(people.dice), id_number=next(ids), role="teaching",
                full_time=True, other_qualification="专业技术资格证书", in_service_school_teacher=False,
                crime_checked_on=day - timedelta(days=30 + 60 * number), joined_on=day, by=by, at=at,
            )  # fmt: skip
            course = publish_course(
                institution=row, name=f"{row.get_subcategory_display()}基础班", category=row.category,
                subject=row.get_subcategory_display(), stage=Stage.PRIMARY, mode=row.mode, lesson_minutes=45,
                lesson_fee_fen=6000 + 500 * number, published_on=day, by=by, at=at,
            )  # fmt: skip
            open_class(
                course=course, name="周六上午班", teacher=teacher, lessons=20, fee_fen=20 * course.lesson_fee_fen,
                timetable=[{"weekday": 6, "start": "09:00", "end": "10:30"}], capacity=15, starts_on=day, by=by, at=at,
            )  # fmt: skip


def _events(people: People, registered: dict[str, list[Institution]], now: datetime) -> None:
    """A few institutions whose status changed since."""
    steps = [
        (SIMING, 4, Status.DEREGISTERED, 90, "举办者申请终止，清退完毕"),
        (SIMING, 9, Status.TRANSFORMED, 80, "由学科类转为非学科类"),
        (SIMING, 7, Status.SUSPENDED, 20, "消防通道整改"),
        (JIMEI, 4, Status.DEREGISTERED, 60, "举办者申请终止"),
        (JIMEI, 9, Status.LOST, 10, "两次上门均闭门，电话停机"),
    ]
    for code, number, status, days, reason in steps:
        at = _days_ago(now, days)
        with clock.set_to(at):
            change_status(
                institution=registered[code][number], status=status, effective_on=clock.local_date(at), reason=reason,
                by=people.acts(OFFICERS[code]), at=at,
            )  # fmt: skip


def _unlicensed(people: People, now: datetime) -> None:
    place = Jurisdiction.objects.get(code=SIMING)
    towns = list(Division.objects.filter(parent__code=SIMING, level="town").order_by("code"))
    by, organ = people.acts("siming.jingban"), Organ.objects.get(pk=people.acts("siming.jingban").organ_id)
    found = [
        (45, "金榜晚托", Category.SUBJECT, Discovery.HOTLINE, 12, True),
        (30, "小画家工作室", Category.ARTS, Discovery.PATROL, 8, False),
        (12, "名师英语一对一", Category.SUBJECT, Discovery.TIP, 6, False),
        (5, "", Category.SPORT, Discovery.SWEEP, 20, True),
    ]
    for number, (days, sign, category, discovery, pupils, at_least) in enumerate(found):
        at = _days_ago(now, days)
        with clock.set_to(at):
            site = report_unlicensed(
                jurisdiction=place, division=towns[number % len(towns)], address=f"{towns[number % len(towns)]}演示里"
                f"{number + 1}号{number + 2}楼", sign=sign, category=category, discovery=discovery, pupils=pupils,
                pupils_at_least=at_least, found_on=clock.local_date(at), by=by, at=at,
            )  # fmt: skip
            record_round(
                site=site, checked_on=clock.local_date(at), organ=organ, officers="两名执法人员",
                finding="现场有学生上课，未能出示办学许可。", still_operating=True, by=by, at=at,
            )  # fmt: skip
        if number == 0:
            later = _days_ago(now, days - 7)
            with clock.set_to(later):
                dispose_unlicensed(
                    site=site, disposal=Disposal.BANNED, disposed_on=clock.local_date(later), reason="已停止培训并退费",
                    by=by, at=later,
                )  # fmt: skip


def _assignments(people: People, now: datetime) -> None:
    """One from the city that a county has answered and another owes; one from the county to a town and a department."""
    city, officer = people.acts("xiamen.guanli"), people.acts("siming.jingban")
    at = _days_ago(now, 8)
    with clock.set_to(at):
        given = assign(
            title="排查机构监管账户开设情况", content="请逐家核对账户开设、资金核验、开通支付情况，列出未办结清单。",
            organs=list(Organ.objects.filter(name__in=["思明区教育局", "集美区教育局"]).order_by("pk")),
            due_on=clock.local_date(now) + timedelta(days=2), by=city, at=at,
        )  # fmt: skip
        assign(
            title="暑期无证培训拉网排查", content="按网格逐户排查，发现无证场所即时上报。",
            organs=list(Organ.objects.filter(name__in=["思明区文化和旅游局", "思明区市场监督管理局"]).order_by("pk")),
            due_on=clock.local_date(at) + timedelta(days=5), by=officer, at=at,
        )  # fmt: skip
    later = _days_ago(now, 3)
    with clock.set_to(later):
        part = given.parts.get(organ__name="思明区教育局")
        receive(part=part, by=officer, at=later)
        answer(part=part, result="40家机构均已开设监管账户，其中5家资金核验待完成。", by=officer, at=later)
