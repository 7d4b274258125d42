"""ODS, read tag by tag. Repeated rows and cells are written once in the file; blank repetitions cost nothing here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from lxml import etree

from ..faults import FileRefused
from .cells import MAX_COLUMNS, MAX_ROWS, UNCALCULATED, Cell, Merged, RawFile, broken, too_many_rows, too_wide
from .markup import Stream, forget, local
from .packages import Package
from .scanned import Found, Placed, open_scanned

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TAGS = (
    f"{_STYLE}style",
    f"{_TABLE}table",
    f"{_TABLE}table-row",
)
_ROW = b"<table:table-row"
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_FAILED = re.compile(r"Err:\d{3}|#[A-Z/0!?]+[!?]?")


def open_ods(package: Package) -> RawFile:
    """Raises FileRefused (encrypted, corrupt, too_large, empty_file)."""
    if "meta-inf/manifest.xml" in package and b"encryption-data" in package.whole("meta-inf/manifest.xml"):
        raise FileRefused("文件设了打开密码，请取消密码后再上传。", code="encrypted")
    if "content.xml" not in package:
        raise broken()

    rows, rest = 0, b""
    for chunk in package.chunks("content.xml"):
        rows += (rest + chunk).count(_ROW)
        rest = chunk[1 - len(_ROW) :]
    if rows > MAX_ROWS:
        raise too_many_rows()

    def scan(found: list[Found]) -> Iterator[Placed]:
        return _scanned(package, found)

    return open_scanned("ods", scan)


def _scanned(package: Package, found: list[Found]) -> Iterator[Placed]:
    unseen: set[str] = set()
    row, depth = 0, 0
    for event, element in Stream(package.chunks("content.xml"), _TAGS).events():
        if element.tag == f"{_STYLE}style":
            if event == "end" and any(each.get(f"{_TABLE}display") == "false" for each in element):
                unseen.add(element.get(f"{_STYLE}name") or "")
        elif element.tag == f"{_TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                name = element.get(f"{_TABLE}name") or ""
                found.append(Found(name, hidden=element.get(f"{_TABLE}style-name") in unseen))
                row = 0
        elif event == "end" and depth == 1:
            repeated = _number(element, "number-rows-repeated")
            cells, merged = _cells(element, row)
            forget(element)
            if cells:
                if row + repeated > MAX_ROWS:
                    raise too_many_rows()
                yield Placed(len(found) - 1, row, cells, merged, repeated)
            row += repeated


def _number(element: etree._Element, name: str) -> int:
    """A count that an attribute gives; at least one."""
    written = element.get(f"{_TABLE}{name}") or "1"
    if not written.isdecimal() or len(written) > 9:
        raise broken()
    return max(int(written), 1)


def _cells(row: etree._Element, number: int) -> tuple[list[Cell], list[Merged]]:
    """The cells of a row up to the last one that is filled, and the ranges that begin in it."""
    cells: list[Cell] = []
    merged: list[Merged] = []
    column = 0
    for element in row:
        if local(element) not in {"table-cell", "covered-table-cell"}:
            continue
        value = _value(element)
        repeated = _number(element, "number-columns-repeated")
        if value != "":
            if column + repeated > MAX_COLUMNS:
                raise too_wide()
            cells += [""] * (column - len(cells)) + [value] * repeated
        down, across = _number(element, "number-rows-spanned"), _number(element, "number-columns-spanned")
        if (down > 1 or across > 1) and len(merged) < MAX_COLUMNS:
            merged.append((number, column, number + down - 1, column + across - 1))
        column += repeated
    return cells, merged


def _value(element: etree._Element) -> Cell:
    kind = element.get(f"{_OFFICE}value-type")
    text = _text(element)
    if kind is None:
        return UNCALCULATED if element.get(f"{_TABLE}formula") and not text else text
    if _FAILED.fullmatch(text) and element.get(f"{_TABLE}formula"):
        return text if text.startswith("#") else "#VALUE!"
    try:
        return _typed(element, kind, text)
    except (ValueError, OverflowError):
        return text


def _typed(element: etree._Element, kind: str, text: str) -> Cell:
    if kind in {"float", "percentage", "currency"}:
        return float(element.get(f"{_OFFICE}value") or "")
    if kind == "boolean":
        return element.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        written = element.get(f"{_OFFICE}date-value") or ""
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    if kind == "time":
        return _time(element.get(f"{_OFFICE}time-value") or "")
    return text or (element.get(f"{_OFFICE}string-value") or "")


def _time(written: str) -> time | timedelta:
    """``PT09H30M00S`` is a time of day, longer ones and negative ones are durations."""
    match = _DURATION.fullmatch(written)
    if not match:
        raise ValueError(written)
    sign, days, *rest = match.groups()
    hours, minutes, seconds = map(int, rest)
    lasting = timedelta(days=int(days or 0), hours=hours, minutes=minutes, seconds=seconds)
    if sign or lasting >= timedelta(days=1):
        return -lasting if sign else lasting
    return time(hours, minutes, seconds)


def _text(element: etree._Element) -> str:
    """The paragraphs of a cell, without its comments and drawings."""
    return "\n".join(_inline(each) for each in element if each.tag == f"{_TEXT}p")


def _inline(element: etree._Element) -> str:
    parts = [element.text or ""]
    for each in element:
        name = local(each)
        if name == "s":
            count = each.get(f"{_TEXT}c") or "1"
            parts.append(" " * (min(int(count), 1000) if count.isdecimal() and len(count) < 5 else 1))
        elif name == "tab":
            parts.append("\t")
        elif name == "line-break":
            parts.append("\n")
        elif name in {"span", "a", "p"}:
            parts.append(_inline(each))
        parts.append(each.tail or "")
    return "".join(parts)
