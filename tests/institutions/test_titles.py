"""What titles, sheets' names and group rows say about category and county."""

import pytest

from foundation.imports.layout import find_table
from foundation.imports.reading import RawFile, RawSheet
from institutions.sheet import InstitutionSheet
from institutions.titles import category_in, county_in


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("学科类", "学科类"),
        ("一、学科类（12家）", "学科类"),
        ("思明区学科类校外培训机构名录", "学科类"),
        ("3.科技", "科技类"),
        ("体育", "体育类"),
        ("（二）文化艺术类", "文化艺术类"),
        ("艺术类（32家）", "文化艺术类"),
        ("非学科类（体育）", "体育类"),
        ("非学科类-科技", "科技类"),
        ("其他非学科类", "其他非学科类"),
        ("其他", "其他非学科类"),
        ("非学科类", None),
        ("学科类、体育类机构", None),
        ("思明区教育和体育局", None),
        ("填报单位：石狮市教体局", None),
        ("思明区体育路街道", None),
        ("校外培训机构名录", None),
        ("其他事项说明", None),
        ("Sheet1", None),
    ],
)
def test_the_category_of_a_title(text, category):
    assert category_in(text) == category


@pytest.mark.parametrize(
    ("text", "county"),
    [
        ("厦门市思明区校外培训机构名录", "思明区"),
        ("思明区（12家）", "思明区"),
        ("思明", "思明区"),
        ("2.集美", "集美区"),
        ("三明市沙县区", "沙县区"),
        ("晋江市校外培训机构", "晋江市"),
        ("厦门市校外培训机构名录", None),
        ("思明区、湖里区机构名录", None),
        ("思明与湖里", None),
        ("学科类", None),
    ],
)
def test_the_county_of_a_title(text, county):
    assert county_in(text) == county


def test_what_titles_say_reaches_the_rows():
    head = ["机构名称", "统一社会信用代码", "办学地址"]
    rows = [["厦门市校外培训机构名录", "", ""], head, ["思明区（1家）", "", ""], ["甲中心", "91", "某路"]]
    rows += [["湖里", "1家", ""], ["乙中心", "92", "某路"]]
    raw = RawFile("xlsx", [RawSheet("艺术类（2家）", False, len(rows), (), lambda: iter(rows))])
    blocks = [block for sheet in find_table(raw, InstitutionSheet()).sheets for block in sheet.blocks()]
    assert [(block.numbers, block.defaults) for block in blocks] == [
        ([4], {"category": "文化艺术类", "county": "思明区"}),
        ([6], {"category": "文化艺术类", "county": "湖里区"}),
    ]
