"""A bank's day file read: per account what there was before, each line, and what there was after. Nothing is stored.

A file is believed whole or not at all: before + lines = after for every account, to the fen. Whatever cannot be read is
a reason to send the whole file back, with the row where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from foundation.core.errors import InvalidInput
from foundation.core.money import fen, yuan
from foundation.imports.faults import CellRefused, FileRefused
from foundation.imports.reading import Cell, open_file
from foundation.imports.values.dates import DateWidget

from .enums import AMOUNT_COLUMNS, NEEDED, AmountStyle, Column

#: In how many rows from the top the headings are looked for: banks put names and periods above them.
HEAD_ROWS = 30
#: Files state sums of a day or of some weeks, not of years.
MOST_ROWS = 200_000
_APART = re.compile(r"[\s'‘’-]")
_BLANK = frozenset({"", "-", "--", "—"})


@dataclass(frozen=True)
class Layout:
    """How one bank writes its day files; from ``models.BankProfile``.

    ``headings`` says which heading a column has; ``first`` and ``last`` are the words of 摘要 in the rows that state
    what there was before and after; ``income`` and ``outgo`` the words of the direction.
    """

    headings: Mapping[str, str]
    style: AmountStyle
    first: str
    last: str
    income: str = ""
    outgo: str = ""


@dataclass(frozen=True)
class Line:
    """One movement. ``fen`` is positive for money that came in; ``serial`` is the bank's own number, or nothing."""

    row: int
    day: date
    fen: int
    serial: str
    memo: str
    name: str
    number: str


@dataclass
class Statement:
    """One account's part of a file: from the first to the last day that it speaks of."""

    number: str
    opened_on: date
    opening_fen: int
    closed_on: date | None = None
    closing_fen: int = 0
    lines: list[Line] = field(default_factory=list)

    def days(self) -> dict[date, list[Line]]:
        """Its lines by day, as they stand in the file."""
        by_day: dict[date, list[Line]] = {}
        for line in self.lines:
            by_day.setdefault(line.day, []).append(line)
        return by_day


class FileFault(FileRefused):
    """Why the whole file is sent back: said in words that the bank's clerk can act on."""


def read_statements(file: BinaryIO, layout: Layout) -> list[Statement]:
    """Every account's part, in the order in which they begin. Raises FileRefused with the row at fault."""
    raw = open_file(file)
    if len(raw.sheets) != 1:
        raise FileFault(f"文件有{len(raw.sheets)}张工作表，对账文件只能有一张。", code="many_sheets")
    rows = enumerate(raw.sheets[0].rows(), start=1)
    places = _places(rows, layout)
    found: dict[str, Statement] = {}
    for number, cells in rows:
        if number > MOST_ROWS:
            raise FileFault(f"文件超过{MOST_ROWS}行，请按日分开报送。", code="too_large")
        row = {column: _text(cells[at]) if at < len(cells) else "" for column, at in places.items()}
        if any(row.values()):
            _take(found, _Row(number, row, cells, places), layout)
    if not found:
        raise FileFault("文件里没有任何账户的期初余额行，无法核对。", code="no_account")
    for statement in found.values():
        _prove(statement, layout)
    return list(found.values())


def _places(rows: Iterator[tuple[int, list[Cell]]], layout: Layout) -> dict[str, int]:
    """Where each column stands; reads up to the row of headings and leaves the iterator behind it."""
    needed = NEEDED | AMOUNT_COLUMNS[layout.style]
    for number, cells in rows:
        texts = [_text(cell) for cell in cells]
        places = {column: texts.index(head) for column, head in layout.headings.items() if head in texts}
        if needed <= places.keys():
            twice = [head for head in layout.headings.values() if texts.count(head) > 1]
            if twice:
                raise FileFault(f"第{number}行的列名“{twice[0]}”出现了两次。", code="heading_twice")
            return places
        if number >= HEAD_ROWS:
            break
    heads = "、".join(layout.headings[column] for column in sorted(needed))
    raise FileFault(f"前{HEAD_ROWS}行里没有找到列名行。需要的列：{heads}。", code="no_headings")


@dataclass(frozen=True)
class _Row:
    number: int
    texts: Mapping[str, str]
    cells: list[Cell]
    places: Mapping[str, int]

    def text(self, column: Column) -> str:
        return self.texts.get(column, "")

    def day(self) -> date | None:
        """The day, or nothing where the cell is empty."""
        if not self.text(Column.DAY):
            return None
        cell = self.cells[self.places[Column.DAY]]
        doubts: list[str] = []
        try:
            day = DateWidget().clean(cell, warn=lambda code, *_: doubts.append(code))
        except CellRefused as error:
            raise self.fault(f"日期“{self.text(Column.DAY)}”无法识别。", "day") from error
        if day is None or set(doubts) - {"normalized"}:
            raise self.fault(f"日期“{self.text(Column.DAY)}”写得不明确，请写成2026-11-29的样子。", "day")
        return date.fromisoformat(day)

    def amount(self, column: Column) -> int | None:
        """Fen, or nothing where the cell is empty; whole fen only."""
        text = self.text(column)
        if text in _BLANK:
            return None
        try:
            return fen(text)
        except InvalidInput as error:
            raise self.fault(error.message, "amount") from error

    def fault(self, sentence: str, code: str) -> FileFault:
        return FileFault(f"第{self.number}行：{sentence}", code=code)


def _take(found: dict[str, Statement], row: _Row, layout: Layout) -> None:
    number, memo = _APART.sub("", row.text(Column.ACCOUNT)), row.text(Column.MEMO)
    if not number:
        raise row.fault("没有本方账号。", "account")
    statement = found.get(number)
    if memo == layout.first:
        if statement is not None:
            raise row.fault("同一账户出现了两个期初余额。", "opening_twice")
        found[number] = Statement(number, _needed_day(row), _needed_balance(row))
    elif statement is None:
        raise row.fault("该账户的期初余额行不在它的明细之前。", "no_opening")
    elif memo == layout.last:
        if statement.closed_on is not None:
            raise row.fault("同一账户出现了两个期末余额。", "closing_twice")
        statement.closed_on, statement.closing_fen = _needed_day(row), _needed_balance(row)
    else:
        statement.lines.append(_line(row, layout))


def _needed_day(row: _Row) -> date:
    day = row.day()
    if day is None:
        raise row.fault("没有填写日期。", "day")
    return day


def _needed_balance(row: _Row) -> int:
    amount = row.amount(Column.BALANCE)
    if amount is None:
        raise row.fault("没有填写余额。", "balance")
    return amount


def _line(row: _Row, layout: Layout) -> Line:
    texts = (row.text(column) for column in (Column.SERIAL, Column.MEMO, Column.NAME, Column.NUMBER))
    return Line(row.number, _needed_day(row), _moved(row, layout), *texts)


def _moved(row: _Row, layout: Layout) -> int:
    """What came in, or went out as a negative number; never nothing."""
    if layout.style == AmountStyle.TWO_COLUMNS:
        income, outgo = row.amount(Column.INCOME) or 0, row.amount(Column.OUTGO) or 0
        if bool(income) == bool(outgo) or min(income, outgo) < 0:
            raise row.fault("收入和支出应当只填一个，且大于零。", "amount")
        return income - outgo
    amount = row.amount(Column.AMOUNT)
    if not amount:
        raise row.fault("没有填写金额，或金额为零。", "amount")
    if layout.style == AmountStyle.SIGNED:
        return amount
    word = row.text(Column.DIRECTION)
    if amount < 0 or word not in (layout.income, layout.outgo):
        raise row.fault(f"收支方向应为“{layout.income}”或“{layout.outgo}”，金额应大于零。", "direction")
    return amount if word == layout.income else -amount


def _prove(statement: Statement, layout: Layout) -> None:
    """Before + lines = after; no day outside; no number of the bank twice."""
    tail = statement.number[-4:]
    if statement.closed_on is None:
        raise FileFault(f"账户尾号{tail}没有“{layout.last}”行，文件可能不完整。", code="no_closing")
    if statement.closed_on < statement.opened_on:
        raise FileFault(f"账户尾号{tail}的期末日期早于期初日期。", code="days")
    for line in statement.lines:
        if not statement.opened_on <= line.day <= statement.closed_on:
            raise FileFault(f"第{line.row}行：日期{line.day}不在该账户的对账期间内。", code="days")
    moved = sum(line.fen for line in statement.lines)
    expected = statement.opening_fen + moved
    if expected != statement.closing_fen:
        raise FileFault(
            f"账户尾号{tail}：期初余额{yuan(statement.opening_fen)}元，加上明细合计{yuan(moved)}元，"
            f"应为{yuan(expected)}元，文件写的期末余额是{yuan(statement.closing_fen)}元，整份退回。",
            code="not_balanced",
        )
    serials = [line.serial for line in statement.lines if line.serial]
    if len(set(serials)) < len(serials):
        twice = next(serial for serial in serials if serials.count(serial) > 1)
        raise FileFault(f"账户尾号{tail}：流水号{twice}出现了两次。", code="serial_twice")


def _text(cell: Cell) -> str:
    """A cell as it is compared: letters and digits of one width, no blanks around, whole numbers without ``.0``."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{Decimal(str(cell)).normalize():f}"
    return unicodedata.normalize("NFKC", str(cell)).strip()
