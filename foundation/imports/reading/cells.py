"""What reading gives: sheets of rows of cells, as a spreadsheet program would show and number them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ..faults import FileRefused


class CellError(str):
    """What stands in a cell whose formula failed (#REF!, #N/A …): never a value."""

    __slots__ = ()


Cell = str | int | float | bool | date | datetime | time | timedelta
Merged = tuple[int, int, int, int]  # zero-based and inclusive: first row, first column, last row, last column

MAX_BYTES = 100 * 2**20  # 300,000 rows of a wide UTF-8 table
MAX_ROWS = 300_000
MAX_COLUMNS = 1000
MAX_MERGED = 100_000

#: A formula that the program which wrote the file never calculated; there is nothing to import.
UNCALCULATED = "#公式没有结果"

ERRORS = frozenset(
    [
        *("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"),
        *("#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA"),
        UNCALCULATED,
    ]
)


@dataclass(frozen=True)
class RawSheet:
    """One sheet. ``rows()`` starts anew at each call; its first row is the spreadsheet's row 1, blank rows count.

    ``name`` is None for text and web pages; ``rows_hint`` is the number of rows, or a little more.
    """

    name: str | None
    hidden: bool
    rows_hint: int
    merged: Sequence[Merged]
    rows: Callable[[], Iterator[list[Cell]]]


@dataclass(frozen=True)
class RawFile:
    """A file that can be read. ``encoding`` is that of a text, or the kind of workbook."""

    encoding: str
    sheets: list[RawSheet]


def with_errors(rows: Iterable[list[Cell]]) -> Iterator[list[Cell]]:
    """The same rows, with the texts that spreadsheets show for failed formulas marked as such."""
    harmless = ERRORS.isdisjoint
    for row in rows:
        yield row if harmless(row) else [CellError(cell) if cell in ERRORS else cell for cell in row]


def too_many_rows(where: str = "表格") -> FileRefused:
    return FileRefused(f"{where}超过{MAX_ROWS}行。请删去末尾多余的空行，或拆分成几个文件分别导入。", code="too_large")


def too_wide(where: str = "表格") -> FileRefused:
    return FileRefused(
        f"{where}超过{MAX_COLUMNS}列。请删去右侧多余的列，或把数据复制到新表格后再上传。", code="too_large"
    )


def broken(what: str = "表格文件已损坏或不完整，无法读取") -> FileRefused:
    return FileRefused(f"{what}。请重新导出或另存后再上传。", code="corrupt")


def bomb() -> FileRefused:
    return FileRefused("文件解压后过大，无法读取。请把数据复制到新表格后再上传。", code="too_large")
