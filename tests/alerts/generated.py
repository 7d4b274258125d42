"""Two hundred invented institutions over twelve months, twenty of which run away: what the back-test replays.

Written and committed before the rules had any figures: nothing here knows a threshold. The healthy ones are not tame:
terms begin with a rush of fees, the winter and summer breaks are quiet, big ones pay out more than a million at once,
some are slow with refunds for a while, some have a bad month, doors are closed to a visitor by chance.
The runaways differ, too: some sell cheaply first, some fade, some take the money within a few days.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from alerts.facts import Day, Expiry, Facts, Incident, RefundWish

BEGIN = date(2025, 1, 1)
WARM_UP = 120  # days of history before the first day that counts
DAYS = WARM_UP + 365
ONE = timedelta(days=1)
#: (month, day) from and until which lessons rest everywhere: Spring Festival, National Day.
HOLIDAYS = (((1, 25), (2, 12)), ((10, 1), (10, 7)))
#: Months in which a term begins: fees come in a rush.
RUSH = {2: 2.2, 3: 1.6, 6: 1.5, 7: 2.0, 9: 2.4, 10: 1.2}
KINDS = ("sale", "fade", "grab", "drain")
#: What comes in beside what is taught, over a year: neither grows nor shrinks by itself.
TAUGHT = 0.54


def rests(on: date) -> bool:
    return any(first <= (on.month, on.day) <= last for first, last in HOLIDAYS)


@dataclass
class Life:
    """One institution from day to day."""

    name: str
    collapse: date | None = None
    kind: str = "healthy"
    days: list[Day] = field(default_factory=list)
    lessons: list[date] = field(default_factory=list)
    unused: list[int] = field(default_factory=list)
    balances: list[int] = field(default_factory=list)
    refunds: list[tuple[date, int | None, int | None]] = field(default_factory=list)  # asked, answered, paid after days
    complaints: list[Incident] = field(default_factory=list)
    reports: list[Incident] = field(default_factory=list)
    changes: list[Incident] = field(default_factory=list)
    visits: list[Incident] = field(default_factory=list)
    permit_until: date = date(2030, 1, 1)
    late_files: dict[date, int] = field(default_factory=dict)
    learners: int = 0
    monthly: bool = False  # what was taught is let go once a month, not each week

    def facts(self, on: date, season: int) -> Facts:
        """What was known at the end of a day."""
        at = (on - BEGIN).days
        taught = bisect_right(self.lessons, on)
        last = self.lessons[taught - 1] if taught else None
        since = [last + ONE * n for n in range(1, (on - last).days + 1)] if last and (on - last).days > 6 else []
        return Facts(
            on=on,
            days=self.days[max(at - 364, 0) : at + 1],
            balance_fen=self.balances[at],
            unused_fen=self.unused[at],
            last_lesson_on=last,
            idle_days=sum(not rests(day) for day in since),
            refunds=[
                _wish(asked, answer, paid, on) for asked, answer, paid in self.refunds if on - ONE * 240 < asked <= on
            ],
            learners=self.learners,
            season_percent=season,
            complaints=[one for one in self.complaints if one.on <= on],
            reports=[one for one in self.reports if one.on <= on],
            changes=[one for one in self.changes if one.on <= on],
            visits=[one for one in self.visits if one.on <= on],
            expiries=[Expiry("办学许可证", self.permit_until)],
            file_known_to=on - ONE * self.late_files.get(on, 0),
            file_late_days=self.late_files.get(on, 0),
        )

    def last_day(self) -> date:
        """The day before the collapse, else the last of all."""
        return self.collapse - ONE if self.collapse else BEGIN + ONE * (DAYS - 1)


def _wish(asked: date, answer: int | None, paid: int | None, on: date) -> RefundWish:
    def came(days: int | None) -> date | None:
        return asked + ONE * days if days is not None and asked + ONE * days <= on else None

    return RefundWish(asked, asked + ONE * 7, came(answer), asked + ONE * 28, came(paid))


def lives(*, institutions: int = 200, runaways: int = 20, seed: int = 20251129) -> list[Life]:
    """The invented institutions; the first ``runaways`` of them run away at some time of the second half."""
    return [_life(number, number < runaways, random.Random(f"{seed}:{number}")) for number in range(institutions)]


def seasons(all_lives: list[Life]) -> dict[date, int]:
    """What all took in during fourteen days, in percent of their usual fourteen days, by day."""
    income: Counter[date] = Counter()
    for life in all_lives:
        for day in life.days:
            income[day.on] += day.income_fen
    line = [income[BEGIN + ONE * n] for n in range(DAYS)]
    found = {}
    for n in range(DAYS):
        before = line[max(n - 103, 0) : max(n - 13, 0)]
        usual = sum(before) * 14 // len(before) if before else 0
        found[BEGIN + ONE * n] = sum(line[max(n - 13, 0) : n + 1]) * 100 // usual if usual else 100
    return found


def _life(number: int, runs: bool, dice: random.Random) -> Life:
    life = Life(f"机构{number + 1:03d}")
    if runs:
        life.kind = KINDS[number % len(KINDS)]
        life.collapse = BEGIN + ONE * dice.randint(WARM_UP + 120, DAYS - 10)
    life.learners = int(dice.lognormvariate(4.7, 1.0)) + 15
    if dice.random() < 0.06:  # a chain
        life.learners *= 6
    life.monthly = dice.random() < 0.25
    bad = BEGIN + ONE * dice.randint(WARM_UP, DAYS - 60) if not runs and dice.random() < 0.08 else None
    if dice.random() < 0.1:
        life.permit_until = BEGIN + ONE * dice.randint(WARM_UP, DAYS + 60)
    _move_money(life, dice)
    _ask_refunds(life, bad, dice)
    _talk(life, bad, dice)
    for _ in range(dice.randint(0, 2)):
        first = BEGIN + ONE * dice.randint(WARM_UP, DAYS - 12)
        life.late_files |= {first + ONE * n: n for n in range(1, dice.randint(3, 7))}
    return life


def _left(life: Life, on: date) -> int:
    """Days until the collapse; far away for those who stay."""
    return (life.collapse - on).days if life.collapse else 9_999


def _move_money(life: Life, dice: random.Random) -> None:
    fee = dice.randint(150_000, 450_000)  # fen a learner and two months
    daily = life.learners * fee / 60
    unused = int(daily * dice.randint(25, 45))
    balance = int(unused * dice.uniform(1.03, 1.2))
    own_sale = {BEGIN + ONE * dice.randint(0, DAYS)} if dice.random() < 0.15 else set()
    for n in range(DAYS):
        on = BEGIN + ONE * n
        left = _left(life, on)
        open_today = left > 0 and not rests(on) and dice.random() < _taught(life, left)
        taken = _income(life, on, left, daily, own_sale, dice)
        used = min(int(daily * dice.uniform(0.6, 1.3)), unused + taken) if open_today else 0
        out = _outgo(life, on, left, balance, balance - unused, daily, dice)
        life.days.append(Day(on, taken, sum(out), max(out, default=0), balance))
        balance += taken - sum(out)
        unused += taken - used
        life.balances.append(balance)
        life.unused.append(unused)
        if open_today:
            life.lessons.append(on)


def _taught(life: Life, left: int) -> float:
    """How likely a day has lessons."""
    if life.kind == "fade" and left <= 45:
        return 0.25 if left > 18 else 0.03
    if life.kind in {"sale", "drain"} and left <= 20:
        return 0.35
    if life.kind == "grab" and left <= 3:
        return 0.0
    return 0.75


def _income(life: Life, on: date, left: int, daily: float, own_sale: set[date], dice: random.Random) -> int:
    taken = daily * dice.lognormvariate(-0.12, 0.5) * RUSH.get(on.month, 1.0) * TAUGHT
    if any(day <= on < day + ONE * 12 for day in own_sale):
        taken *= dice.uniform(2.0, 4.5)
    if life.kind == "sale" and 14 < left <= 75:
        taken *= dice.uniform(2.5, 5.5)
    if life.kind in {"fade", "drain"} and left <= 40:
        taken *= 0.45
    return 0 if rests(on) and dice.random() < 0.8 else max(int(taken), 0)


def _outgo(life: Life, on: date, left: int, balance: int, spare: int, daily: float, dice: random.Random) -> list[int]:
    """Payments out of the account: what was taught is let go; runaways take more, as the account allows."""
    out: list[int] = []
    days = 30 if life.monthly else 7
    if left > 0 and (on.day == 10 if life.monthly else on.weekday() == 3):
        out.append(max(min(int(daily * days * dice.uniform(0.5, 1.2)), spare), 0))
    if left > 0 and dice.random() < 0.04:
        out.append(max(min(int(daily * dice.uniform(0.2, 1.5)), spare), 0))
    if life.kind == "grab" and 0 < left <= 6:
        out.append(int(balance * dice.uniform(0.25, 0.5)))
    if life.kind == "drain" and 0 < left <= 60 and dice.random() < 0.25:
        out.append(int(balance * dice.uniform(0.06, 0.16)))
    if life.kind == "sale" and 0 < left <= 25 and dice.random() < 0.3:
        out.append(int(balance * dice.uniform(0.1, 0.35)))
    if life.kind == "fade" and 0 < left <= 30 and dice.random() < 0.15:
        out.append(int(balance * dice.uniform(0.08, 0.2)))
    room, kept = balance, []
    for fen in out:
        kept.append(min(fen, room))
        room -= kept[-1]
    return [fen for fen in kept if fen > 0]


def _ask_refunds(life: Life, bad: date | None, dice: random.Random) -> None:
    for n in range(DAYS):
        on = BEGIN + ONE * n
        left = _left(life, on)
        if left <= 0:
            return
        slow = bad is not None and bad <= on < bad + ONE * 40
        rate = life.learners * 0.0006 * (4 if slow else 1)
        if life.kind in {"sale", "fade", "drain"} and left <= 50:
            rate *= 1 + 9 * (50 - left) / 50
        for _ in range(_times(rate, dice)):
            answer, paid = dice.randint(1, 6), dice.randint(8, 22)
            if dice.random() < (0.35 if slow else 0.01):
                answer, paid = dice.randint(6, 16), dice.randint(20, 45)
            if life.collapse and life.kind != "grab" and left <= 40 and dice.random() < 0.7:
                answer, paid = None, None
            life.refunds.append((on, answer, paid))


def _times(rate: float, dice: random.Random) -> int:
    whole = int(rate)
    return whole + (dice.random() < rate - whole)


def _talk(life: Life, bad: date | None, dice: random.Random) -> None:
    """What people say, what visitors find, what the register hears."""
    for n in range(DAYS):
        on = BEGIN + ONE * n
        left = _left(life, on)
        if left <= 0:
            return
        slow = bad is not None and bad <= on < bad + ONE * 40
        rate = 0.0025 + life.learners * 0.00001 + (0.05 if slow else 0)
        if life.collapse and life.kind != "grab" and left <= 35:
            rate += 0.12
        if dice.random() < rate:
            grave = dice.random() < (0.3 if life.collapse and left <= 15 else 0.01)
            life.complaints.append(Incident(on, "投诉举报", grave))
        owes = life.kind in {"fade", "drain"} and left <= 30
        if dice.random() < (0.05 if owes else 0.0001):
            life.reports.append(Incident(on, "拖欠工资或租金", True))
        if dice.random() < (0.012 if life.collapse and left <= 90 else 0.0006):
            life.changes.append(Incident(on, "变更法定代表人", False))
        if dice.random() < 1 / 50:
            shut = not (life.lessons and on in life.lessons[-400:]) and dice.random() < 0.12
            shut = shut or (life.kind == "fade" and left <= 25 and dice.random() < 0.8)
            life.visits.append(Incident(on, "上门检查", shut))


def shown(all_lives: list[Life]) -> Iterator[str]:
    """What was made, in a few lines."""
    yield f"{len(all_lives)} institutions, {sum(1 for life in all_lives if life.collapse)} run away"
    yield f"kinds: {dict(Counter(life.kind for life in all_lives))}"
    heavy = sum(
        1 for life in all_lives if not life.collapse and any(day.outflow_fen > 100_000_000 for day in life.days)
    )
    yield f"healthy ones that once paid out more than 1,000,000 yuan in a day: {heavy}"
