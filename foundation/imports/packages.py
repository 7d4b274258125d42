"""Is this ZIP a workbook, whole, and of a size that may be opened? Asked before any spreadsheet reader sees it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from .faults import FileRefused

MAX_UNZIPPED = 400 * 2**20
MAX_RATIO = 200
RATIO_MATTERS_FROM = 20 * 2**20
MAX_GRID = 8_000_000  # cells of the rectangle that a reader has to lay out, blank ones included
CHUNK = 2**20

_PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,9})"')
_BOMB = "文件解压后过大或单元格散得太开，无法读取。请把数据复制到新表格后再上传。"


def check_package(content: bytes) -> None:
    """Raise FileRefused unless the bytes are an XLSX of bearable size whose parts are whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_sizes(package)
            _check_parts(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise FileRefused("表格文件已损坏或不完整，请重新导出或另存后再上传。", code="corrupt") from error


def _check_sizes(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused("文件设了密码，请取消密码后再上传。", code="encrypted")
    if "xl/workbook.xml" not in package.namelist():
        raise FileRefused("这不是 Excel 表格(.xlsx)。请上传 .xlsx 或 .csv 文件。", code="unsupported_format")
    unzipped = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if unzipped > MAX_UNZIPPED or (unzipped > RATIO_MATTERS_FROM and unzipped > MAX_RATIO * packed):
        raise FileRefused(_BOMB, code="too_large")


def _check_parts(package: zipfile.ZipFile) -> None:
    """Read each part once: a size that lies shows in the checksum, and each sheet's corners are found."""
    for part in package.infolist():
        is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
        columns, last_row, tail = set(), 0, b""
        with package.open(part) as stream:
            while chunk := stream.read(CHUNK):
                if is_sheet:
                    for column, row in _PLACE.findall(tail + chunk):
                        columns.add(column)
                        last_row = max(last_row, int(row))
                    tail = chunk[-32:]
        if columns and last_row * max(map(_column_number, columns)) > MAX_GRID:
            raise FileRefused(_BOMB, code="too_large")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
