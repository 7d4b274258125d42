"""Headings found by their meaning, wherever they stand and however many rows they take."""

from __future__ import annotations

import pytest

from foundation.imports.faults import FileRefused
from foundation.imports.layout.spelling import Spellings

from .drawn import HEAD, REGISTER, TWO_ROWS, UNDER_TWO, columns, data, numbers, one, sheet, table

# -- headings by their meaning


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("统一社会\n信用代码", "code"),
        ("统 一 社 会 信 用 代 码", "code"),
        ("*统一社会信用代码（必填）", "code"),
        ("统一社会信用代码（18位）", "code"),
        ("2.统一社会信用代码", "code"),
        ("二、统一社会信用代码", "code"),
        ("（2）统一社会信用代码", "code"),
        ("②统一社会信用代码", "code"),
        ("统一社会信用代码号", "code"),
        ("机构统一社会信用代码", "code"),
        ("统一社会信用代码必填", "code"),
        ("★统一社会信用代码：", "code"),
        ("统一社会信用代吗", "code"),
        ("统一社会信用码", "code"),
        ("【统一社会信用代码】", "code"),
        ("统一社会信用代码/Credit Code（ＵＳＣＣ）", "code"),
        ("\u200b统一社会信用代码\ufeff", "code"),
    ],
)
def test_one_heading_in_many_spellings(label, column):
    found = table(sheet(["机构名称", label], ["甲", "91"]))
    assert [heading.column for heading in found.headings] == ["name", column]


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("机构联系电话", "phone"),
        ("校长姓名", "person"),
        ("法定代表人（负责人）", "person"),
        ("所在区", "county"),
        ("县（市、区）", "county"),
        ("许可证有效期至", "until"),
        ("实际办学地址", "address"),
        ("办学许可证号码", "permit"),
        ("联系人电话", "phone"),
        ("法定代表人身份证号", None),
        ("法定代表人电话号码簿", None),
        ("原办学许可证号", None),
        ("有无办学许可证号", None),
        ("办学许可证复印件", None),
        ("发证日期备注", None),
        ("教师人数", None),
        ("有效期始", None),
        ("许可证名称", None),
        ("序号", None),
        ("2024", None),
    ],
)
def test_additions_are_understood_with_caution(label, column):
    assert columns(label) == [column]


def test_likeness_never_takes_two_headings_for_one_column():
    assert columns("实际办学地址", "注册办学地址") == ["address", None]
    assert columns("注册办学地址", "办学地址") == [None, "address"]
    assert columns("监管办学地址", "机构地址") == [None, "address"]


def test_the_columns_own_name_wins_over_other_words_for_it():
    assert columns("手机", "联系电话") == [None, "phone"]
    assert columns("法定代表人", "校长", "负责人") == ["person", None, None]


def test_brackets_tell_two_headings_apart():
    assert columns("有效期（起）", "有效期（止）") == ["issued", "until"]


def test_a_clerks_choice_wins_over_the_spelling():
    rows = [[*HEAD, "许可证"], [*one(1), "教1"]]
    found = table(sheet(*rows), chosen={"许可证": "remark", "办学地址": "", "联系电话": "gone"})
    assert [heading.column for heading in found.headings] == [
        "name",
        "code",
        None,
        "phone",
        "issued",
        "until",
        "remark",
    ]
    assert data(found)[0][2]["remark"] == "教1"
    chosen = table(sheet(["公司", "号", *HEAD[2:]], one(1)), chosen={"公司": "name", "号": "code"})
    assert data(chosen)[0][2]["code"] == "913502030000000001"


def test_a_choice_for_a_heading_that_no_column_bears_a_name_for():
    rows = [["机构名称", "统一社会信用代码", "", "备注"], ["甲", "91", "湖滨南路1号", ""]]
    strange = table(sheet(*rows)).headings[2]
    assert (strange.label, strange.column, strange.sample) == ("第3列", None, ["湖滨南路1号"])
    assert data(table(sheet(*rows), chosen={strange.key: "address"}))[0][2]["address"] == "湖滨南路1号"


def test_samples_show_the_first_values_and_mask_what_may_be_a_persons_number():
    rows = [["机构名称", "统一社会信用代码", "身份证", "手机", "1"], ["1", "2", "3", "4", "5"]]
    rows += [[f"第{n}中心", f"91{n}", "350203199001011234", "13800001234", ""] for n in range(5)]
    found = {heading.label: heading.sample for heading in table(sheet(*rows)).headings}
    assert found["机构名称"] == ["第0中心", "第1中心", "第2中心"]
    assert (found["身份证"], found["手机"]) == (["350****1234"], ["138****1234"])
    assert found["1"] == []


# -- where the heading stands


@pytest.mark.parametrize("above", [0, 1, 2, 29])
def test_titles_may_stand_above_even_with_words_of_headings(above):
    titles = [["厦门市校外培训机构名录"], ["单位名称：思明区教育局", "", "联系电话：0592-1"], ["机构名称 区县 备注"]]
    rows = [titles[at % 3] for at in range(above)]
    assert numbers(*rows, HEAD, one(1)) == [above + 2]


def test_a_title_line_that_itself_has_two_of_our_words_is_not_the_heading():
    rows = [["单位名称", "思明区教育局", "联系电话", "0592-2000000"], HEAD, one(1)]
    found = table(sheet(*rows))
    assert (data(found)[0][1], found.headings[1].label) == (3, "统一社会信用代码")


def test_a_heading_below_row_thirty_is_not_found():
    with pytest.raises(FileRefused) as refusal:
        numbers(*[["说明文字"]] * 30, HEAD, one(1))
    assert refusal.value.code == "no_header"


READ = dict(
    zip(("name", "code", "permit", "issued", "until", "person", "phone"), UNDER_TWO, strict=True),
)


@pytest.mark.parametrize("merged", [(), ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 6))])
def test_two_heading_rows_decide_together(merged):
    found = table(sheet(["名录"], *TWO_ROWS, UNDER_TWO, merged=merged))
    assert data(found) == [(None, 4, READ)]
    assert found.headings[2].label == "许可证/编号"


def test_three_heading_rows_with_merged_groups():
    rows = [
        ["基本信息", "", "许可信息", "", "", "人员信息", ""],
        ["机构名称", "统一社会信用代码", "许可证", "", "", "法定代表人", ""],
        ["", "", "编号", "发证日期", "有效期至", "姓名", "电话"],
        UNDER_TWO,
    ]
    merged = [(0, 0, 0, 1), (0, 2, 0, 4), (0, 5, 0, 6), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 6)]
    assert data(table(sheet(*rows, merged=merged))) == [(None, 4, READ)]


def test_the_group_decides_between_equal_words():
    rows = [
        ["机构名称", "统一社会信用代码", "营业执照", "", "许可证", ""],
        ["", "", "编号", "有效期至", "编号", "有效期至"],
        ["甲中心", "91", "执1", "2030-01-01", "教1", "2027-02-28"],
    ]
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]
    assert data(table(sheet(*rows, merged=merged)))[0][2] == {
        "name": "甲中心",
        "code": "91",
        "permit": "教1",
        "until": "2027-02-28",
    }


def test_a_group_that_tells_nothing_new_is_still_part_of_the_heading():
    rows = [
        ["机构名称", "统一社会信用代码", "法定代表人", ""],
        ["", "", "姓名", "年龄"],
        ["甲中心", "91", "林晓梅", "40"],
    ]
    for merged in ((), ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3))):
        assert [n for _, n, _ in data(table(sheet(*rows, merged=merged)))] == [3]


def test_a_one_row_heading_does_not_swallow_the_first_row():
    assert numbers(["机构名称", "统一社会信用代码", "说明"], ["甲中心", "甲", "乙"], ["乙中心", "乙", ""]) == [2, 3]
    assert numbers(["机构名称", "统一社会信用代码", "", "备注"], ["甲中心", "甲", "丙", "电话"]) == [2]


def test_a_heading_merged_over_two_columns_stands_once():
    rows = [["机构名称", "", "统一社会信用代码"], ["甲中心", "", "91"]]
    found = table(sheet(*rows, merged=[(0, 0, 0, 1), (1, 0, 1, 1)]))
    assert found.sheets[0].places == {"name": 0, "code": 2}


def test_spellings_remember_what_they_were_asked():
    spellings = Spellings(REGISTER)
    assert spellings.match(("机构名称",)) is spellings.match(("机构名称",))
