"""Day files as banks write them, from a truth of lines per account and day."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from banking.enums import AmountStyle, Column
from foundation.core.money import yuan

HEADINGS = {
    Column.ACCOUNT: "账号",
    Column.DAY: "交易日期",
    Column.SERIAL: "流水号",
    Column.MEMO: "摘要",
    Column.INCOME: "贷方发生额",
    Column.OUTGO: "借方发生额",
    Column.BALANCE: "余额",
    Column.NAME: "对方户名",
    Column.NUMBER: "对方账号",
}
PROFILE = {"headings": HEADINGS, "style": AmountStyle.TWO_COLUMNS, "first": "期初余额", "last": "期末余额"}


@dataclass(frozen=True)
class Moved:
    """One true movement; lines that say the same are two movements all the same."""

    fen: int
    memo: str = "网上缴费"
    name: str = "李某"
    serial: str = ""


@dataclass
class Truth:
    """What really happened on one account: the lines of each day in a row, without a gap."""

    number: str
    first: date
    opening: int = 0
    days: list[list[Moved]] = field(default_factory=list)

    def balance(self, before: int) -> int:
        """What there was at the beginning of the day with this number."""
        return self.opening + sum(moved.fen for day in self.days[:before] for moved in day)

    def lines(self, start: int, stop: int) -> list[tuple[date, Moved]]:
        return [
            (self.first + timedelta(days=number), moved) for number in range(start, stop) for moved in self.days[number]
        ]


def rows(truth: Truth, start: int, stop: int, *, order: Sequence[int] | None = None) -> list[dict[str, str]]:
    """The rows of the days ``start`` to ``stop`` (not included), the lines in the given order."""
    first = truth.first + timedelta(days=start)
    last = truth.first + timedelta(days=stop - 1)
    lines = truth.lines(start, stop)
    lines = [lines[at] for at in order] if order is not None else lines
    return [
        _mark(truth, first, "期初余额", truth.balance(start)),
        *(_line(truth, day, moved) for day, moved in lines),
        _mark(truth, last, "期末余额", truth.balance(stop)),
    ]


def _mark(truth: Truth, day: date, word: str, balance: int) -> dict[str, str]:
    return {Column.ACCOUNT: truth.number, Column.DAY: f"{day:%Y%m%d}", Column.MEMO: word, Column.BALANCE: yuan(balance)}


def _line(truth: Truth, day: date, moved: Moved) -> dict[str, str]:
    side = Column.INCOME if moved.fen > 0 else Column.OUTGO
    return {
        Column.ACCOUNT: truth.number,
        Column.DAY: f"{day:%Y-%m-%d}",
        Column.SERIAL: moved.serial,
        Column.MEMO: moved.memo,
        side: yuan(abs(moved.fen)),
        Column.NAME: moved.name,
        Column.NUMBER: "6228480402564890018",
    }


def text(all_rows: Sequence[Mapping[str, str]], *, encoding: str = "utf-8-sig", above: Sequence[str] = ()) -> bytes:
    """A CSV file: what stands above the headings, the headings, the rows."""
    out = io.StringIO()
    writer = csv.writer(out)
    for line in above:
        writer.writerow([line])
    writer.writerow(HEADINGS.values())
    for row in all_rows:
        writer.writerow([row.get(column, "") for column in HEADINGS])
    return out.getvalue().encode(encoding)
