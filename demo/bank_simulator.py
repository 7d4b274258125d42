"""A simulated bank: writes day files from what the portal expects of its accounts, and hands them in as a clerk would.

It is no bank and pretends to be none: it knows what should arrive and leave, moves that, and whatever else it is
told to (a stranger's transfer, a fee). For the base demo and for tests.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from banking import expecting, intake
from banking.enums import AmountStyle, Column, Means
from banking.models import AccountDay, BankFile, BankProfile, DayCheck
from banking.operations.differences import sign_day
from banking.operations.files import receive_file
from banking.operations.profiles import set_profile
from banking.operations.reconciling import reconcile_account
from banking.queries import days_to_sign
from banking.tasks import reconciler
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.money import yuan
from foundation.core.spreadsheets import csv_bytes
from funds.models import Bank, SupervisedAccount
from payouts.enums import RefundState, ReleaseState
from payouts.models import Refund, Release

from .organs import SIMING, People

HEADINGS = {
    Column.ACCOUNT: "账号",
    Column.DAY: "交易日期",
    Column.SERIAL: "流水号",
    Column.MEMO: "摘要",
    Column.INCOME: "收入",
    Column.OUTGO: "支出",
    Column.BALANCE: "余额",
    Column.NAME: "对方户名",
    Column.NUMBER: "对方账号",
}
FIRST, LAST, FEE = "期初余额", "期末余额", "账户管理费"
FACTS = {
    "headings": HEADINGS,
    "style": AmountStyle.TWO_COLUMNS,
    "first": FIRST,
    "last": LAST,
    "fee_words": [FEE],
    "interest_words": ["结息"],
    "fee_most_fen": 50_00,
}


@dataclass(frozen=True)
class Move:
    """One line that the simulated bank writes."""

    day: date
    fen: int
    memo: str
    serial: str = ""
    name: str = ""


def expected_moves(account: SupervisedAccount, *, until: date, unpaid: Collection[str] = ()) -> list[Move]:
    """What the portal waits for, as the bank would carry it out: on the day itself; ``unpaid`` not yet."""
    found = []
    for one in expecting.expected_of(account):
        reference = min(one.references)
        if one.since > until or one.key in unpaid:
            continue
        if one.means == Means.DEPOSIT:
            found.append(Move(one.since, one.fen, "网上缴费", reference))
        else:
            found.append(Move(one.since, one.fen, f"{one.means.label} {reference}", name=account.institution.name))
    return found


def day_file(moves: Mapping[SupervisedAccount, Sequence[Move]], first: date, last: date) -> bytes:
    """The file of some days, as CSV in the bank's layout; each account goes on from its last known balance."""
    rows: list[Mapping[str, object]] = []
    for account, lines in moves.items():
        before = AccountDay.objects.filter(account=account, day__lt=first).order_by("-day").first()
        balance = before.closing_fen if before else 0
        here = {Column.ACCOUNT: account.number}
        rows.append({**here, Column.DAY: first, Column.MEMO: FIRST, Column.BALANCE: yuan(balance)})
        for line in sorted((one for one in lines if first <= one.day <= last), key=lambda one: one.day):
            balance += line.fen
            side = Column.INCOME if line.fen > 0 else Column.OUTGO
            said = {Column.DAY: line.day, Column.SERIAL: line.serial, Column.MEMO: line.memo, Column.NAME: line.name}
            rows.append({**here, **said, side: yuan(abs(line.fen)), Column.BALANCE: yuan(balance)})
        rows.append({**here, Column.DAY: last, Column.MEMO: LAST, Column.BALANCE: yuan(balance)})
    cells = [[str(row.get(column, "")) for column in HEADINGS] for row in rows]
    return csv_bytes(list(HEADINGS.values()), cells).decode("utf-8-sig").encode("gb18030")


def hand_in(bank: Bank, data: bytes, *, name: str, by: Actor, at: datetime) -> BankFile:
    """Through the same operation as a clerk's."""
    upload = io.BytesIO(data)
    upload.name = name
    with intake.taking(upload, BankProfile.objects.get(bank=bank)) as taken:
        return receive_file(bank=bank, taken=taken, by=by, at=at)


def report(
    bank: Bank,
    accounts: Iterable[SupervisedAccount],
    first: date,
    last: date,
    *,
    by: Actor,
    at: datetime,
    besides: Mapping[int, Sequence[Move]] | None = None,
    unpaid: Collection[str] = (),
) -> BankFile:
    """Write the days, hand them in and reconcile. ``besides``: moves by account that nobody expects."""
    extra = besides or {}
    moves = {one: [*expected_moves(one, until=last, unpaid=unpaid), *extra.get(one.pk, ())] for one in accounts}
    file = hand_in(bank, day_file(moves, first, last), name=f"对账单{first:%m%d}-{last:%m%d}.csv", by=by, at=at)
    for account in moves:
        reconcile_account(account=account, by=reconciler(account), at=at)
    return file


# -- the base demo -----------------------------------------------------------------------------------------------------
START, FIRST_PERIOD, SECOND_PERIOD = 44, 14, 1


def load(people: People, now: datetime) -> None:
    """Six weeks of the banks of 思明: what was booked is shown by the bank, what was agreed today is not paid yet, some
    accounts were charged a fee, and a stranger transferred money."""
    rows = SupervisedAccount.objects.filter(
        institution__jurisdiction__code=SIMING, institution__contracts__money__isnull=False, closed_on__isnull=True
    )
    accounts = list(rows.distinct().select_related("institution", "bank").order_by("pk"))
    if not accounts:
        return
    by_bank: dict[Bank, list[SupervisedAccount]] = {}
    for account in accounts:
        by_bank.setdefault(account.bank, []).append(account)
    fees = {one.pk: [Move(_ago(now, FIRST_PERIOD), -20_00, FEE)] for one in accounts[:3]}
    _period(people, by_bank, now, (START, FIRST_PERIOD), fees)
    stranger = Move(_ago(now, 3), 8_888_00, "转账", "S00008888", "演示商贸公司")
    _period(people, by_bank, now, (FIRST_PERIOD - 1, SECOND_PERIOD), {accounts[0].pk: [stranger]})
    _sign(people, now)


def _ago(now: datetime, days: int) -> date:
    return clock.local_date(now - timedelta(days=days))


def _period(
    people: People,
    by_bank: Mapping[Bank, Sequence[SupervisedAccount]],
    now: datetime,
    days: tuple[int, int],
    besides: Mapping[int, Sequence[Move]],
) -> None:
    """Handed in by the bank's clerk, or by the city where the bank has none."""
    city, (start, end) = people.acts("xiamen.guanli"), days
    with clock.set_to(now):
        for bank, accounts in by_bank.items():
            if not BankProfile.objects.filter(bank=bank).exists():
                set_profile(bank=bank, by=city, at=now, **FACTS)
            by = people.acts("xiamen.yinhang") if bank.organ_id else city
            period = {"first": _ago(now, start), "last": _ago(now, end), "besides": besides, "unpaid": _unpaid()}
            report(bank, accounts, by=by, at=now, **period)


def _unpaid() -> set[str]:
    """Orders that the simulated bank has not carried out yet."""
    releases = Release.objects.filter(state=ReleaseState.APPROVED).values_list("pk", flat=True)
    refunds = Refund.objects.filter(state=RefundState.APPROVED).values_list("pk", flat=True)
    return {f"{Means.RELEASE}:{pk}" for pk in releases} | {f"{Means.REFUND}:{pk}" for pk in refunds}


def _sign(people: People, now: datetime) -> None:
    """The leader signed the first weeks; the rest waits."""
    leader = people.acts("siming.shenhe")
    with clock.set_to(now):
        waiting: Iterable[DayCheck] = days_to_sign(leader).filter(day__lte=_ago(now, 10), matched__gt=0)
        for check in waiting.order_by("day", "pk"):
            sign_day(check=check, by=leader, at=now)
