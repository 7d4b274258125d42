"""From bytes to sheets of cells. What a file is, its bytes decide, never its name.

Row numbers are those that a spreadsheet program shows: the first row of a sheet is 1, blank rows count.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
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
from .kinds import OLE, ZIP, refuse_foreign, refused_package
from .packages import open_package
from .text import decoded, open_text
from .xlsx import open_xlsx

__all__ = [
    "ERRORS",
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "UNCALCULATED",
    "Cell",
    "CellError",
    "EagerFile",
    "EagerSheet",
    "Merged",
    "RawFile",
    "RawSheet",
    "open_file",
    "read_file",
]


def open_file(file: BinaryIO) -> RawFile:
    """The sheets of a spreadsheet, a text table or a web page with tables, read as they are asked for.

    ``file`` must be seekable and stay open while rows are read. Raises FileRefused in words that a clerk understands:
    empty_file, too_large, unsupported_format, corrupt, encrypted, not_text, undecodable.
    """
    size = file.seek(0, io.SEEK_END)
    if size > MAX_BYTES:
        raise FileRefused(f"文件超过{MAX_BYTES // 2**20}MB，请拆分成几个文件分别导入。", code="too_large")
    file.seek(0)
    head = file.read(8)
    if not head:
        raise FileRefused("文件是空的，没有任何内容。", code="empty_file")
    if head.startswith(ZIP):
        return _open_zip(file)
    if head.startswith(OLE):
        file.seek(0)
        if "EncryptedPackage".encode("utf-16-le") in file.read():
            raise FileRefused("文件设了打开密码，请在 Excel 或 WPS 中取消密码后再上传。", code="encrypted")
        raise FileRefused(
            "这是旧版 .xls 或其他 Office 文件，请在 Excel 或 WPS 中另存为 .xlsx 后再上传。", code="unsupported_format"
        )
    refuse_foreign(file)
    text = decoded(file)
    if text.head.lstrip("\ufeff \t\r\n").lower().startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise FileRefused("这是网页或XML文件，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。", code="unsupported_format")
    return open_text(text)


def _open_zip(file: BinaryIO) -> RawFile:
    package = open_package(file)
    if package.locked:
        raise FileRefused("文件设了密码，请取消密码后再上传。", code="encrypted")
    if "xl/workbook.xml" in package or ("[content_types].xml" in package and "xl/styles.xml" in package):
        package.refuse_bombs()
        return open_xlsx(package)
    raise refused_package(package)


@dataclass(frozen=True)
class EagerSheet:
    name: str | None
    rows: list[list[Cell]]


@dataclass(frozen=True)
class EagerFile:
    encoding: str
    sheets: list[EagerSheet]


def read_file(content: bytes) -> EagerFile:
    """The visible sheets with all their rows at once; ``open_file`` is for everything new."""
    raw = open_file(io.BytesIO(content))
    return EagerFile(
        raw.encoding, [EagerSheet(sheet.name, list(sheet.rows())) for sheet in raw.sheets if not sheet.hidden]
    )
