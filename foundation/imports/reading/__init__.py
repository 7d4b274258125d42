"""From bytes to sheets of cells. What a file is, its bytes decide, never its name.

Row numbers are those that a spreadsheet program shows: the first row of a sheet is 1, blank rows count.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from typing import BinaryIO

from ..faults import FileRefused
from .cells import (
    ERRORS,
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    UNCALCULATED,
    Cell,
    CellError,
    Merged,
    RawFile,
    RawSheet,
)
from .kinds import OLE, ZIP, markup_kind, refuse_foreign, refuse_foreign_text, refused_package
from .opendocument import MIMETYPE, open_ods
from .packages import open_package
from .spreadsheetml import open_spreadsheetml, refused_xml
from .text import Text, decoded, open_text
from .webpages import open_webpage
from .xls import open_xls
from .xlsx import open_xlsx

__all__ = [
    "ERRORS",
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "UNCALCULATED",
    "Cell",
    "CellError",
    "Merged",
    "RawFile",
    "RawSheet",
    "open_file",
]


LONGEST_SHEET_NAME = 60
_CONTROL = re.compile("[\u0000-\u001f\u007f]")


def open_file(file: BinaryIO) -> RawFile:
    """The sheets of a spreadsheet, a text table or a web page with tables, read as they are asked for.

    ``file`` must be seekable and stay open while rows are read. Raises FileRefused in words that a clerk understands:
    empty_file, too_large, unsupported_format, corrupt, encrypted, not_text, undecodable. Damage inside a worksheet
    that only its reading shows is raised by ``rows()``.
    """
    size = file.seek(0, io.SEEK_END)
    if size > MAX_BYTES:
        raise FileRefused(f"文件超过{MAX_BYTES // 2**20}MB，请拆分成几个文件分别导入。", code="too_large")
    raw = _opened(file)
    if not any(sheet.rows_hint for sheet in raw.sheets):
        raise FileRefused("文件是空的，没有任何内容。", code="empty_file")
    return RawFile(raw.encoding, list(_told_apart(raw.sheets)))


def _told_apart(sheets: Iterable[RawSheet]) -> Iterator[RawSheet]:
    """Sheets by names that a row can be found by: not too long, without control characters, no name twice."""
    taken: set[str | None] = {None}
    for sheet in sheets:
        name = own = sheet.name and _CONTROL.sub("", sheet.name)
        if name and len(name) > LONGEST_SHEET_NAME:
            name = own = f"{name[: LONGEST_SHEET_NAME - 1]}…"
        for number in count(2):
            if name not in taken or own is None:
                break
            tail = f"({number})"
            name = own[: LONGEST_SHEET_NAME - len(tail)] + tail
        taken.add(name)
        yield replace(sheet, name=name)


def _opened(file: BinaryIO) -> RawFile:
    file.seek(0)
    head = file.read(8)
    if not head:
        raise FileRefused("文件是空的，没有任何内容。", code="empty_file")
    if head.startswith(ZIP):
        return _open_zip(file)
    if head.startswith(OLE):
        return open_xls(file)
    refuse_foreign(file)
    return _open_text(decoded(file))


def _open_text(text: Text) -> RawFile:
    kind = markup_kind(text.head)
    if kind == "page":
        return open_webpage(text)
    if kind == "spreadsheetml":
        return open_spreadsheetml(text)
    if kind == "xml":
        raise refused_xml()
    refuse_foreign_text(text.head)
    return open_text(text)


def _open_zip(file: BinaryIO) -> RawFile:
    package = open_package(file)
    if package.locked:
        raise FileRefused("文件设了密码，请取消密码后再上传。", code="encrypted")
    if "xl/workbook.xml" in package or ("[content_types].xml" in package and "xl/styles.xml" in package):
        package.refuse_bombs()
        return open_xlsx(package)
    if "mimetype" in package and package.whole("mimetype").strip().startswith(MIMETYPE):
        package.refuse_bombs()
        return open_ods(package)
    raise refused_package(package)
