"""A worksheet's XML, cut between rows: each slice is a small worksheet of its own, of bounded size in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..faults import FileRefused
from .cells import MAX_COLUMNS, MAX_MERGED, MAX_ROWS, UNCALCULATED, Merged, bomb, broken

SLICE = 2**20
MAX_GRID = 1_000_000  # cells of the rectangle that calamine lays out for a slice, blank ones included
MAX_ROW = 8 * 2**20
OVERLAP = 256

_START = re.compile(rb"<((?:\w+:)?)sheetData\s*(/?)>")
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROW_END = re.compile(rb"</(?:\w+:)?row\s*>")
_PLACES = re.compile(rb'<c r="([A-Z]+)(\d+)"')
_ROWS = re.compile(rb'<row r="(\d+)"')
_BLANK_CELL = re.compile(rb"<c\b[^<>]*(?:/>|(?<!/)>\s*</c\s*>)")
_ERROR_CELL = re.compile(rb"""(<c\b[^<>]*?\st\s*=\s*)(?:"e"|'e')""")
_UNCALCULATED = re.compile(
    rb"<c\b([^<>]*)>\s*<f\b[^<>]*(?:(?<=/)>|>[^<]*</f\s*>)\s*(?:<v\s*/>|<v\s*>\s*</v\s*>)?\s*</c\s*>"
)
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w*)["']""")
_TAG = re.compile(rb"<(row|c)\b([^<>]*?)(/?)>")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d*)["']""")
_MERGE = re.compile(rb"""mergeCell\b[^<>]*?ref\s*=\s*["']([A-Za-z]+)(\d+):([A-Za-z]+)(\d+)["']""")
_WRAP = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@dataclass(frozen=True)
class Slice:
    """Rows ``first`` to ``last`` (as a spreadsheet counts), ``width`` columns; ``xml`` is dropped once it is stored."""

    first: int
    last: int
    width: int
    number: int = 0
    xml: bytes = b""


class Merges:
    """The merged ranges of a sheet."""

    def __init__(self) -> None:
        self._found: set[Merged] = set()

    def collect(self, xml: bytes) -> None:
        for left, top, right, bottom in _MERGE.findall(xml):
            self._found.add((int(top) - 1, column_number(left) - 1, int(bottom) - 1, column_number(right) - 1))
            if len(self._found) > MAX_MERGED:
                raise bomb()

    def within(self, rows: int, columns: int) -> list[Merged]:
        """The ranges cut to where there are cells: titles are often merged up to the last column of the sheet."""
        cut = [
            (top, left, min(bottom, rows - 1), min(right, max(columns, left + 1) - 1))
            for top, left, bottom, right in self._found
            if top < rows
        ]
        return sorted(each for each in cut if each[:2] != each[2:])


class Slicer:
    """Cuts the bytes of one worksheet, and puts right what calamine would lose."""

    def __init__(self, chunks: Iterator[bytes], merges: Merges, name: str) -> None:
        self._chunks, self._merges, self._name = chunks, merges, name
        self._prefix = b""
        self._row = 0

    def slices(self) -> Iterator[Slice]:
        """Raises FileRefused (corrupt, too_large)."""
        rest = self._heading()
        if rest is None:
            return
        end = b"</" + self._prefix + b"sheetData"
        while (at := rest.find(end)) < 0:
            cut = _last_row_end(rest) if len(rest) >= SLICE else 0
            if cut:
                yield from self._cut(rest[:cut])
                rest = rest[cut:]
            elif len(rest) > MAX_ROW:
                raise bomb()
            chunk = next(self._chunks, None)
            if chunk is None:
                raise broken()
            rest += chunk
        yield from self._cut(rest[:at])
        self._tail(rest[at:])

    def _heading(self) -> bytes | None:
        """What follows <sheetData>; None for a sheet without rows."""
        head = b""
        for chunk in self._chunks:
            head += chunk
            start = _START.search(head)
            if _FORBIDDEN.search(head[: start.start() if start else None]):
                raise broken("表格文件里有不该有的内容(DTD)，无法读取")
            if start:
                self._prefix = start[1]
                if not start[2]:
                    return head[start.end() :]
                self._tail(head[start.end() :])
                return None
            if len(head) > MAX_ROW:
                break
        raise broken()

    def _tail(self, rest: bytes) -> None:
        self._merges.collect(rest)
        for chunk in self._chunks:
            rest = rest[-OVERLAP:] + chunk
            self._merges.collect(rest)

    def _cut(self, xml: bytes) -> Iterator[Slice]:
        if self._prefix:
            xml = xml.replace(b"<" + self._prefix, b"<").replace(b"</" + self._prefix, b"</")
        xml, places = self._placed(xml)
        bounds = _bounds(places)
        if not _bearable(bounds):
            xml = _BLANK_CELL.sub(b"", xml)  # formatted, but nothing in it
            places = _PLACES.findall(xml)
            bounds = _bounds(places)
        if bounds is None:
            return
        first, last, width = bounds
        if last > MAX_ROWS or width > MAX_COLUMNS:
            raise self._far_out(places)
        if _bearable(bounds):
            yield Slice(first, last, width, xml=_WRAP % _mended(xml))
            return
        half = _last_row_end(xml[: len(xml) // 2]) or _first_row_end(xml)
        if half >= len(xml):
            raise broken()
        yield from self._cut(xml[:half])
        yield from self._cut(xml[half:])

    def _placed(self, xml: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
        """The places of all cells; where a program left them out or wrote them otherwise, they are put in."""
        places, rows = _PLACES.findall(xml), _ROWS.findall(xml)
        if xml.count(b"<c") != len(places) or xml.count(b"<row") != len(rows):
            xml = _TAG.sub(_Numbering(self._row).place, xml)
            places, rows = _PLACES.findall(xml), _ROWS.findall(xml)
        if rows:
            self._row = int(rows[-1])
        return xml, places

    def _far_out(self, places: list[tuple[bytes, bytes]]) -> FileRefused:
        letters, row = max(places, key=lambda place: (int(place[1]) > MAX_ROWS, column_number(place[0])))
        return FileRefused(
            f"工作表“{self._name}”的单元格{letters.decode()}{int(row)}处还有内容，超出了{MAX_ROWS}行、{MAX_COLUMNS}列。"
            "请删去多余的行和列，或把数据复制到新表格后再上传。",
            code="too_large",
        )


def _mended(xml: bytes) -> bytes:
    if b'"e"' in xml or b"'e'" in xml:
        xml = _ERROR_CELL.sub(rb'\1"str"', xml)
    if b"<f" in xml:
        xml = _UNCALCULATED.sub(_uncalculated, xml)
    return xml


class _Numbering:
    """Places of rows and cells as the standard counts them when they are not written."""

    def __init__(self, row: int) -> None:
        self._row, self._column = row, 0

    def place(self, tag: re.Match[bytes]) -> bytes:
        name, attributes, end = tag.groups()
        written = _PLACE.search(attributes)
        if name == b"row":
            self._row = int(written[2]) if written and written[2] else self._row + 1
            self._column = 0
            place = b"%d" % self._row
        else:
            self._column = column_number(written[1]) if written and written[1] else self._column + 1
            place = column_letters(self._column) + b"%d" % (
                int(written[2]) if written and written[2] else max(self._row, 1)
            )
        return b'<%s r="%s" %s%s>' % (name, place, _PLACE.sub(b"", attributes), end)


def _uncalculated(cell: re.Match[bytes]) -> bytes:
    """A formula without a result says so; an empty text is a result."""
    kind = _TYPE.search(cell[1])
    if kind and kind[1] == b"str":
        return cell[0]
    return b'<c%s t="str"><v>%s</v></c>' % (_TYPE.sub(b"", cell[1]), UNCALCULATED.encode())


def _bounds(places: list[tuple[bytes, bytes]]) -> tuple[int, int, int] | None:
    """First row, last row, number of columns."""
    if not places:
        return None
    letters, digits = zip(*places, strict=True)
    rows = [int(each) for each in set(digits)]
    return min(rows), max(rows), max(map(column_number, set(letters)))


def _bearable(bounds: tuple[int, int, int] | None) -> bool:
    if bounds is None:
        return True
    first, last, width = bounds
    return last <= MAX_ROWS and width <= MAX_COLUMNS and (last - first + 1) * width <= MAX_GRID


def _last_row_end(xml: bytes) -> int:
    """Just behind the last row that is complete, 0 when there is none."""
    at = xml.rfind(b"row>")
    while at >= 0:
        end = _ROW_END.match(xml, xml.rfind(b"<", 0, at))
        if end:
            return end.end()
        at = xml.rfind(b"row>", 0, at)
    return 0


def _first_row_end(xml: bytes) -> int:
    end = _ROW_END.search(xml)
    return end.end() if end else len(xml)


def column_number(letters: bytes) -> int:
    """A is 1, XFD is 16384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> bytes:
    letters = b""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = bytes((65 + rest,)) + letters
    return letters
