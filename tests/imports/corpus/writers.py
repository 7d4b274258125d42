"""Files from rows of cells, the same content at every run: CSV, XLSX written by hand, old XLS, HTML, ODS, zips."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from typing import Any

import xlwt
from xlwt.CompoundDoc import XlsDoc

DAY = (2026, 1, 1, 0, 0, 0)
EPOCH = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 spreadsheets know no zones


@dataclass(frozen=True)
class Err:
    """An error value in a cell."""

    text: str


@dataclass(frozen=True)
class Formula:
    """A formula with the value that the program kept beside it; None keeps none."""

    text: str
    value: str | float | None = None


@dataclass(frozen=True)
class Number:
    """A number exactly as it stands in the file."""

    text: str


@dataclass
class Sheet:
    name: str
    lines: list[Sequence[Any]] = field(default_factory=list)
    state: str = "visible"  # visible, hidden, veryHidden
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # zero-based, inclusive
    hidden_rows: frozenset[int] = frozenset()


def csv_text(lines: Iterable[Sequence[Any]], *, sep: str = ",", end: str = "\r\n", quote: bool = False) -> str:
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quote else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=sep, lineterminator=end, quoting=quoting).writerows(lines)
    return out.getvalue()


def zipped(parts: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, DAY), content, compress_type=method, compresslevel=9)
    return out.getvalue()


def letter(column: int) -> str:
    return chr(65 + column) if column < 26 else letter(column // 26 - 1) + chr(65 + column % 26)


def xlsx(sheets: Sequence[Sheet], *, since_1904: bool = False) -> bytes:
    """A workbook of the parts that every spreadsheet program writes."""
    strings: dict[str, int] = {}
    parts: dict[str, str | bytes] = {"[Content_Types].xml": _types(len(sheets)), "_rels/.rels": _RELS}
    for number, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet_xml(sheet, strings, since_1904)
    parts["xl/workbook.xml"] = _book_xml(sheets, since_1904)
    parts["xl/_rels/workbook.xml.rels"] = _book_rels(len(sheets))
    parts["xl/styles.xml"] = _STYLES
    items = "".join(f'<si><t xml:space="preserve">{_xml(text)}</t></si>' for text in strings)
    parts["xl/sharedStrings.xml"] = f'{_XML}<sst xmlns="{_MAIN}">{items}</sst>'
    return zipped(parts)


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def _xml(text: str) -> str:
    return escape(text).replace("\n", "&#10;").replace("\r", "&#13;")


def _types(count: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{sheets}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>'
    )


def _book_xml(sheets: Sequence[Sheet], since_1904: bool) -> str:
    listed = "".join(
        f'<sheet name="{_xml(sheet.name)}" sheetId="{n}" state="{sheet.state}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, start=1)
    )
    flag = '<workbookPr date1904="1"/>' if since_1904 else ""
    return f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{flag}<sheets>{listed}</sheets></workbook>'


def _book_rels(count: int) -> str:
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, count + 1)]
    targets += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _sheet_xml(sheet: Sheet, strings: dict[str, int], since_1904: bool) -> str:
    rows = []
    for number, line in enumerate(sheet.lines, start=1):
        cells = "".join(
            _cell(f"{letter(at)}{number}", value, strings, since_1904)
            for at, value in enumerate(line)
            if value is not None and value != ""
        )
        if cells:
            hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
            rows.append(f'<row r="{number}"{hidden}>{cells}</row>')
    spans = "".join(f'<mergeCell ref="{letter(b)}{a + 1}:{letter(d)}{c + 1}"/>' for a, b, c, d in sheet.merged)
    merges = f'<mergeCells count="{len(sheet.merged)}">{spans}</mergeCells>' if spans else ""
    return f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData>{merges}</worksheet>'


def _cell(place: str, value: Any, strings: dict[str, int], since_1904: bool) -> str:
    match value:
        case bool():
            return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
        case Err():
            return f'<c r="{place}" t="e"><v>{value.text}</v></c>'
        case Formula(text, str() as kept):
            return f'<c r="{place}" t="str"><f>{_xml(text)}</f><v>{_xml(kept)}</v></c>'
        case Formula(text, kept):
            return f'<c r="{place}"><f>{_xml(text)}</f>{"" if kept is None else f"<v>{kept}</v>"}</c>'
        case date():
            moment = value if isinstance(value, datetime) else datetime(*value.timetuple()[:3])  # noqa: DTZ001
            passed = moment - EPOCH[since_1904]
            days = passed.days + passed.seconds / 86400
            return f'<c r="{place}" s="{2 if passed.seconds else 1}"><v>{days:g}</v></c>'
        case Number():
            return f'<c r="{place}"><v>{value.text}</v></c>'
        case str():
            return f'<c r="{place}" t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def xls_stream(sheets: Sequence[Sheet]) -> bytes:
    """The records of an old workbook, without the compound file around them."""
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        page.visibility = {"visible": 0, "hidden": 1, "veryHidden": 2}[sheet.state]
        starts = {(a, b): (a, c, b, d) for a, b, c, d in sheet.merged}
        for row, line in enumerate(sheet.lines):
            for column, value in enumerate(line):
                if value is None or value == "":
                    continue
                if isinstance(value, Err):
                    page.row(row).set_cell_error(column, 0x2A if value.text == "#N/A" else value.text)
                elif (row, column) in starts:
                    page.write_merge(*starts[row, column], value)
                else:
                    page.write(row, column, value, day if isinstance(value, date) else xlwt.Style.default_style)
    return book.get_biff_data()


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file (the old Office container) with one stream."""
    document = XlsDoc()
    out = io.BytesIO()
    document.save(out, stream)
    old = "Workbook".encode("utf-16-le")
    new = name.encode("utf-16-le")
    entry = out.getvalue().index(old)
    content = bytearray(out.getvalue())
    content[entry : entry + 64] = new.ljust(64, b"\0")
    content[entry + 64 : entry + 66] = (len(new) + 2).to_bytes(2, "little")
    return bytes(content)


def xls(sheets: Sequence[Sheet]) -> bytes:
    return compound(xls_stream(sheets))


def html_table(lines: Iterable[Sequence[Any]], *, head: str = "", attributes: str = "border=1") -> str:
    rows = "".join("<tr>" + "".join(map(_html_cell, line)) + "</tr>\r\n" for line in lines)
    return f"<html><head>{head}</head><body><table {attributes}>\r\n{rows}</table></body></html>"


def _html_cell(value: Any) -> str:
    """A pair (text, attributes) is a cell that spans; None is covered by one."""
    if value is None:
        return ""
    text, attributes = value if isinstance(value, tuple) else (value, "")
    return f"<td {attributes}>{escape(str(text))}</td>" if attributes else f"<td>{escape(str(text))}</td>"


def ods(sheets: Sequence[Sheet]) -> bytes:
    namespaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    tables = "".join(
        f'<table:table table:name="{escape(sheet.name)}">{"".join(map(_ods_row, sheet.lines))}</table:table>'
        for sheet in sheets
    )
    content = (
        f'{_XML}<office:document-content {namespaces} office:version="1.2"><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_row(line: Sequence[Any]) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
        if value
        else "<table:table-cell/>"
        for value in line
    )
    return f"<table:table-row>{cells}</table:table-row>"
