"""Where the data stand: sheets, rows that are no data, groups, second tables, merged cells, refusals."""

from __future__ import annotations

import pytest

from foundation.exports.writing import MARK_HEAD
from foundation.imports import layout
from foundation.imports.faults import FileRefused
from foundation.imports.layout import LayoutRefused
from foundation.imports.reading import RawSheet

from .drawn import HEAD, TWO_ROWS, UNDER_TWO, data, numbers, one, sheet, table

# -- sheets


def test_each_sheet_has_its_own_heading_and_the_others_are_named():
    found = table(
        sheet(["请在后面填写"], name="填表说明"),
        sheet(HEAD, one(1), name="学科类"),
        sheet(["统一社会信用代码", "名称"], ["91", "乙中心"], name="体育类"),
        sheet(HEAD, one(3), name="旧数据", hidden=True),
        sheet(["区县", "类别", "数量"], ["思明区", "学科类", "3"], name="汇总"),
        sheet(name="Sheet9"),
        sheet(["名册", "机构名称"], ["行数", "2"], name="导出说明"),
    )
    assert [(name, number, row["name"], row["kind"]) for name, number, row in data(found)] == [
        ("学科类", 2, "厦门市第1培训中心", "学科类"),
        ("体育类", 2, "乙中心", "体育类"),
    ]
    assert found.left_out == ["填表说明", "旧数据", "汇总"]


def test_an_exports_mark_is_no_heading_of_ours():
    assert layout.tables.MARK_HEAD == MARK_HEAD
    mark = "林晓梅 2025-01-01 09:00 导出7号"
    found = table(sheet([*HEAD, MARK_HEAD], [*one(1), mark], [*[""] * 6, mark]))
    assert ([row[1] for row in data(found)], found.unused()) == ([2], [])


# -- rows that are no data

NO_DATA = [
    [""],
    [" ", "\u3000"],
    ["合  计", "12"],
    ["小计：12家", "", "3", "4", "500.00"],
    ["思明区小计", "12"],
    ["总计", "", "", "", "", ""],
    ["共12家"],
    ["以上共计 3 所机构"],
    ["填表人：张三", "", "审核人：李四"],
    ["填表人：", "张三", "审核人：", "李四", "联系电话：", "0592-1"],
    ["制表单位（盖章）"],
    ["注：1.本表一式两份"],
    ["备注"],
    ["第1页", "", "共3页"],
    ["——以下空白——"],
    ["- 1 -"],
    ["————————"],
    ["以上共计三家"],
    HEAD,
    ["机构名称*", "统一社会信用代码", "办学地址（详细）", "电话", "发证日期", "有效期至"],
    ["1", "2", "3", "4", "5", "6"],
    ["①", "②", "③", "④", "⑤", "⑥"],
    ["A", "B", "C", "D", "E", "F"],
    ["甲", "乙", "1", "2", "3", "4"],
    ["（1）", "（2）", "（3）", "（4）", "（5）", "（6）"],
    ["附件2：厦门市校外培训机构名单"],
]


@pytest.mark.parametrize("row", NO_DATA, ids=lambda row: "|".join(map(str, row))[:20].strip() or "blank")
def test_rows_that_are_no_data(row):
    assert numbers(HEAD, row, one(1), one(2), row, one(3), row) == [3, 4, 6]


DATA = [
    one(9, 统一社会信用代码=""),
    one(9, 统一社会信用代码="无"),
    one(9, 机构名称=""),
    ["厦门市第9培训中心"],
    ["厦门市思明区启明艺术类培训中心"],
    ["思明区启明培训学校"],
    ["合计教育咨询有限公司", "913502030000000009"],
    ["联系人才培训中心", "913502030000000009"],
    ["共青团培训中心", "913502030000000009"],
    ["共三人行培训中心", "913502030000000009"],
    ["", "913502030000000009"],
    ["", "", "湖滨南路9号"],
    ["丙", "9.1350E+17"],
    ["小计算家编程培训中心", "913502030000000009", "", "", "", ""],
    ["注册会计师培训中心", "913502030000000009"],
    ["校对培训班", "913502030000000009", "湖滨南路9号", "0592-2000000"],
]


@pytest.mark.parametrize("row", DATA, ids=lambda row: "|".join(map(str, row))[:20])
def test_rows_with_much_missing_are_data_all_the_same(row):
    assert numbers(HEAD, row, one(1), row, one(2)) == [2, 3, 4, 5]


def test_numbers_filled_in_beforehand_are_no_data():
    head = ["序号", *HEAD]
    assert numbers(head, ["1", *one(1)], [2], ["3"], ["合计", "3家"]) == [2]


def test_rows_that_explain_the_columns_stand_right_below_the_heading():
    head = ["序号", *HEAD]
    below = [["", "必填", "必填", "选填", "选填", "日期格式", ""], ["例", *one(7)]]
    assert numbers(head, *below, ["1", *one(1)], ["例", *one(8)]) == [4, 5]


def test_what_follows_a_footer_is_no_data_until_a_row_is():
    rows = [HEAD, one(1), ["注：1.数据截至年底"], ["2.含分校"], one(2), ["丙中心"]]
    assert numbers(*rows) == [2, 5, 6]


def test_second_heading_rows_are_skipped_on_each_page():
    page = [*TWO_ROWS, ["1", "2", "3", "4", "5", "6", "7"], UNDER_TWO]
    assert numbers(["名录"], *page, *page) == [5, 9]


# -- groups, defaults, second tables


def test_a_group_row_gives_what_the_sheet_lacks_to_the_rows_below():
    rows = [HEAD, ["思明区（2家）"], ["一、学科类"], one(1), ["二、体育类", "", "3家"], one(2)]
    rows += [["三、其他"], one(3), ["湖里区", "", ""], one(4)]
    found = data(table(sheet(*rows)))
    assert [(number, row.get("county"), row.get("kind")) for _, number, row in found] == [
        (4, "思明区", "学科类"),
        (6, "思明区", "体育类"),
        (8, "思明区", None),
        (10, "湖里区", None),
    ]


def test_a_group_row_may_be_merged_or_stand_in_the_number_column():
    head = ["序号", *HEAD]
    rows = [head, ["一、学科类培训机构情况"], ["1", *one(1)], ["二", "体育类"], ["2", *one(2)]]
    found = data(table(sheet(*rows, merged=[(1, 0, 1, 6)])))
    assert [(number, row["kind"]) for _, number, row in found] == [(3, "学科类"), (5, "体育类")]


def test_a_group_row_changes_nothing_where_the_sheet_has_the_column():
    head = [*HEAD, "类别"]
    rows = [head, ["一、学科类"], [*one(1), "体育类"], [*one(2), ""]]
    assert [row.get("kind") for _, _, row in data(table(sheet(*rows)))] == ["体育类", None]


def test_the_sheets_name_and_title_say_what_the_sheet_lacks():
    title = ["厦门市思明区学科类校外培训机构名录"]
    assert table(sheet(title, HEAD, one(1))).sheets[0].defaults == {"kind": "学科类", "county": "思明区"}
    named = table(sheet(title, HEAD, one(1), name="体育类"))
    assert named.sheets[0].defaults == {"kind": "体育类", "county": "思明区"}
    both = table(sheet(["学科类、体育类机构名录"], [*HEAD, "区县"], [*one(1), ""]))
    assert both.sheets[0].defaults == {}


def test_a_second_table_below_has_its_own_order():
    second = ["统一社会信用代码", "备注", "机构名称"]
    rows = [HEAD, one(1), ["附：民办学校名单"], second, ["91", "新", "乙中心"], ["92", "", "丙中心"]]
    found = data(table(sheet(*rows)))
    assert [number for _, number, _ in found] == [2, 5, 6]
    assert found[1][2] == {"name": "乙中心", "code": "91", "remark": "新"}
    assert found[2][2] == {"name": "丙中心", "code": "92"}


# -- merged data, width, blocks


def test_merged_cells_hold_their_value_everywhere():
    rows = [
        [*HEAD, "备注"],
        [*one(1), "总部"],
        ["", "", "另一处", "", "", "", ""],
        [*one(3, 发证日期="长期", 有效期至=""), ""],
        ["合计", "", "2", "", "", "", ""],
        ["", "", "", "", "", "", ""],
    ]
    merged = [(1, 0, 2, 0), (1, 1, 2, 1), (1, 6, 5, 6), (3, 4, 3, 5), (4, 0, 4, 1)]
    found = data(table(sheet(*rows, merged=merged)))
    assert [(number, row["name"], row["address"], row["remark"]) for _, number, row in found] == [
        (2, "厦门市第1培训中心", "湖滨南路1号", "总部"),
        (3, "厦门市第1培训中心", "另一处", "总部"),
        (4, "厦门市第3培训中心", "湖滨南路3号", "总部"),
    ]
    assert found[2][2]["issued"] == "长期"
    assert "until" not in found[2][2], "what was merged to the right is no value of the columns it covers"


def test_more_cells_than_headings_are_a_fault_of_the_row():
    raw = RawSheet(None, False, 4, (), lambda: iter([list(HEAD), one(1), [*one(2), "", "多"], [*one(3), "", ""]]))
    [block] = table(raw).sheets[0].blocks()
    assert {at: [fault.code for fault in faults] for at, faults in block.faults.items()} == {1: ["column_count"]}
    assert "8列，比表头(6列)多" in block.faults[1][0].message


def test_short_rows_are_filled_up():
    raw = RawSheet(None, False, 2, (), lambda: iter([list(HEAD), one(1)[:2], one(2)]))
    [block] = table(raw).sheets[0].blocks()
    assert [len(row) for row in block.rows] == [6, 6]


def test_blocks_are_of_five_thousand_rows_and_can_be_read_again():
    found = table(sheet(HEAD, *(one(n) for n in range(10_500))))
    for _ in range(2):
        blocks = list(found.sheets[0].blocks())
        assert [len(block.rows) for block in blocks] == [5000, 5000, 500]
        assert [n for block in blocks for n in block.numbers] == list(range(2, 10_502))


def test_a_table_is_found_without_reading_all_of_it():
    read = []

    def rows():
        for number in range(10_000):
            read.append(number)
            yield one(number) if number else list(HEAD)

    found = table(RawSheet(None, False, 10_000, (), rows))
    assert max(read) < 100
    assert sum(len(block.rows) for block in found.sheets[0].blocks()) == 9_999


def test_plain_and_odd_rows_read_alike_in_any_order():
    """The fast way and the careful way agree: the same rows, one file with long codes and one with short ones."""
    rows = [row for n in range(200) for row in (one(n), NO_DATA[n % len(NO_DATA)])]
    long = numbers(HEAD, *rows)
    short = numbers(HEAD, *[[cell[-9:] if cell.startswith("9135") else cell for cell in row] for row in rows])
    assert long == short == list(range(2, 402, 2))


# -- refusals


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "empty_file"),
        ([["", " "]], "empty_file"),
        ([one(1), one(2)], "no_header"),
        ([["甲", "乙"], ["1", "2"]], "no_header"),
        ([HEAD], "no_rows"),
        ([HEAD, ["合计", "0"], ["填表人："]], "no_rows"),
        ([["机构名称", "备注"], ["甲", "乙"]], "missing_required_column"),
        ([["机构名称", "校车"], ["甲", "乙"]], "missing_required_column"),
        ([["机构名称", "机构名称", "信用代码"], ["甲", "乙", "91"]], "duplicate_column"),
        ([["机构名称", "名称", "信用代码"], ["甲", "乙", "91"]], "duplicate_column"),
        ([[*HEAD, "办学地址"], [*one(1), "别处"]], "duplicate_column"),
        ([[*HEAD, "电话"], [*one(1), "13800000000"]], "duplicate_column"),
        ([[*HEAD, "法定代表人", "法人"], [*one(1), "林晓梅", "陈某"]], "duplicate_column"),
        ([[*HEAD, "校长", "负责人"], [*one(1), "林晓梅", "陈某"]], "duplicate_column"),
        ([["机构名称", "信用代码"] * 2, ["甲", "91", "乙", "92"]], "duplicate_column"),
    ],
)
def test_files_that_are_refused(rows, code):
    with pytest.raises(FileRefused) as refusal:
        table(sheet(*rows))
    assert refusal.value.code == code


def test_a_column_that_comes_twice_is_no_matter_when_one_is_empty():
    rows = [["机构名称", "机构名称", "统一社会信用代码", "地址", "办学地址"], ["", "甲中心", "91", "某路", ""]]
    found = table(sheet(*rows, ["机构名称", "机构名称", "统一社会信用代码", "地址", "办学地址"]))
    assert data(found) == [(None, 2, {"name": "甲中心", "code": "91", "address": "某路"})]
    assert [heading.column for heading in found.headings] == [None, "name", "code", "address", None]


def test_a_refusal_carries_the_headings_to_be_mapped():
    with pytest.raises(LayoutRefused) as refusal:
        table(sheet(["单位", "名称", "备注"], ["甲", "乙", ""], name="一"), sheet(HEAD, one(1), name="二"))
    found = refusal.value.table
    assert "工作表“一”缺少必需的列：统一社会信用代码" in refusal.value.message
    assert [(h.sheet, h.label, h.column) for h in found.headings[:3]] == [
        ("一", "单位", None),
        ("一", "名称", "name"),
        ("一", "备注", "remark"),
    ]
    assert [list(each.blocks()) for each in found.sheets] == [[], []]
    with pytest.raises(LayoutRefused) as refusal:
        table(sheet([*HEAD, "办学地址"], [*one(1), "别处"]))
    assert "第3列“办学地址”、第7列“办学地址”" in refusal.value.message
    assert [heading.column for heading in refusal.value.table.headings].count("address") == 2


def test_a_bureaus_choice_settles_what_came_twice():
    rows = [["机构名称", "校名", "名称", "信用代码"], ["甲", "", "乙", "91"]]
    assert data(table(sheet(*rows), chosen={"名称": ""})) == [(None, 2, {"name": "甲", "code": "91"})]


def test_merged_cells_beyond_the_rows_do_no_harm():
    merged = [(0, 9, 0, 12), (0, 4, 0, 30), (1, 0, 3, 40), (7, 7, 90, 90), (1, 5, 1, 5)]
    assert numbers(["名录"], HEAD, one(1), one(2), merged=merged) == [3, 4]
