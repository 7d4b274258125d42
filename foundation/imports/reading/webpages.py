"""Tables of a web page, which many systems send under the name .xls. Every table with text in it is a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ..faults import FileRefused
from .cells import MAX_COLUMNS, Cell, Merged, RawFile, bomb, too_wide
from .markup import Stream, forget
from .scanned import Found, Placed, open_scanned
from .text import Text

MAX_DEPTH = 30  # of tables in tables, and of tags in a cell
_TAGS = ("table", "tr", "td", "th", "br", "p", "div", "body")
_UNSEEN = {"script", "style", "head", "title", "noscript", "template"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SCIENTIFIC = re.compile(r"-?\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_NUMBER = "{urn:schemas-microsoft-com:office:excel}num"


@dataclass
class _Grid:
    """A table while it is read: where the next cell goes, and which columns a cell from above still covers."""

    number: int
    row: int = -1
    cells: list[Cell] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)  # column -> last covered row
    column: int = 0

    def begin_row(self) -> None:
        self.row += 1
        self.cells, self.merged, self.column = [], [], 0

    def put(self, text: str, down: int, across: int) -> None:
        while self.covered.get(self.column, -1) >= self.row:
            self.column += 1
        if self.column + across > MAX_COLUMNS:
            raise too_wide()
        if text:
            self.cells += [""] * (self.column - len(self.cells)) + [text]
        if down > 1 or across > 1:
            self.merged.append((self.row, self.column, self.row + down - 1, self.column + across - 1))
        if down > 1:
            self.covered |= dict.fromkeys(range(self.column, self.column + across), self.row + down - 1)
        self.column += across


def open_webpage(text: Text) -> RawFile:
    """Raises FileRefused (unsupported_format without a table, too_large)."""

    text.refuse_many("<tr")

    def scan(found: list[Found]) -> Iterator[Placed]:
        return _scanned(text, found)

    try:
        return open_scanned(text.encoding, scan, keep_blank=False)
    except FileRefused as refusal:
        if refusal.code != "empty_file":
            raise
        raise FileRefused(
            "这是网页，里面没有表格。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。", code="unsupported_format"
        ) from refusal


def _scanned(text: Text, found: list[Found]) -> Iterator[Placed]:
    open_tables: list[_Grid] = []
    for event, element in Stream(_recoded(text), _TAGS, html=True).events():
        if element.tag == "table":
            if event == "start":
                found.append(Found(None))
                open_tables.append(_Grid(len(found) - 1))
                if len(open_tables) > MAX_DEPTH:
                    raise bomb()
            elif open_tables:
                open_tables.pop()
                forget(element)
        elif not open_tables:
            if event == "end" and element.tag in {"p", "div"}:
                forget(element)
        elif element.tag == "tr":
            grid = open_tables[-1]
            if event == "start":
                grid.begin_row()
            else:
                if grid.cells:
                    yield Placed(grid.number, grid.row, grid.cells, grid.merged)
                forget(element)
        elif event == "end" and element.tag in {"td", "th"}:
            grid = open_tables[-1]
            if grid.row < 0:
                grid.begin_row()
            grid.put(_shown(element), _span(element, "rowspan", 65534), _span(element, "colspan", 1000))


def _recoded(text: Text) -> Iterator[bytes]:
    with text.open() as stream:
        while piece := stream.read(65536):
            yield piece.replace("\0", "").encode()


def _span(element: etree._Element, name: str, most: int) -> int:
    """As browsers read it: too large a number counts as the largest allowed, nonsense as one."""
    written = (element.get(name) or "1").strip()
    if not written.isdecimal() or len(written) > 9:
        return 1
    return min(max(int(written), 1), most)


def _shown(cell: etree._Element) -> str:
    """The text of a cell as a browser shows it; the whole number where Excel shows only 9.1350E+17."""
    lines = "".join(_pieces(cell)).split("\v")
    text = "\n".join(_BLANKS.sub(" ", line).strip(" ") for line in lines).strip("\n")
    if _SCIENTIFIC.fullmatch(text):
        return cell.get("x:num") or cell.get(_NUMBER) or text
    return text


def _pieces(element: etree._Element, depth: int = 0) -> Iterator[str]:
    if depth > MAX_DEPTH:
        raise bomb()
    yield element.text or ""
    for each in element:
        if isinstance(each.tag, str) and each.tag not in _UNSEEN and each.tag != "table":
            if each.tag in {"br", "p", "div", "li"}:
                yield "\v"
            yield from _pieces(each, depth + 1)
            if each.tag in {"p", "div", "li"}:
                yield "\v"
        yield each.tail or ""
