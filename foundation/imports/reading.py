"""From bytes to sheets of cells. What a file is, its bytes decide, never its name.

Row numbers are those that a spreadsheet program shows: the first row of a sheet is 1, blank rows count.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .faults import FileRefused
from .packages import check_package

Cell = str | int | float | bool | date | datetime | time | timedelta

MAX_BYTES = 50 * 2**20
MAX_ROWS = 300_000
MAX_CELL = 20_000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class RawSheet:
    """The cells of one sheet, row by row; ``name`` is None for a text file."""

    name: str | None
    rows: list[list[Cell]]


@dataclass(frozen=True)
class RawFile:
    encoding: str
    sheets: list[RawSheet]


def read_file(content: bytes) -> RawFile:
    """The sheets of a CSV or XLSX file. Raises FileRefused in words that a clerk understands."""
    if not content.strip():
        raise FileRefused("文件是空的，没有任何内容。", code="empty_file")
    if len(content) > MAX_BYTES:
        raise FileRefused(f"文件超过{MAX_BYTES // 2**20}MB，请拆分成几个文件分别导入。", code="too_large")
    if content.startswith(OLE):
        raise _refused_ole(content)
    if content.startswith(b"PK\x03\x04"):
        return _read_workbook(content)
    return _read_text(content)


def _refused_ole(content: bytes) -> FileRefused:
    if ENCRYPTED in content:
        return FileRefused("文件设了打开密码，请在 Excel 或 WPS 中取消密码后再上传。", code="encrypted")
    return FileRefused(
        "这是旧版 .xls 或其他 Office 文件，请在 Excel 或 WPS 中另存为 .xlsx 后再上传。", code="unsupported_format"
    )


def _read_workbook(content: bytes) -> RawFile:
    check_package(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        sheets = [RawSheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in shown]
    except CalamineError as error:
        raise FileRefused("表格文件已损坏，无法读取。请重新导出或另存后再上传。", code="corrupt") from error
    return RawFile("xlsx", _sized(sheets))


def _read_text(content: bytes) -> RawFile:
    encoding, text = _decoded(content)
    head = text.lstrip()[:200].lower()
    if head.startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise FileRefused("这是网页或XML文件，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。", code="unsupported_format")
    if head.startswith(("%pdf", "{\\rtf")):
        raise FileRefused("这是文档文件，不是表格。请上传 .xlsx 或 .csv 文件。", code="unsupported_format")
    if not head:
        raise FileRefused("文件是空的，没有任何内容。", code="empty_file")
    csv.field_size_limit(MAX_CELL * 10)
    try:
        rows: list[list[Cell]] = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise FileRefused("文件里有超长或不完整的单元格，无法读取。请检查引号是否成对。", code="corrupt") from error
    return RawFile(encoding, _sized([RawSheet(None, rows)]))


def _decoded(content: bytes) -> tuple[str, str]:
    """UTF-16 by its mark, then UTF-8, then GB18030, and nothing else: guessers take short GBK files for Big5."""
    if content.startswith(UTF16):
        attempts = ("utf-16",)
    elif b"\x00" in content:
        raise FileRefused("这不是表格文件。请上传 .xlsx 或 .csv 文件。", code="unsupported_format")
    else:
        attempts = ("utf-8-sig", "gb18030")
    for encoding in attempts:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _name_of(encoding, content), text
    raise FileRefused(
        "文件的文字编码无法识别，可能不是文本表格或已损坏。请用 Excel 或 WPS 另存为 .xlsx 再上传。", code="undecodable"
    )


def _name_of(encoding: str, content: bytes) -> str:
    if encoding == "utf-8-sig" and not content.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    return encoding


def _delimiter(text: str) -> str:
    """The separator that the most of the first lines agree on."""
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    return max((",", "\t", ";"), key=lambda mark: (sum(mark in line for line in lines), text[:20_000].count(mark)))


def _sized(sheets: list[RawSheet]) -> list[RawSheet]:
    if sum(len(sheet.rows) for sheet in sheets) > MAX_ROWS:
        raise FileRefused(f"表格超过{MAX_ROWS}行，请拆分成几个文件分别导入。", code="too_large")
    return sheets
