"""石狮's safe for parents' money: 668 人次 released, 350 人 refunded after the bureau brought both sides together.

668 are lines that banks paid: 167 learners taught in each of four rounds. 350 learners get the rest back; both sums
are fen that move in the books. Another learner of each institution goes on, so that the accounts are not empty.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from contracts.enums import BoughtVia, ConsentWay, Delivery, FeeCategory, PayChannel, ToldBy
from contracts.models import Contract
from contracts.operations.contracts import Agreed, Terms, sign_contract
from contracts.operations.money import Invoiced, Paid, Taken, record_invoice, record_lesson, record_payment
from contracts.people import VERSIONS
from contracts.people import People as Family
from foundation.core.actor import Actor
from institutions.enums import SupervisionMode
from institutions.models import Institution
from payouts.enums import AskedBy
from payouts.operations.books import confirm_deposit
from payouts.operations.lessons import confirm_lessons, propose_lessons
from payouts.operations.refunds import Asked, approve_refund, ask_refund, object_refund, pay_refund, settle_refund
from payouts.operations.releases import approve_release, pay_release, propose_release

from .. import invented
from ..case_diary import Diary, at_hour
from .county import County
from .register import Register

ROUNDS = 4
COURSES = ("少儿舞蹈启蒙", "创意美术", "篮球基础", "编程入门", "少儿声乐", "硬笔书法")


@dataclass(frozen=True)
class Scale:
    """How many release lines and refunded learners, and what they come to."""

    lines: int
    released_fen: int
    learners: int
    refunded_fen: int

    @property
    def taught(self) -> int:
        """Learners of whom a line is released in each round."""
        return self.lines // ROUNDS

    def back(self) -> list[int]:
        """What each learner gets back, in fen: who was taught half of it paid twice as much."""
        earned = even(self.released_fen, self.taught, seed=1)
        return [*earned, *even(self.refunded_fen - self.released_fen, self.learners - self.taught, seed=2)]


FULL = Scale(lines=668, released_fen=380_128_00, learners=350, refunded_fen=993_992_00)


def even(total: int, parts: int, *, seed: int) -> list[int]:
    """Amounts about the mean, up to a twelfth more or less in pairs, that come to the total to the fen."""
    chance, mean = random.Random(seed), total // parts  # noqa: S311  (the same amounts every time, nothing secret)
    pairs = [chance.randint(0, mean // 12) for _ in range((parts - 1) // 2)]
    found = [mean + sign * extra for extra in pairs for sign in (1, -1)]
    found += [mean] * (parts - 1 - len(found))
    return [*found, total - sum(found)]


def _names(number: int) -> tuple[str, str]:
    """A child and its parent, of the same surname; no two children are called the same."""
    surnames, given = invented.SURNAMES, invented.GIVEN
    turn = number // len(surnames)
    child = given[turn % len(given)][0] + given[(turn + turn // len(given)) % len(given)][-1]
    surname = surnames[number % len(surnames)]
    return surname + child, surname + given[(turn * 5 + 3) % len(given)]


@dataclass
class Safe:
    """Who books and who decides, the institutions with their accounts, and the contracts so far."""

    officer: Actor
    leader: Actor
    homes: list[Institution]
    scale: Scale = FULL
    contracts: list[Contract] = field(default_factory=list)

    # -- what one learner pays -----------------------------------------------------------------------------------------
    def pays(self, number: int, fen: int, at: datetime) -> Contract:
        """A contract of 48 lessons for a year, paid on the day, the money on the special account."""
        home, on = self.homes[number % len(self.homes)], at.date()
        child, parent = _names(number)
        family = Family(
            pupil=child, guardian=parent, phone=invented.phone(58_200_000 + number), relation="母亲",
            school="石狮市演示小学", grade="三年级",
        )  # fmt: skip
        subject = FeeCategory.of(home.category) == FeeCategory.SUBJECT
        is_app = number % 4 != 3
        terms = Terms(
            number=f"SS{on.year}{number + 1:05d}", course_name="初中数学" if subject else COURSES[number % 6],
            category=FeeCategory.of(home.category), delivery=Delivery.OFFLINE, pupils=12, lessons=8 * ROUNDS,
            unit_price_fen=fen // (8 * ROUNDS), total_fen=fen, signed_on=on, starts_on=on + timedelta(days=10),
            first_lesson_on=on + timedelta(days=10), ends_on=on + timedelta(days=365),
            supervision=SupervisionMode.BY_LESSON, refund_window_days=7, on_model_contract=True,
            bought_via=BoughtVia.APP if is_app else BoughtVia.OFFLINE, on_platform=True,
        )  # fmt: skip
        agreed = Agreed(VERSIONS[-1], on, ConsentWay.APP if is_app else ConsentWay.PAPER)
        given = {"by": self.officer, "at": at, "checks": False}
        contract = sign_contract(institution=home, terms=terms, people=family, agreed=agreed, **given)
        account = home.supervised_accounts.get(closed_on=None).number
        paid = Paid(
            payer=parent, amount_fen=fen, paid_on=on, reference=f"SS{on:%Y%m%d}{number + 1:06d}",
            channel=PayChannel.APP if is_app else PayChannel.WECHAT,
            told_by=ToldBy.PLATFORM if is_app else ToldBy.INSTITUTION,
            contract_no=contract.number, account=account, lessons=contract.lessons,
        )  # fmt: skip
        payment = record_payment(institution=home, paid=paid, **given)
        invoice = Invoiced(parent, fen, on, f"3505{on.year}{number + 1:012d}", contract.number)
        record_invoice(institution=home, invoiced=invoice, **given)
        confirm_deposit(payment=payment, arrived_on=on, by=self.officer, at=at)
        self.contracts.append(contract)
        return contract

    # -- lessons and releases ------------------------------------------------------------------------------------------
    def teaches(self, number: int, at: datetime) -> None:
        """Four lessons of one learner, confirmed by its guardian."""
        contract = self.contracts[number]
        taken = Taken(held_on=at.date(), lessons=4)
        record_lesson(contract=contract, taken=taken, by=self.officer, at=at, checks=False)
        told = propose_lessons(contract=contract, up_to=at.date(), by=self.officer, at=at)
        confirm_lessons(consumption=told, remark="家长电话确认", by=self.officer, at=at)

    def releases(self, home: Institution, at: datetime) -> None:
        """What an institution has earned, agreed to by the leader, paid by its bank."""
        release = propose_release(institution=home, by=self.officer, at=at)
        approve_release(release=release, by=self.leader, at=at)
        pay_release(release=release, paid_on=at.date(), bank_reference=f"HB{release.pk:08d}", by=self.officer, at=at)

    def refunds(self, number: int, fen: int, at: datetime) -> None:
        """The institution refuses, the bureau brings both sides together, the leader agrees, the bank pays."""
        by, day = self.officer, at.date()
        asked = Asked(amount_fen=fen, reason="课程停开，要求退费", asked_by=AskedBy.COMPLAINT, asked_on=day)
        row = ask_refund(contract=self.contracts[number], asked=asked, by=by, at=at)
        row = object_refund(refund=row, answer="暂无资金，要求延期", answered_on=day, by=by, at=at)
        outcome = "经协调，双方同意退还全部未消课费用"
        row = settle_refund(refund=row, amount_fen=fen, outcome=outcome, coordinated_on=day, by=by, at=at)
        row = approve_refund(refund=row, by=self.leader, at=at)
        pay_refund(refund=row, paid_on=day, bank_reference=f"TF{row.pk:08d}", by=by, at=at)

    # -- all of it, in date order --------------------------------------------------------------------------------------
    def plan(self, diary: Diary, first: datetime) -> None:
        """Payments in the three weeks from ``first`` on, a round each fortnight, then twelve weeks of refunds."""
        for number, fen in enumerate(self.scale.back()):
            paid = 2 * fen if number < self.scale.taught else fen
            at = first + timedelta(days=number * 21 // self.scale.learners, minutes=number)
            diary.on(at, partial(self.pays, number, paid))
        for turn in range(ROUNDS):
            day = first + timedelta(days=35 + 14 * turn)
            for number in range(self.scale.taught):
                diary.on(day + timedelta(minutes=number), partial(self.teaches, number))
            for number, home in enumerate(self.homes):
                diary.on(day + timedelta(days=3, minutes=number), partial(self.releases, home))
        for number, fen in enumerate(self.scale.back()):
            at = first + timedelta(days=95 + number * 84 // self.scale.learners, minutes=number)
            diary.on(at, partial(self.refunds, number, fen))


def plan(county: County, register: Register) -> None:
    """From 300 days ago on; and one learner of each institution who began six weeks ago and goes on."""
    start = county.today - timedelta(days=300)
    county.diary.on(at_hour(start, 8), partial(_begin, county, register))


def _begin(county: County, register: Register, at: datetime) -> None:
    safe = Safe(county.officer, county.leader, register.supervised)
    safe.plan(county.diary, at + timedelta(hours=1))
    lately = at_hour(county.today - timedelta(days=42), 9)
    for number in range(len(safe.homes)):
        fen = 240_000 + 3_200 * (number % 9)
        each = safe.scale.learners + number
        county.diary.on(lately + timedelta(hours=number), partial(safe.pays, each, fen))
        county.diary.on(lately + timedelta(days=35, minutes=number), partial(safe.teaches, each))
