"""Draws for tests, brought to any state through the operations as an officer and a leader would."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

import pytest
from django.db import connections, transaction
from django.utils import timezone

from foundation.accounts.enums import Can, OrganKind, Role
from foundation.accounts.models import Post
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.errors import DomainError, NotAllowed
from inspections.enums import CheckResult, DrawState
from inspections.models import Draw, DrawnObject
from inspections.operations.draw_results import close_draw, finish_check, publish_results, record_result
from inspections.operations.random_draw import discard_draw, exclude_object, freeze_draw, plan_draw, run_draw
from inspections.operations.voiding import agree_void, ask_void
from inspections.queries.pools import lines_of
from inspections.replaying import draw_objects
from institutions.enums import StandingKind
from institutions.models import Institution
from institutions.operations.status import set_standing
from tests.cast import OWN, Cast, organ, person
from tests.institutions.factories import institution

FROZEN_AT = datetime(2026, 11, 18, 10, 0, tzinfo=timezone.get_default_timezone())  # a Wednesday
NUMBER_ON = date(2026, 11, 19)
DRAWN_AT = datetime(2026, 11, 20, 9, 0, tzinfo=timezone.get_default_timezone())
CHECKED_AT = datetime(2026, 11, 24, 16, 0, tzinfo=timezone.get_default_timezone())
SOURCE = "中国福利彩票双色球第2026133期开奖号码，红球由小到大，最后为蓝球"
NUMBER = "03 08 12 17 26 31 + 09"
FACTS = {
    "title": "2026年下半年双随机抽查",
    "plan": "思教〔2026〕12号",
    "items": "办学许可、收费、预收费监管、从业人员、安全",
}


def inspectors(number: int = 4, *, code: str = OWN, kind: OrganKind = OrganKind.MARKET, first: int = 1) -> list[Post]:
    """People of a department with certificates of law enforcement."""
    at = organ(code, kind)
    return [
        person(
            Role.DEPARTMENT_OFFICER, at, username=f"zhifa-{code}-{each}", name=f"执法员{each}",
            certificate_no=f"闽D{each:04d}",
        )
        for each in range(first, first + number)
    ]  # fmt: skip


def graded(by: Actor, grade: str, *, flag: str = "", at: datetime = FROZEN_AT, **given):
    """An institution with a grade (or none), perhaps with a risk flag."""
    row = institution(by, at=at, **given)
    on = at.date() - timedelta(days=30)
    setter = by.allowed(Can.APPROVE_LISTING)
    if grade:
        set_standing(
            institution=row, kind=StandingKind.GRADE, value=grade, effective_on=on, reason="年度评定", by=setter, at=at
        )
    if flag:
        set_standing(
            institution=row, kind=StandingKind.FLAG, detail=flag, value="是", effective_on=on, reason="核实",
            by=setter, at=at,
        )  # fmt: skip
    return row


def planned(cast: Cast, *, officers: list[Post] | None = None, by: Actor | None = None, at=FROZEN_AT, **given) -> Draw:
    facts = {**FACTS, **given}
    chosen = inspectors() if officers is None else officers
    return plan_draw(facts=facts, officers=chosen, by=by or cast.officer, at=at)


def frozen(cast: Cast, draw: Draw | None = None, *, at=FROZEN_AT, **given) -> Draw:
    draw = draw or planned(cast, at=at, **given)
    return freeze_draw(draw=draw, number_source=SOURCE, number_on=NUMBER_ON, by=cast.officer, at=at)


def run(cast: Cast, draw: Draw | None = None, *, number: str = NUMBER, **given) -> Draw:
    return run_draw(draw=draw or frozen(cast, **given), public_number=number, by=cast.officer, at=DRAWN_AT)


def checked(cast: Cast, draw: Draw) -> Draw:
    for row in DrawnObject.objects.filter(draw=draw).order_by("pk"):
        record_result(
            drawn=row, result=CheckResult.NOTHING, checked_on=CHECKED_AT.date(), by=cast.officer, at=CHECKED_AT
        )
    return finish_check(draw=draw, by=cast.officer, at=CHECKED_AT)


def in_state(cast: Cast, state: str) -> Draw:
    """A draw of five institutions in the given state, made as people would make it."""
    for _ in range(5):
        institution(cast.officer, at=FROZEN_AT)
    draw = planned(cast)
    if state == DrawState.DISCARDED:
        return discard_draw(draw=draw, by=cast.officer, at=FROZEN_AT)
    steps = [
        (DrawState.FROZEN, lambda: frozen(cast, draw)),
        (DrawState.DRAWN, lambda: run(cast, draw)),
        (DrawState.CHECKED, lambda: checked(cast, draw)),
        (DrawState.PUBLISHED, lambda: publish_results(draw=draw, by=cast.officer, at=CHECKED_AT)),
        (DrawState.CLOSED, lambda: close_draw(draw=draw, by=cast.officer, at=CHECKED_AT)),
    ]
    if state == DrawState.VOIDED:
        frozen(cast, draw)
        ask_void(draw=draw, reason="名册条件设错", by=cast.officer, at=FROZEN_AT)
        return agree_void(draw=draw, by=cast.leader, at=FROZEN_AT)
    for reached, step in [] if state == DrawState.DRAFT else steps:
        step()
        if reached == state:
            break
    draw.refresh_from_db()
    return draw


def excluded(cast: Cast, row: Institution) -> Draw:
    """A draft that leaves this institution out, planned now."""
    draw = planned(cast, at=clock.now())
    return exclude_object(draw=draw, institution=row, reason="已在立案调查", by=cast.officer, at=clock.now())


def drawn_alone(cast: Cast, row: Institution) -> Draw:
    """A draw made now whose number comes out tomorrow: one that draws this institution and no other."""
    now = clock.now()
    draw, tomorrow = planned(cast, at=now), now + timedelta(days=1)
    freeze_draw(draw=draw, number_source=SOURCE, number_on=clock.local_date(tomorrow), by=cast.officer, at=now)
    draw.refresh_from_db()
    lines, code = lines_of(draw.commitment), row.credit_code or row.public_id
    number = next(
        str(number)
        for number in count(1000)
        if [each[0] for each in draw_objects(draw.number, draw.commitment.rule, str(number), lines)[1]] == [code]
    )
    return run_draw(draw=draw, public_number=number, by=cast.officer, at=tomorrow)


def tampered(statement: str, *given: object) -> None:
    """What only the owner of the tables could do behind the portal's back: the guard off, then the change."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE inspections_drawcommitment DISABLE TRIGGER USER")
        cursor.execute(statement, given)


def unchanged(draw: Draw, act, refusal: type[DomainError] = NotAllowed, match: str | None = None) -> None:
    """The act is refused, and neither the draw nor its objects nor the trail changed."""

    def now() -> tuple:
        objects = list(DrawnObject.objects.filter(draw=draw).order_by("pk").values())
        return Draw.objects.filter(pk=draw.pk).values().get(), objects, Event.objects.count()

    before = now()
    with pytest.raises(refusal, match=match), transaction.atomic():
        act()
    assert now() == before


def kinds(draw: Draw) -> list[str]:
    about = Event.objects.filter(subject_type="inspections.draw", subject_id=draw.pk)
    return list(about.order_by("pk").values_list("kind", flat=True))


def result(drawn: DrawnObject, by: Actor, *, at: datetime = CHECKED_AT, **given) -> DrawnObject:
    """A result with something found, entered on the day of the check."""
    facts = {"result": CheckResult.CORRECTED, "checked_on": at.date(), "follow_up": "已责令改正", **given}
    return record_result(drawn=drawn, by=by, at=at, **facts)
