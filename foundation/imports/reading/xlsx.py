"""XLSX, in slices. calamine lays out a whole sheet at once: 200,000 rows would cost twenty times what 10,000 do.

So a workbook is rewritten once into a package of our own in a temporary file that has no name any more: the same
styles and shared texts, every sheet cut between rows into slices of about a megabyte, each of them a small sheet that
calamine reads and forgets. On the way what calamine would lose is put right: failed formulas (it gives a blank cell)
become their texts, and so do formulas that were never calculated. Nothing of the original but these parts is read.
"""

from __future__ import annotations

import os
import posixpath
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from .cells import MAX_ROWS, Cell, RawFile, RawSheet, broken, too_many_rows, with_errors
from .packages import MAX_PART, Package
from .slices import Merges, Slice, Slicer

MAX_SHARED = 160 * 2**20
MAX_SHEETS = 500

_OWN = "xl/worksheets/s{}.xml"
_COUNTS = re.compile(rb'\s(?:uniqueCount|count)\s*=\s*(?:"[^"]*"|\'[^\']*\')')
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass
class _Sheet:
    name: str
    hidden: bool
    slices: list[Slice] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def last_row(self) -> int:
        return self.slices[-1].last if self.slices else 0


def open_xlsx(package: Package) -> RawFile:
    """Raises FileRefused (corrupt, too_large)."""
    main = _main_part(package)
    sheets, places, since_1904 = _listed(package, main)
    handle, path = tempfile.mkstemp(prefix="import-", suffix=".xlsx")
    try:
        with os.fdopen(handle, "wb") as out:
            _rewrite(package, main, sheets, places, since_1904, out)
        book = _opened(path)
    finally:
        os.unlink(path)
    if sum(sheet.last_row for sheet in sheets if not sheet.hidden) > MAX_ROWS:
        raise too_many_rows()
    return RawFile(
        "xlsx",
        [RawSheet(each.name, each.hidden, each.last_row, each.merged, partial(_rows, book, each)) for each in sheets],
    )


def _main_part(package: Package) -> str:
    """Where the workbook stands; nearly always xl/workbook.xml."""
    if "_rels/.rels" in package:
        for target, kind in _related(package, "").values():
            if kind == "officeDocument":
                return target
    return "xl/workbook.xml"


def _related(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Id -> part and kind of what a part refers to."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    found = {}
    for each in package.xml(rels) if rels in package else ():
        target = (each.get("Target") or "").replace("\\", "/")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[each.get("Id") or ""] = (whole, posixpath.basename(each.get("Type") or ""))
    return found


def _listed(package: Package, main: str) -> tuple[list[_Sheet], list[str], bool]:
    """The worksheets in their order (charts and macros are no data), their parts, and the calendar of 1904."""
    tree = package.xml(main)
    related = _related(package, main)
    sheets, places = [], []
    for element in tree.iter("{*}sheet"):
        key = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
        part, kind = related.get(key, ("", ""))
        if kind == "worksheet" and part in package:
            sheets.append(_Sheet(element.get("name") or "", element.get("state", "visible") != "visible"))
            places.append(part)
    if not sheets or len(sheets) > MAX_SHEETS:
        raise broken("表格文件里找不到工作表")
    settings = next(tree.iter("{*}workbookPr"), None)
    return sheets, places, settings is not None and settings.get("date1904") in {"1", "true", "on"}


def _rewrite(
    package: Package, main: str, sheets: list[_Sheet], places: list[str], since_1904: bool, out: BinaryIO
) -> None:
    parts = {kind: target for target, kind in _related(package, main).values() if target in package}
    sizes = sum(package.size(part) for part in places)
    if sizes > MAX_PART:
        raise too_many_rows()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as own:
        for kind, most in (("styles", 32 * 2**20), ("sharedStrings", MAX_SHARED)):
            if kind in parts:
                _copy(package, parts[kind], most, own, f"xl/{kind}.xml")
        total = 0
        for sheet, part in zip(sheets, places, strict=True):
            merges = Merges()
            for each in Slicer(package.chunks(part), merges, sheet.name).slices():
                own.writestr(_OWN.format(total), each.xml)
                sheet.slices.append(Slice(each.first, each.last, each.width, total))
                total += 1
            width = max((each.width for each in sheet.slices), default=0)
            sheet.merged = merges.within(sheet.last_row, width)
        _describe(own, total, since_1904)


def _copy(package: Package, part: str, most: int, own: zipfile.ZipFile, name: str) -> None:
    """Copy a part; the numbers of items that it claims go, since a reader would reserve memory for them."""
    with own.open(name, "w") as target:
        for number, chunk in enumerate(package.chunks(part, most)):
            if _FORBIDDEN.search(chunk):
                raise broken("表格文件里有不该有的内容(DTD)，无法读取")
            target.write(_COUNTS.sub(b"", chunk) if number == 0 else chunk)


def _describe(own: zipfile.ZipFile, total: int, since_1904: bool) -> None:
    """What ties our slices together: a workbook with one sheet per slice."""
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="s{n}"/>' for n in range(total))
    calendar = '<workbookPr date1904="1"/>' if since_1904 else ""
    own.writestr(
        "xl/workbook.xml",
        f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_RELATIONS}">{calendar}<sheets>{sheets}</sheets></workbook>',
    )
    own.writestr(
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE_RELATIONS}">'
        f'<Relationship Id="book" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    ties = "".join(
        f'<Relationship Id="s{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/s{n}.xml"/>' for n in range(total)
    )
    own.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE_RELATIONS}">{ties}</Relationships>')


def _opened(path: str) -> CalamineWorkbook:
    with calamine_refused():
        return CalamineWorkbook.from_path(path)


@contextmanager
def calamine_refused() -> Iterator[None]:
    """Whatever calamine says of damaged bytes, a panic of its Rust included, in words that a clerk understands."""
    try:
        yield
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise broken() from error
    except BaseException as error:  # pyo3's PanicException cannot be imported and is no Exception
        if type(error).__name__ == "PanicException":
            raise broken() from error
        raise


def _rows(book: CalamineWorkbook, sheet: _Sheet) -> Iterator[list[Cell]]:
    return with_errors(_placed(book, sheet))


def _placed(book: CalamineWorkbook, sheet: _Sheet) -> Iterator[list[Cell]]:
    """The rows of all slices at their places, blank ones between them."""
    next_row = 0
    for each in sheet.slices:
        with calamine_refused():
            found = book.get_sheet_by_name(f"s{each.number}")
            start, rows = found.start, found.to_python()
        if start is None:
            continue
        row, left = start
        if row < next_row:
            raise broken("表格文件里行的顺序有误")
        for _blank in range(next_row, row):
            yield []
        pad = [""] * left
        for cells in rows:
            yield pad + cells if left else cells
        next_row = row + len(rows)
