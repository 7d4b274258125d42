"""Excel 2003 XML (SpreadsheetML), which many systems write because it is plain text; often named .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from lxml import etree

from ..faults import FileRefused
from .cells import (
    MAX_COLUMNS,
    MAX_ROWS,
    UNCALCULATED,
    Cell,
    CellError,
    Merged,
    RawFile,
    broken,
    too_many_rows,
    too_wide,
)
from .markup import Stream, forget, local
from .scanned import Found, Placed, open_scanned
from .text import Text

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_TAGS = (f"{_SS}Worksheet", f"{_SS}Row", "{urn:schemas-microsoft-com:office:excel}Visible")
_DECLARED = re.compile(r"<\?xml[^>]*\?>")


def open_spreadsheetml(text: Text) -> RawFile:
    """Raises FileRefused (corrupt, too_large, empty_file)."""

    text.refuse_many("<row")

    def scan(found: list[Found]) -> Iterator[Placed]:
        return _scanned(text, found)

    return open_scanned(text.encoding, scan)


def _scanned(text: Text, found: list[Found]) -> Iterator[Placed]:
    row = -1
    for event, element in Stream(_recoded(text), _TAGS).events():
        name = local(element)
        if name == "Worksheet":
            if event == "start":
                found.append(Found(element.get(f"{_SS}Name") or ""))
                row = -1
            else:
                forget(element)
        elif name == "Visible":
            if event == "end" and found:
                found[-1].hidden = (element.text or "").startswith("Sheet")
        elif event == "end" and found:
            row = _place(element, row)
            if row >= MAX_ROWS:
                raise too_many_rows()
            cells, merged = _cells(element, row)
            forget(element)
            if cells:
                yield Placed(len(found) - 1, row, cells, merged)


def _recoded(text: Text) -> Iterator[bytes]:
    """The text as UTF-8; the encoding that it declares may be wrong and is taken out."""
    with text.open() as stream:
        piece = stream.read(65536).lstrip("\ufeff \t\r\n")
        piece = _DECLARED.sub("", piece, count=1)
        while piece:
            yield piece.encode()
            piece = stream.read(65536)


def _place(element: etree._Element, before: int) -> int:
    """Zero-based place of a row or cell: what ss:Index says, else the next one."""
    written = element.get(f"{_SS}Index")
    if written is None:
        return before + 1
    if not written.isdecimal() or len(written) > 8 or int(written) < before + 2:
        raise broken()
    return int(written) - 1


def _span(element: etree._Element, name: str) -> int:
    written = element.get(f"{_SS}{name}") or "0"
    return int(written) if written.isdecimal() and len(written) < 8 else 0


def _cells(row: etree._Element, number: int) -> tuple[list[Cell], list[Merged]]:
    cells: list[Cell] = []
    merged: list[Merged] = []
    column = -1
    for element in row:
        if local(element) != "Cell":
            continue
        column = _place(element, column)
        value = _value(element)
        if column >= MAX_COLUMNS and value != "":
            raise too_wide()
        if value != "":
            cells += [""] * (column - len(cells)) + [value]
        down, across = _span(element, "MergeDown"), _span(element, "MergeAcross")
        if down or across:
            merged.append((number, column, number + down, column + across))
        column += across
    return cells, merged


def _value(cell: etree._Element) -> Cell:
    data = next((each for each in cell if local(each) == "Data"), None)
    if data is None:
        return UNCALCULATED if cell.get(f"{_SS}Formula") else ""
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return _moment(datetime.fromisoformat(text.removesuffix("Z")))
    except ValueError:
        return text
    if kind == "Boolean":
        return text.strip() == "1"
    return CellError(text) if kind == "Error" else text


def _moment(moment: datetime) -> date | datetime | time:
    """A time of day is written as one of the last day of 1899."""
    if moment.year == 1899:
        return moment.time()
    return moment.date() if moment.time() == time(0) else moment


def refused_xml() -> FileRefused:
    return FileRefused(
        "这是 XML 文件，不是表格。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。", code="unsupported_format"
    )
