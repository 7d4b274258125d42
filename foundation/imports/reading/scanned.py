"""Sheets found in a stream of tags: one pass to know them, one more each time that the rows are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from ..faults import FileRefused
from .cells import (
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_ROWS,
    Cell,
    Merged,
    RawFile,
    RawSheet,
    bomb,
    too_many_rows,
    too_wide,
    with_errors,
)

MAX_SHEETS = 500


@dataclass
class Found:
    """What a scan knows of a sheet; ``name`` and ``hidden`` may come late."""

    name: str | None
    hidden: bool = False
    merged: list[Merged] = field(default_factory=list)
    last: int = -1
    width: int = 0


@dataclass(frozen=True)
class Placed:
    """A row with something in it: the number of its sheet, its own (zero-based), its cells and merged ranges."""

    sheet: int
    row: int
    cells: list[Cell]
    merged: list[Merged] = field(default_factory=list)
    repeated: int = 1


#: Yields rows in their order and fills the list of sheets on the way.
Scan = Callable[[list[Found]], Iterator[Placed]]


def open_scanned(encoding: str, scan: Scan, *, keep_blank: bool = True) -> RawFile:
    """Raises FileRefused (empty_file, too_large, and what the scan refuses)."""
    found: list[Found] = []
    for placed in scan(found):
        sheet = found[placed.sheet]
        sheet.last = max(sheet.last, placed.row + placed.repeated - 1)
        sheet.width = max(sheet.width, len(placed.cells))
        sheet.merged += placed.merged
        if sheet.last >= MAX_ROWS:
            raise too_many_rows()
        if sheet.width > MAX_COLUMNS:
            raise too_wide()
        if len(sheet.merged) > MAX_MERGED or len(found) > MAX_SHEETS:
            raise bomb()
    if sum(sheet.last + 1 for sheet in found if not sheet.hidden) > MAX_ROWS:
        raise too_many_rows()
    sheets = [
        RawSheet(sheet.name, sheet.hidden, sheet.last + 1, _cut(sheet), partial(_rows, scan, number, sheet.last))
        for number, sheet in enumerate(found)
        if keep_blank or sheet.last >= 0
    ]
    if all(sheet.rows_hint == 0 for sheet in sheets):
        raise FileRefused("文件里没有任何内容。", code="empty_file")
    return RawFile(encoding, sheets)


def _cut(sheet: Found) -> list[Merged]:
    """Merged ranges as far as there are cells."""
    cut = (
        (top, left, min(bottom, max(sheet.last, top)), min(right, max(sheet.width - 1, left)))
        for top, left, bottom, right in sheet.merged
    )
    return sorted(each for each in cut if each[:2] != each[2:])


def _rows(scan: Scan, number: int, last: int) -> Iterator[list[Cell]]:
    return with_errors(_filled(scan, number, last))


def _filled(scan: Scan, number: int, last: int) -> Iterator[list[Cell]]:
    """The rows of one sheet, blank ones between them."""
    next_row = 0
    for placed in scan([]):
        if placed.sheet != number:
            continue
        for _blank in range(next_row, placed.row):
            yield []
        for _same in range(placed.repeated):
            yield list(placed.cells)
        next_row = placed.row + placed.repeated
        if next_row > last:
            return
