"""Two double-random draws of the base demo: one checked and published, one frozen whose number is still to come."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.accounts.enums import OrganKind, Role
from foundation.accounts.models import Organ
from foundation.accounts.operations.posts import grant_post
from foundation.accounts.operations.users import create_user
from foundation.core import clock
from inspections.enums import CheckResult
from inspections.models import Draw
from inspections.operations.draw_results import finish_check, publish_results, record_result
from inspections.operations.interests import declare_interest
from inspections.operations.random_draw import exclude_object, freeze_draw, plan_draw, run_draw
from inspections.queries.draws import possible_officers
from institutions.enums import StandingKind
from institutions.models import Institution
from institutions.operations.status import set_standing
from listings.models import ListEntry

from . import invented
from .organs import SIMING, SINCE, People

INSPECTORS = 6
FACTS = {
    "plan": "思明区2026年度校外培训机构“双随机、一公开”抽查计划(演示)",
    "items": "办学许可、收费公示、预收费监管、从业人员资质、消防安全",
}
RESULTS = (CheckResult.NOTHING, CheckResult.NOTHING, CheckResult.CORRECTED, CheckResult.PENDING)
FOLLOW_UP = {CheckResult.CORRECTED: "当场整改完毕", CheckResult.PENDING: "已责令限期整改，到期复查"}


def load(people: People, rows: list[Institution], now: datetime) -> None:
    """Officers with certificates, grades, a risk flag, a declared interest, and the two draws, as people would."""
    _inspectors(people)
    _grades(people, rows, now - timedelta(days=58))
    _done(people, rows, now)
    at = now - timedelta(days=1)
    with clock.set_to(at):
        officer = people.acts("siming.jingban")
        draw = _planned(people, "冬季消防安全双随机抽查", at, ratio_a=10)
        exclude_object(draw=draw, institution=rows[7], reason="停业整改中，消防已单独督办", by=officer, at=at)
        number_on = clock.local_date(now) + timedelta(days=2)
        freeze_draw(draw=draw, number_source=_source(number_on), number_on=number_on, by=officer, at=at)


def _done(people: People, rows: list[Institution], now: datetime) -> None:
    """Frozen 40 days ago, drawn two days later, checked within a week, published after that."""
    officer, frozen_at = people.acts("siming.jingban"), now - timedelta(days=40)
    with clock.set_to(frozen_at):
        inspector = possible_officers(officer, on=clock.today()).filter(user__username="siming.zhifa1").get()
        declare_interest(
            person=inspector.user, institution=rows[0], reason="配偶在该机构任职", since=clock.local_date(frozen_at),
            by=officer, at=frozen_at,
        )  # fmt: skip
        draw = _planned(people, "秋季校外培训机构双随机抽查", frozen_at)
        number_on = clock.local_date(frozen_at) + timedelta(days=1)
        freeze_draw(draw=draw, number_source=_source(number_on), number_on=number_on, by=officer, at=frozen_at)
    drawn_at = frozen_at + timedelta(days=2)
    with clock.set_to(drawn_at):
        run_draw(draw=draw, public_number="03 08 12 17 26 31 + 09", by=officer, at=drawn_at)
    checked_at = drawn_at + timedelta(days=7)
    with clock.set_to(checked_at):
        for number, drawn in enumerate(draw.drawn.order_by("stratum", "rank")):
            result = RESULTS[number % len(RESULTS)]
            record_result(
                drawn=drawn, result=result, follow_up=FOLLOW_UP.get(result, ""),
                checked_on=clock.local_date(checked_at), by=officer, at=checked_at,
            )  # fmt: skip
        finish_check(draw=draw, by=officer, at=checked_at)
    with clock.set_to(checked_at + timedelta(days=3)):
        publish_results(draw=draw, by=officer, at=clock.now())


def _planned(people: People, title: str, at: datetime, **facts) -> Draw:
    officer = people.acts("siming.jingban")
    officers = list(possible_officers(officer, on=clock.local_date(at)))
    return plan_draw(facts={**FACTS, "title": title, **facts}, officers=officers, by=officer, at=at)


def _source(number_on) -> str:
    return f"中国福利彩票3D {number_on:%Y年%m月%d日}开奖号码及试机号，按公布次序(演示)"


def _inspectors(people: People) -> None:
    """Officers of the market department with certificates; they do not log in, so nobody is told a password."""
    organ = Organ.objects.get(jurisdiction__code=SIMING, kind=OrganKind.MARKET)
    for number in range(1, INSPECTORS + 1):
        issued = create_user(
            username=f"siming.zhifa{number}", name=invented.person(people.dice), organ=organ, is_demo=True,
            by=people.loader, at=people.at,
        )  # fmt: skip
        grant_post(
            user=issued.user, organ=organ, role=Role.DEPARTMENT_OFFICER, valid_from=SINCE,
            certificate_no=f"闽演示{number:04d}", by=people.loader, at=people.at,
        )  # fmt: skip


def _grades(people: People, rows: list[Institution], at: datetime) -> None:
    """Most have a grade; one of grade A has a flag and moves to the next stratum; black-listed ones keep none."""
    leader, officer = people.acts("siming.shenhe"), people.acts("siming.jingban")
    listed = set(ListEntry.objects.filter(kind="black").values_list("institution_id", flat=True))
    with clock.set_to(at):
        on = clock.local_date(at)
        for number, row in enumerate(row for row in rows if row.pk not in listed):
            if number % 8 == 7:
                continue
            set_standing(
                institution=row, kind=StandingKind.GRADE, value="AABBBCD"[number % 7], effective_on=on,
                reason="2025年度诚信评定(演示)", by=leader, at=at,
            )  # fmt: skip
        set_standing(
            institution=rows[1], kind=StandingKind.FLAG, detail="退费投诉集中", value="是", effective_on=on,
            reason="核实属实(演示)", by=officer, at=at,
        )  # fmt: skip
