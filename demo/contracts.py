"""Contracts, payments, invoices and lessons of invented families in the base demo: most in order, some with what the
portal is there to find.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from contracts.enums import BoughtVia, ConsentWay, Delivery, FeeCategory, LimitCode, PayChannel, PaymentWay, ToldBy
from contracts.models import Contract
from contracts.operations.checks import check_contracts
from contracts.operations.contracts import Agreed, Terms, end_contract, sign_contract
from contracts.operations.limits import Wanted, propose_limit
from contracts.operations.money import Invoiced, Paid, Taken, record_invoice, record_lesson, record_payment
from contracts.operations.parties import allow_party, ask_for_party, read_party
from contracts.people import VERSIONS, People
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.regions.models import Jurisdiction
from institutions.enums import OPERATING, SupervisionMode
from institutions.models import Institution

from . import invented
from .organs import JIMEI, SIMING
from .organs import People as Staff

OFFICERS = {SIMING: "siming.jingban", JIMEI: "jimei.jingban"}
LEADER = "siming.shenhe"
SIGNED_AGO, FIRST_AFTER = 40, 12
EACH = {SIMING: (8, 3), JIMEI: (3, 2)}  # institutions, families of each
COURSES = ("少儿舞蹈启蒙", "创意美术", "篮球基础", "编程入门", "钢琴一对一", "硬笔书法")


@dataclass(frozen=True)
class Story:
    """How one family's case differs from the plain one."""

    lessons: int = 30
    price: int = 9000
    buyer_is_other: bool = False
    payer_is_other: bool = False
    is_invoiced: bool = True
    ends_late: bool = False
    on_model: bool = True
    via: str = BoughtVia.APP


PLAIN = Story()
STORIES = (
    *(PLAIN, Story(via=BoughtVia.OFFLINE), PLAIN, Story(lessons=72), PLAIN, Story(buyer_is_other=True), PLAIN),
    *(Story(lessons=48, price=12500), Story(on_model=False, via=BoughtVia.OFFLINE), PLAIN, Story(is_invoiced=False)),
    *(PLAIN, Story(payer_is_other=True), Story(ends_late=True), PLAIN, Story(via=BoughtVia.OFFLINE)),
)


def load(staff: Staff, registered: dict[str, list[Institution]], now: datetime) -> None:
    """A few dozen families in three counties; a limit and two requests that wait or were decided."""
    dice, number, made = random.Random(2604), 0, []  # noqa: S311  (the same demo every time, nothing secret)
    for code, (homes, families) in EACH.items():
        by = staff.acts(OFFICERS[code])
        open_ones = Institution.objects.filter(pk__in=[row.pk for row in registered[code]], status__in=OPERATING)
        for home in open_ones.order_by("pk")[:homes]:
            for _ in range(families):
                made.append(family(home, number, dice, STORIES[number % len(STORIES)], by, now))
                number += 1
    _decisions(staff, made, now)


def family(home: Institution, number: int, dice: random.Random, story: Story, by: Actor, now: datetime) -> Contract:
    at = now - timedelta(days=SIGNED_AGO - number % 9)
    signed, first = clock.local_date(at), clock.local_date(at) + timedelta(days=FIRST_AFTER)
    surname = dice.choice(invented.SURNAMES)
    child, parent = (surname + dice.choice(invented.GIVEN) for _ in range(2))
    people = People(pupil=child, guardian=parent, phone=invented.phone(5000 + number), relation="父母", grade="三年级")
    category = FeeCategory.of(home.category)
    price = 4000 if category == FeeCategory.SUBJECT else story.price
    with clock.set_to(at):
        contract = sign_contract(
            institution=home,
            terms=Terms(
                number=f"HT{home.jurisdiction.code}{number + 1:04d}",
                course_name="初中数学" if category == FeeCategory.SUBJECT else COURSES[number % len(COURSES)],
                category=category,
                delivery=Delivery.OFFLINE,
                pupils=12,
                lessons=story.lessons,
                gift_lessons=2 if number % 5 == 0 else 0,
                unit_price_fen=price,
                total_fen=price * story.lessons,
                signed_on=signed,
                starts_on=first,
                ends_on=first + timedelta(days=80),
                first_lesson_on=first,
                way=PaymentWay.LUMP,
                supervision=list(SupervisionMode)[number % 2],
                refund_window_days=7,
                on_model_contract=story.on_model,
                bought_via=story.via,
                on_platform=number % 4 != 3,
            ),
            people=people,
            agreed=Agreed(VERSIONS[-1], signed, ConsentWay.APP if story.via == BoughtVia.APP else ConsentWay.PAPER),
            by=by,
            at=at,
            checks=False,
        )
        _money(contract, people, invented.person(dice), number, story, by, at)
    _lessons(contract, story, by, now)
    return contract


def _money(contract: Contract, people: People, other: str, number: int, story: Story, by: Actor, at: datetime) -> None:
    home, on = contract.institution, contract.signed_on
    paid = Paid(
        payer=other if story.payer_is_other else people.guardian,
        amount_fen=contract.total_fen,
        paid_on=on,
        reference=f"LS{on:%Y%m%d}{number + 1:05d}",
        channel=PayChannel.APP if contract.bought_via == BoughtVia.APP else PayChannel.WECHAT,
        told_by=ToldBy.PLATFORM if contract.bought_via == BoughtVia.APP else ToldBy.INSTITUTION,
        contract_no=contract.number,
        account=_account(home),
        lessons=contract.lessons,
    )
    record_payment(institution=home, paid=paid, by=by, at=at, checks=False)
    if story.is_invoiced:
        buyer = other if story.buyer_is_other else people.guardian
        told = Invoiced(buyer, contract.total_fen, on, f"2635{number + 1:016d}", contract.number)
        record_invoice(institution=home, invoiced=told, by=by, at=at, checks=False)
    check_contracts(ids=[contract.pk], by=by, at=at)


def _account(home: Institution) -> str:
    """Where the fee goes: the special account, or one of the institution's own where it has none."""
    supervised = home.supervised_accounts.filter(closed_on=None).first()
    return supervised.number if supervised else f"99990000{home.pk:08d}"


def _lessons(contract: Contract, story: Story, by: Actor, now: datetime) -> None:
    """Once a week until yesterday; checked once, at the end."""
    day, last = contract.first_lesson_on, clock.local_date(now) - timedelta(days=1)
    end = time(21, 10) if story.ends_late else time(20, 0)
    with clock.set_to(now):
        while day <= last:
            if day.isoweekday() == 2:
                taken = Taken(held_on=day, lessons=2, starts_time=time(18, 30), ends_time=end)
                record_lesson(contract=contract, taken=taken, by=by, at=now, checks=False)
            day += timedelta(days=1)
        check_contracts(ids=[contract.pk], by=by, at=now)


def _decisions(staff: Staff, made: list[Contract], now: datetime) -> None:
    officer, leader = staff.acts(OFFICERS[SIMING]), staff.acts(LEADER)
    at = now - timedelta(days=2)
    with clock.set_to(at):
        first = ask_for_party(contract=made[3], purpose="核对多收课时费的退费收款人", by=officer, at=at)
        first = allow_party(opening=first, hours=2, remark="同意，仅限核对", by=leader, at=at)
        read_party(opening=first, by=officer, at=at + timedelta(minutes=10))
        ask_for_party(contract=made[5], purpose="发票购买方不符，需联系监护人", by=officer, at=at)
        end_contract(contract=made[1], closed_on=clock.local_date(at), by=officer, at=at)
        propose_limit(
            jurisdiction=Jurisdiction.objects.get(code=SIMING),
            wanted=Wanted(LimitCode.LESSONS_CAP, 48, _next_year(now), "思明区预收费管理补充规定（演示）第三条"),
            reason="家长反映一次收费课时偏多",
            by=officer,
            at=at,
        )


def _next_year(now: datetime) -> date:
    return date(now.year + 1, 1, 1)
