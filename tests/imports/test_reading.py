"""Every kind of file gives the same cells: what a spreadsheet program would show, at the rows that it would number."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from foundation.imports.faults import FileRefused
from foundation.imports.reading import UNCALCULATED, CellError, RawFile, open_file, slices, text
from foundation.imports.reading.slices import column_letters, column_number

from .crafting import GOOD, MAIN, SPREADSHEETML, cell, ods, sheet_of, spreadsheetml, workbook
from .factories import csv_file

HEAD = ["机构名称", "统一社会信用代码", "地址"]
ROW = ["思明培训学校", "91350200MA12345678", "厦门市思明区"]


def opened(content: bytes) -> RawFile:
    return open_file(io.BytesIO(content))


def only(content: bytes) -> list[list[Any]]:
    """The rows of the only sheet."""
    (sheet,) = opened(content).sheets
    return list(sheet.rows())


def filled(rows: list[list[Any]]) -> dict[int, list[Any]]:
    """Row number -> its cells up to the last filled one, for the rows that are not blank."""
    found = {}
    for number, row in enumerate(rows, start=1):
        while row and row[-1] == "":
            row.pop()
        if row:
            found[number] = row
    return found


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
    ],
)
@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，"])
def test_text_of_each_encoding_and_separator_reads_alike(encoding, named, separator):
    content = csv_file(HEAD, ROW, ROW, encoding=encoding, delimiter=separator)
    raw = opened(content)
    assert (raw.encoding, [(each.name, each.hidden, each.rows_hint) for each in raw.sheets]) == (
        named,
        [(None, False, 3)],
    )
    assert list(raw.sheets[0].rows()) == [HEAD, ROW, ROW]


def test_rows_start_anew_and_two_readers_do_not_disturb_each_other():
    sheet = opened(csv_file(HEAD, *([ROW] * 50_000))).sheets[0]
    first, second = sheet.rows(), sheet.rows()
    assert [next(first), next(second), next(first)] == [HEAD, HEAD, ROW]
    assert (sum(1 for _ in first), sum(1 for _ in second), sum(1 for _ in sheet.rows())) == (49_999, 50_000, 50_001)


def test_letters_outside_gbk_and_at_the_edge_of_a_piece_survive(monkeypatch):
    monkeypatch.setattr(text, "CHUNK", 7)
    assert only(csv_file(HEAD, ["昇㙍𠮷", "x", "y"], encoding="gb18030"))[1] == ["昇㙍𠮷", "x", "y"]


def test_excels_separator_line_is_no_row():
    assert only("sep=;\r\n甲;乙,丙\r\n".encode()) == [["甲", "乙,丙"]]
    assert only("sep=|\n甲|乙\n".encode("utf-16")) == [["甲", "乙"]]


def test_the_separator_is_the_mark_that_cuts_rows_alike():
    tabs = "名称\t地址\n" + "甲\t一路,二号,三楼\n乙\t四路\n" * 5
    assert only(tabs.encode())[1] == ["甲", "一路,二号,三楼"]
    wide = "名称,备注\n" + "甲,好，很好，非常好\n" * 5
    assert only(wide.encode())[1] == ["甲", "好，很好，非常好"]
    assert only("机构名称\n甲\n乙\n".encode()) == [["机构名称"], ["甲"], ["乙"]]


def test_line_ends_of_any_kind_and_line_breaks_in_quotes():
    content = '甲,乙\r\n"一\n二",三\r四,"五""六"\n\n七,八'.encode()
    raw = opened(content)
    assert list(raw.sheets[0].rows()) == [["甲", "乙"], ["一\n二", "三"], ["四", '五"六'], [], ["七", "八"]]
    assert raw.sheets[0].rows_hint == 5


def test_a_quote_within_a_cell_is_only_a_quote():
    assert only('甲,乙\n5" 管,"好" 的\n丙,丁\n'.encode()) == [["甲", "乙"], ['5" 管', "好 的"], ["丙", "丁"]]


def test_a_long_cell_with_lines_and_commas_is_no_open_quote():
    note = "一, 二\n三\n四"
    assert only(csv_file([*HEAD, "备注"], [*ROW, note]))[1] == [*ROW, note]


def test_an_open_quote_is_named_by_its_row():
    with pytest.raises(FileRefused, match="第3行的引号"):
        opened('甲,乙,丙\n一,二,三\n四,"五,六\n七,八,九\n十,"十一",十二\n'.encode())


def test_padding_and_end_marks_of_old_systems_go():
    content = csv_file(HEAD, [*ROW[:2], "厦门\0\0"], encoding="gbk") + b"\x1a"
    assert only(content) == [HEAD, [*ROW[:2], "厦门"], []]


def test_bytes_that_do_not_decode_are_named_by_their_line():
    with pytest.raises(FileRefused, match="第3行") as refusal:
        opened("甲,乙\n思明区学校,丁\n".encode() + b"\xff\xfe,x\n")
    assert refusal.value.code == "undecodable"


def test_failed_formulas_in_text_are_errors():
    (row,) = only("#REF!,#N/A,#VALUE!,#DIV/0!,#NAME?,#NUM!,#NULL!,#1,甲\n".encode())
    assert [isinstance(each, CellError) for each in row] == [True] * 7 + [False] * 2
    assert row[0] == "#REF!"


def full_book() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "名录"
    sheet["B3"], sheet["C3"], sheet["D3"], sheet["E3"] = "文字", 12, 12.5, True
    sheet["F3"], sheet["G3"] = date(2024, 3, 1), datetime(2024, 3, 1, 9, 30)  # noqa: DTZ001 - cells have no zone
    sheet["H3"], sheet["I3"] = time(9, 30), timedelta(hours=30)
    sheet["J3"], sheet["K3"] = 0.25, 45352
    sheet["J3"].number_format, sheet["K3"].number_format = "0%", 'yyyy"年"m"月"d"日"'
    sheet["B6"], sheet["C6"], sheet["D6"] = "=1/0", "#N/A", "末"
    sheet["C6"].data_type = "e"
    sheet.merge_cells("A1:XFD1")
    sheet.merge_cells("B3:B5")
    book.create_sheet("隐").sheet_state = "hidden"
    book.create_sheet("深藏").sheet_state = "veryHidden"
    book["隐"]["A1"] = "看不见"
    book.create_chartsheet("图")
    return book


MOMENTS = [date(2024, 3, 1), datetime(2024, 3, 1, 9, 30), time(9, 30), timedelta(hours=30)]  # noqa: DTZ001


@pytest.mark.parametrize("calendar", [None, CALENDAR_MAC_1904])
def test_a_workbook_gives_cells_places_and_what_is_hidden(calendar):
    book = full_book()
    if calendar:
        book.epoch = calendar
        book.active["K3"] = 45352 - 1462
    raw = opened(saved(book))
    assert raw.encoding == "xlsx"
    assert [(each.name, each.hidden) for each in raw.sheets] == [("名录", False), ("隐", True), ("深藏", True)]
    assert [(each.rows_hint, list(each.merged)) for each in raw.sheets] == [
        (6, [(0, 0, 0, 10), (2, 1, 4, 1)]),
        (1, []),
        (0, []),
    ]
    rows = filled(list(raw.sheets[0].rows()))
    assert rows == {
        3: ["", "文字", 12, 12.5, True, *MOMENTS, 0.25, date(2024, 3, 1)],
        6: ["", UNCALCULATED, "#N/A", "末"],
    }
    assert [type(each) for each in rows[6][1:]] == [CellError, CellError, str]


def test_a_formula_gives_what_it_was_calculated_to():
    content = workbook(
        sheet_of(
            '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>文</v></c>'
            '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>1</f></c><c r="E1"><f t="shared" si="0"/><v/></c>'
            '<c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="G1" t="b"><f>TRUE()</f><v>1</v></c></row>'
        )
    )
    assert only(content) == [[2, "文", "", UNCALCULATED, UNCALCULATED, "#DIV/0!", True]]


def test_texts_of_each_kind():
    texts = "<si><t>共</t></si><si><r><t>分</t></r><r><t>段</t></r></si>"
    shared = f'<sst xmlns="{MAIN}" count="9" uniqueCount="4000000000">{texts}</sst>'
    content = workbook(
        sheet_of(
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
            '<c r="C1" t="inlineStr"><is><t>行内</t></is></c><c r="D1" t="d"><v>2024-03-01</v></c></row>'
        ),
        shared=shared,
    )
    assert only(content)[0][:3] == ["共", "分段", "行内"]


def test_places_that_a_program_leaves_out_or_writes_otherwise():
    rows = (
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c t="n" r=\'C4\'><v>3</v></c><c><v>4</v></c></row>'
        "<row><c><v>5</v></c></row>"
    )
    assert filled(only(workbook(sheet_of(rows)))) == {1: [1, 2], 4: ["", "", 3, 4], 5: [5]}


def test_a_prefix_on_every_tag():
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2" t="e"><x:v>#REF!</x:v></x:c></x:row>'
        '</x:sheetData><x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells></x:worksheet>'
    )
    raw = opened(workbook(sheet))
    assert (list(raw.sheets[0].rows()), list(raw.sheets[0].merged)) == ([[], ["", "#REF!"]], [(0, 0, 1, 1)])


def test_a_sheet_in_slices_is_the_same_sheet(monkeypatch):
    rows = "".join(f'<row r="{n}">{cell(f"A{n}", n)}{cell(f"C{n}", n)}</row>' for n in range(1, 4000) if n % 7)
    whole = only(workbook(sheet_of(rows)))
    monkeypatch.setattr(slices, "SLICE", 3000)
    monkeypatch.setattr(slices, "MAX_GRID", 90)
    assert filled(only(workbook(sheet_of(rows)))) == filled(whole)
    assert list(filled(whole)) == [n for n in range(1, 4000) if n % 7]


def test_formatted_but_blank_cells_far_out_do_no_harm():
    rows = f'<row r="1">{cell("A1")}<c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="1"></c></row>'
    assert only(workbook(sheet_of(rows))) == [[1]]


def test_parts_written_with_backslashes_are_found():
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(GOOD))) as package, zipfile.ZipFile(content, "w") as out:
        for name in package.namelist():
            part = zipfile.ZipInfo(name)
            part.filename = name.replace("/", "\\")
            out.writestr(part, package.read(name))
    assert only(content.getvalue()) == [[1, 1]]


def test_an_old_workbook_gives_the_same():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名录")
    sheet.write_merge(0, 0, 0, 3, "标题")
    for column, value in enumerate(["文字", 12, 12.5, True]):
        sheet.write(2, column, value)
    sheet.write(2, 4, date(2024, 3, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.row(3).set_cell_error(1, 0x17)
    sheet.row(3).set_cell_error(2, 0x2A)
    sheet.write(5, 0, "末")
    hidden = book.add_sheet("隐")
    hidden.visibility = 1
    hidden.write(0, 0, "看不见")
    raw = opened(saved(book))
    assert raw.encoding == "xls"
    assert [(each.name, each.hidden, each.rows_hint) for each in raw.sheets] == [("名录", False, 6), ("隐", True, 1)]
    rows = filled(list(raw.sheets[0].rows()))
    assert rows == {1: ["标题"], 3: ["文字", 12, 12.5, True, date(2024, 3, 1)], 4: ["", "#REF!", "#N/A"], 6: ["末"]}
    assert [type(each) for each in rows[4]] == [str, CellError, CellError]
    assert list(raw.sheets[0].merged) == [(0, 0, 0, 3)]


def test_an_opendocument_gives_the_same():
    cells = '<table:table-cell table:number-columns-repeated="16384"/>'
    blank = f'<table:table-row table:number-rows-repeated="{{}}">{cells}</table:table-row>'
    content = ods(
        '<table:table table:name="名录"><table:table-row><table:table-cell table:number-columns-spanned="2">'
        "<text:p>标<text:s text:c='2'/>题</text:p><text:p>二</text:p>"
        "<office:annotation><text:p>批注</text:p></office:annotation>"
        f"</table:table-cell><table:covered-table-cell/></table:table-row>{blank.format(2)}"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/>'
        '<table:table-cell office:value-type="float" office:value="12.5"><text:p>12.50</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2024-03-01"/>'
        '<table:table-cell office:value-type="date" office:date-value="2024-03-01T09:30:00"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT09H30M00S"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT30H00M00S"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string">'
        "<text:p>#DIV/0!</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=1/0"/></table:table-row>'
        f"{blank.format(1_048_500)}</table:table>"
    )
    raw = opened(content)
    values = ["", 12.5, *MOMENTS, True, "#DIV/0!", UNCALCULATED]
    assert (raw.encoding, raw.sheets[0].name, raw.sheets[0].rows_hint) == ("ods", "名录", 5)
    assert list(raw.sheets[0].rows()) == [["标  题\n二"], [], [], values, values]
    assert list(raw.sheets[0].merged) == [(0, 0, 0, 1)]


def test_a_hidden_sheet_of_an_opendocument():
    style = '<style:style style:name="s"><style:table-properties table:display="false"/></style:style>'
    row = "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
    content = ods(
        f'{style}<table:table table:name="a">{row}</table:table>'
        f'<table:table table:name="b" table:style-name="s">{row}</table:table>'
    )
    assert [(each.name, each.hidden) for each in opened(content).sheets] == [("a", False), ("b", True)]


PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><style>td{color:red}</style></head><body>
<table><tr><th colspan=3>名录<script>alert(1)</script></th></tr>
<tr><td rowspan=2>思明区</td><td x:num="913502001234567890">9.1350E+17</td><td>一<br>二 &nbsp;三</td></tr>
<tr><td>2<td>#REF!</tr><tr></tr><tr><td></td><td>末</td></tr></table>
<table><tr><td> </td></tr></table><p>说明</p>
<table><tr><td>外<table><tr><td>内</td></tr></table></td></tr><tr><td>外二</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("encoding", "named"), [("gbk", "gb18030"), ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16")]
)
@pytest.mark.parametrize("one_line", [False, True])
def test_a_web_page_gives_its_tables(encoding, named, one_line):
    raw = opened((PAGE.replace("\n", "") if one_line else PAGE).encode(encoding))
    assert raw.encoding == named
    assert [(each.name, list(each.merged)) for each in raw.sheets] == [
        (None, [(0, 0, 0, 2), (1, 0, 2, 0)]),
        (None, []),
        (None, []),
    ]
    first, outer, inner = (list(each.rows()) for each in raw.sheets)
    assert first == [["名录"], ["思明区", "913502001234567890", "一\n二 \xa0三"], ["", "2", "#REF!"], [], ["", "末"]]
    assert isinstance(first[2][2], CellError)
    assert (outer, inner) == ([["外"], ["外二"]], [["内"]])


EXCEL_2003 = SPREADSHEETML.format(
    """<Worksheet ss:Name="名录"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">标题</Data></Cell>
<Cell><Data ss:Type="String">末</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:Index="2"><Data ss:Type="Number">12.5</Data></Cell>
<Cell><Data ss:Type="DateTime">2024-03-01T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell>
<Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell><Cell ss:Formula="=1"/></Row></Table></Worksheet>
<Worksheet ss:Name="隐"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>"""
)


def test_excel_2003_xml_gives_the_same():
    declared = f'<?xml version="1.0" encoding="GB2312"?><?mso-application progid="Excel.Sheet"?>{EXCEL_2003}'
    raw = opened(declared.encode("gbk"))
    assert [(each.name, each.hidden, list(each.merged)) for each in raw.sheets] == [
        ("名录", False, [(0, 0, 0, 2)]),
        ("隐", True, []),
    ]
    values = ["", 12.5, date(2024, 3, 1), True, "#DIV/0!", UNCALCULATED]
    assert list(raw.sheets[0].rows()) == [["标题", "", "", "末"], [], [], values]


def test_bytes_decide_and_names_are_never_asked():
    assert opened(spreadsheetml('<Row><Cell><Data ss:Type="String">x</Data></Cell></Row>')).encoding == "utf-8"
    assert opened(b"<table><tr><td>x</td></tr></table>").sheets[0].name is None
    assert only("<甲>,乙\n".encode()) == [["<甲>", "乙"]]


def test_columns_are_numbered_as_spreadsheets_letter_them():
    assert [column_number(name) for name in (b"A", b"Z", b"AA", b"XFD")] == [1, 26, 27, 16384]
    assert [column_letters(number) for number in (1, 26, 27, 703, 16384)] == [b"A", b"Z", b"AA", b"AAA", b"XFD"]
