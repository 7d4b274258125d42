"""Old .xls and WPS .et. The records are walked through first, then calamine reads them.

The walk finds what calamine does not tell: failed formulas (it gives a blank cell), a password, a stream that ends
too early, and sizes that would make it reserve memory for what is not there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from ..faults import FileRefused
from .cells import MAX_ROWS, UNCALCULATED, Cell, RawFile, RawSheet, bomb, broken, too_many_rows, with_errors
from .compound import Compound
from .kinds import foreign
from .xlsx import calamine_refused

MAX_GRID = 4_000_000  # cells of the rectangle that calamine lays out, blank ones included
MAX_SHEETS = 500

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _SST, _DIMENSIONS = 0x0809, 0x000A, 0x002F, 0x0085, 0x00FC, 0x0200
_FORMULA, _BOOLERR = {0x0006, 0x0206, 0x0406}, 0x0205
_VALUES = {0x0203, 0x027E, 0x00BD, 0x00FD, 0x0204, 0x00D6, _BOOLERR} | _FORMULA
_TEXTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_OTHERS = (
    ("WordDocument", "Word 文档"),
    ("PowerPoint Document", "PowerPoint 文件"),
    ("VisioDocument", "Visio 图"),
    ("__properties_version1.0", "Outlook 邮件"),
    ("HwpSummaryInformation", "HWP 文档"),
    ("Quill", "Publisher 文件"),
)


@dataclass
class _Walked:
    """What the records of one sheet tell."""

    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    last_row: int = -1
    last_column: int = -1

    def saw(self, row: int, column: int) -> None:
        if row > self.last_row:
            self.last_row = row
        if column > self.last_column:
            self.last_column = column


def open_xls(file: BinaryIO) -> RawFile:
    """Raises FileRefused (unsupported_format, encrypted, corrupt, too_large)."""
    walked = _walk(_book_stream(file))
    file.seek(0)
    with calamine_refused():
        try:
            book = CalamineWorkbook.from_filelike(file)
        except PasswordError as error:
            raise _locked() from error
    if len(book.sheets_metadata) != len(walked):
        raise broken()
    sheets = [
        RawSheet(
            about.name,
            about.visible != SheetVisibleEnum.Visible,
            walk.last_row + 1,
            _merged(book, index, walk),
            partial(_rows, book, index, walk),
        )
        for index, (about, walk) in enumerate(zip(book.sheets_metadata, walked, strict=True))
        if about.typ == SheetTypeEnum.WorkSheet
    ]
    if sum(sheet.rows_hint for sheet in sheets if not sheet.hidden) > MAX_ROWS:
        raise too_many_rows()
    return RawFile("xls", sheets)


def _locked() -> FileRefused:
    return FileRefused("文件设了打开密码，请在 Excel 或 WPS 中取消密码后再上传。", code="encrypted")


def _book_stream(file: BinaryIO) -> bytes:
    """The stream of the workbook; what else an Office file may be is refused by its name."""
    try:
        compound = Compound(file)
    except FileRefused:
        if _mentions(file, "EncryptedPackage".encode("utf-16-le")):
            raise _locked() from None
        raise
    if "EncryptedPackage" in compound.names:
        raise _locked()
    for name in ("Workbook", "Book", "WORKBOOK", "BOOK"):
        if name in compound.names:
            return compound.stream(name)
    for name, what in _OTHERS:
        if name in compound.names:
            raise foreign(what)
    raise foreign("其他 Office 文件")


def _mentions(file: BinaryIO, mark: bytes) -> bool:
    file.seek(0)
    rest = b""
    while chunk := file.read(2**20):
        if mark in rest + chunk:
            return True
        rest = chunk[-len(mark) :]
    return False


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """(kind, place of the content, its length) up to the end mark; a missing end mark is corrupt."""
    depth = 0
    end = len(stream)
    read = struct.Struct("<HH").unpack_from
    while place + 4 <= end:
        kind, length = read(stream, place)
        place += 4
        if place + length > end:
            raise broken()
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        yield kind, place, length
        place += length
    raise broken()


def _walk(stream: bytes) -> list[_Walked]:
    """Walk through all sheets in the order in which the workbook lists them."""
    if len(stream) < 8 or struct.unpack_from("<H", stream)[0] != _BOF:
        raise broken()
    places = []
    for kind, place, length in _records(stream, 0):
        if kind == _FILEPASS:
            raise _locked()
        if kind == _BOUNDSHEET and length >= 7:
            places.append(struct.unpack_from("<I", stream, place)[0])
        elif kind == _SST and length >= 8 and struct.unpack_from("<I", stream, place + 4)[0] * 3 > len(stream):
            raise broken()
    if not places or len(places) > MAX_SHEETS or len(set(places)) != len(places):
        raise broken("表格文件里找不到工作表")
    return [_walk_sheet(stream, place) for place in places]


def _walk_sheet(stream: bytes, start: int) -> _Walked:
    walked = _Walked()
    for kind, place, length in _records(stream, start):
        if kind in _VALUES and length >= 6:
            row, column = struct.unpack_from("<HH", stream, place)
            walked.saw(row, column if kind != 0x00BD else column + max((length - 6) // 6 - 1, 0))
            failed = _failed(stream, kind, place, length)
            if failed:
                walked.errors.setdefault(row, {})[column] = failed
        elif kind == _DIMENSIONS and length >= 12:
            first, last, left, right = struct.unpack_from("<IIHH", stream, place)
            if last > 65536 or right > 256 or first > last or left > right:
                raise broken()
    if (walked.last_row + 1) * (walked.last_column + 1) > MAX_GRID:
        raise bomb()
    return walked


def _failed(stream: bytes, kind: int, place: int, length: int) -> str:
    """The text of a failed formula, or that it was never calculated; "" for a value."""
    if kind == _BOOLERR:
        return _TEXTS.get(stream[place + 6], "#VALUE!") if length >= 8 and stream[place + 7] else ""
    if kind not in _FORMULA or length < 16:
        return ""
    result = stream[place + 6 : place + 14]
    if result[6:] == b"\xff\xff":
        return _TEXTS.get(result[2], "#VALUE!") if result[0] == 2 else ""
    on_load = stream[place + 14] & 2
    return UNCALCULATED if on_load and not any(result) else ""


def _merged(book: CalamineWorkbook, index: int, walk: _Walked) -> list[tuple[int, int, int, int]]:
    with calamine_refused():
        found = book.get_sheet_by_index(index).merged_cell_ranges or []
    return sorted(
        (top, left, min(bottom, walk.last_row), min(right, max(walk.last_column, left)))
        for (top, left), (bottom, right) in found
        if top <= walk.last_row and (top, left) != (bottom, right)
    )


def _rows(book: CalamineWorkbook, index: int, walk: _Walked) -> Iterator[list[Cell]]:
    with calamine_refused():
        sheet = book.get_sheet_by_index(index)
        left = sheet.start[1] if sheet.start else 0
        rows = sheet.iter_rows()
    return with_errors(_marked(rows, left, walk))


def _marked(rows: Iterator[list[Cell]], left: int, walk: _Walked) -> Iterator[list[Cell]]:
    """The rows with failed formulas at their places."""
    number = -1
    for number, row in enumerate(rows):
        cells = [""] * left + row if left else row
        for column, text in walk.errors.get(number, {}).items():
            cells += [""] * (column + 1 - len(cells))
            cells[column] = text
        yield cells
    for late in range(number + 1, walk.last_row + 1):
        errors = walk.errors.get(late, {})
        yield [errors.get(column, "") for column in range(max(errors) + 1)] if errors else []
