import io
import zipfile
from dataclasses import dataclass

import pytest
from openpyxl import Workbook

from foundation.imports import reading
from foundation.imports.checking import read_table
from foundation.imports.faults import FileRefused
from foundation.imports.reading import text
from foundation.imports.reading.kinds import OLE
from foundation.imports.reading.slices import column_letters, column_number
from foundation.imports.target import target_named

from .factories import SCHOOL_HEAD, csv_file, xlsx_file

ROW = ["思明小学", "小学", "思明区", "厦港街道", "2135000001"]


@dataclass
class Line:
    """A row of data as these tests look at it."""

    sheet: str | None
    number: int
    cells: dict[str, object]
    faults: tuple


@dataclass
class Found:
    encoding: str
    lines: list[Line]
    unused: list[str]
    headings: list


def table(content: bytes) -> Found:
    found = read_table(io.BytesIO(content), target_named("schools"))
    columns = target_named("schools").resource.columns
    lines = [
        Line(
            block.sheet,
            number,
            {columns[name].column_name: row[at] for name, at in block.places.items()},
            tuple(block.faults.get(index, ())),
        )
        for sheet in found.sheets
        for block in sheet.blocks()
        for index, (number, row) in enumerate(zip(block.numbers, block.rows, strict=True))
    ]
    return Found(found.encoding, lines, found.unused(), found.headings)


def refused(content: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        table(content)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in refusal.value.message)
    return refusal.value.code


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8-sig", "utf-8-sig"), ("utf-8", "utf-8"), ("gbk", "gb18030"), ("gb18030", "gb18030"), ("utf-16", "utf-16")],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_files_of_each_kind_read_alike(encoding, named, delimiter):
    found = table(csv_file(SCHOOL_HEAD, ROW, encoding=encoding, delimiter=delimiter))
    assert found.encoding == named
    assert [(line.number, line.cells["学校名称"], line.sheet) for line in found.lines] == [(2, "思明小学", None)]


def test_letters_outside_gbk_survive():
    found = table(csv_file(SCHOOL_HEAD, ["昇㙍小学", "小学", "", "", ""], encoding="gb18030"))
    assert found.lines[0].cells["学校名称"] == "昇㙍小学"


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_titles_blank_rows_footers_and_repeated_headings_are_no_data(make):
    content = make(
        ["思明区学校名录", "", "", "", ""],
        ["填报单位：思明区教育局", "", "", "2025年", ""],
        SCHOOL_HEAD,
        ROW,
        ["", "", "", "", ""],
        SCHOOL_HEAD,
        ["第二小学", "小学", "", "", ""],
        ["合  计", "2", "", "", ""],
        ["填表人：张三", "", "", "审核人：李四", ""],
    )
    assert [(line.number, line.cells["学校名称"]) for line in table(content).lines] == [
        (4, "思明小学"),
        (7, "第二小学"),
    ]


def test_row_numbers_count_blank_lines_and_quoted_line_breaks_as_a_spreadsheet_does():
    content = '学校名称,学段\n\n"思明\n小学",小学\n第二小学,小学\n'.encode()
    assert [line.number for line in table(content).lines] == [3, 4]


def test_all_visible_sheets_with_a_heading_are_read():
    content = xlsx_file(说明=[["请在后面的表中填写"]], 公办=[SCHOOL_HEAD, ROW], 民办=[[], SCHOOL_HEAD, ROW])
    assert [(line.sheet, line.number) for line in table(content).lines] == [("公办", 2), ("民办", 3)]


def test_headings_are_found_by_their_other_spellings_and_strange_ones_named():
    found = table(csv_file(["序号", "*校名（全称）", "办学类型", "校车数"], [1, "思明小学", "完小", 3]))
    assert found.lines[0].cells == {"学校名称": "思明小学", "学段": "完小"}
    assert [heading.label for heading in found.headings if heading.column is None] == ["序号", "校车数"]


def test_a_row_wider_than_the_heading_is_a_fault_of_the_row():
    found = table(csv_file(["学校名称", "学段"], ["思明小学", "小学", "", "多出来的"]))
    assert [fault.code for fault in found.lines[0].faults] == ["column_count"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\r\n ", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (csv_file(["", ""], ["", ""]), "empty_file"),
        (csv_file(SCHOOL_HEAD), "no_rows"),
        (csv_file(SCHOOL_HEAD, ["合计", "0"]), "no_rows"),
        (csv_file(["甲", "乙"], ["1", "2"]), "no_header"),
        (csv_file(["学校名称", "校名", "学段"], ["甲", "乙", "小学"]), "duplicate_column"),
        (csv_file(["学校名称", "镇街"], ["甲", "乙"]), "missing_required_column"),
        (b"%PDF-1.7\n" + "学校".encode(), "unsupported_format"),
        ("<html><table><tr><td>学校名称</td></tr></table>".encode(), "no_header"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "unsupported_format"),
        (b"\xff\xfa\xff\xfb" * 40, "undecodable"),
        (OLE + bytes(600), "corrupt"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (xlsx_file(SCHOOL_HEAD, ROW)[:-400], "corrupt"),
        (b"PK\x03\x04" + bytes(50), "corrupt"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content, code):
    assert refused(content) == code


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def test_a_word_file_is_no_workbook():
    assert refused(zipped(**{"word/document.xml": b"<w/>"})) == "unsupported_format"


def test_a_zip_bomb_is_refused_before_it_is_opened():
    assert refused(zipped(**{"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": bytes(60 * 2**20)})) == "too_large"


def test_cells_scattered_over_a_giant_grid_are_refused():
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "学校名称", "x"
    out = io.BytesIO()
    book.save(out)
    assert refused(out.getvalue()) == "too_large"


def test_a_size_that_lies_shows_in_the_checksum():
    honest = zipped(**{"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": b"x" * 5000})
    lying = honest.replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert lying != honest
    assert refused(lying) == "corrupt"


def test_too_many_rows_and_bytes_are_refused(monkeypatch):
    content = csv_file(SCHOOL_HEAD, *([ROW] * 20))
    monkeypatch.setattr(text, "MAX_ROWS", 20)
    assert refused(content) == "too_large"
    monkeypatch.setattr(reading, "MAX_BYTES", 100)
    assert refused(content) == "too_large"


def test_a_password_on_the_zip_is_named():
    out = bytearray(xlsx_file(SCHOOL_HEAD, ROW))
    out[out.find(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(out)) == "encrypted"


def test_columns_are_numbered_as_spreadsheets_letter_them():
    assert [column_number(name) for name in (b"A", b"Z", b"AA", b"XFD")] == [1, 26, 27, 16384]
    assert [column_letters(number) for number in (1, 26, 27, 702, 703, 16384)] == [
        b"A",
        b"Z",
        b"AA",
        b"ZZ",
        b"AAA",
        b"XFD",
    ]
