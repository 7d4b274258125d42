"""The cells of past visits: every usual way of writing people, times, head-counts and problems."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from foundation.imports.faults import CellRefused
from inspections.importing.cells import CountWidget, PeopleWidget, SlotWidget, VisitDayWidget
from inspections.importing.naming import key_of
from inspections.past import count_in, people_in, problems_in
from inspections.reports import HeadCount, OnSite


def read(widget, cell):
    return widget.clean(cell, warn=lambda *words: None)


def refused(widget, cell) -> str:
    with pytest.raises(CellRefused) as refusal:
        read(widget, cell)
    return refusal.value.code


PEOPLE = {
    "张三(教育局)、李四(市监局)": "张三(教育局)、李四(市监局)",
    "张三（教育局），李四（市监局）": "张三(教育局)、李四(市监局)",
    "教育局：张三、李四；市监局：王五": "张三(教育局)、李四(教育局)、王五(市监局)",
    "教育局张三、市监局李小四": "张三(教育局)、李小四(市监局)",
    "张三 李四": "张三、李四",
    "张 三、李小明": "张三、李小明",
    "张　三 李四": "张三、李四",
    "张三\n李四": "张三、李四",
    "张三和李四": "张三、李四",
    "和平、李四": "和平、李四",
    "张三/李四": "张三、李四",
    "张三、李四等5人": "张三、李四等5人",
    "5人": "等5人",
    "共3名": "等3人",
    "欧阳娜娜、阿依古丽·买买提": "欧阳娜娜、阿依古丽·买买提",
    "无": None,
}


@pytest.mark.parametrize("cell", PEOPLE)
def test_people(cell):
    assert read(PeopleWidget(), cell) == PEOPLE[cell]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("张三、张三", "officers_twice"),
        ("张三(教育局)、张三(教育局)", "officers_twice"),
        ("13800000000", "officers_format"),
        ("教育局 张三", "officers_format"),
        ("市场监管局", "officers_format"),
        ("张三李四王五", "officers_format"),
    ],
)
def test_people_that_cannot_be_told_apart_are_refused(cell, code):
    assert refused(PeopleWidget(), cell) == code


def test_people_taken_apart():
    found = people_in("张三(教育局)、李四等5人")
    assert (found.named, found.in_all) == ((OnSite("张三", "教育局"), OnSite("李四")), 5)
    assert (people_in("等3人").named, people_in("等3人").in_all) == ((), 3)
    assert people_in("").in_all is None


@pytest.mark.parametrize(
    ("cell", "slot"),
    [
        ("上午", "morning"),
        ("夜间", "evening"),
        ("中午", "afternoon"),
        ("19:30", "19:30"),
        ("9：05", "09:05"),
        ("晚上7点半", "19:30"),
        ("下午3:30-5:00", "15:30-17:00"),
        ("14：00—15：20", "14:00-15:20"),
        ("9时30分", "09:30"),
        (time(19, 30), "19:30"),
        (0.8125, "19:30"),
        ("-", None),
    ],
)
def test_parts_of_the_day(cell, slot):
    assert read(SlotWidget(), cell) == slot


@pytest.mark.parametrize(
    ("cell", "code"), [("25:10", "time_invalid"), ("15:00-14:00", "time_invalid"), ("全天", "category_unknown")]
)
def test_no_part_of_the_day(cell, code):
    assert refused(SlotWidget(), cell) == code


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("30", "30"),
        (30, "30"),
        (30.0, "30"),
        ("220余", "220余"),
        ("二百二十余人", "220余"),
        ("十来个", "10余"),
        ("三十多名学生", "30余"),
        ("至少30人", "30余"),
        ("30人以上", "30余"),
        ("两百", "200"),
        ("约30人", "30"),
        ("0", "0"),
        ("无", None),
    ],
)
def test_head_counts(cell, count):
    assert read(CountWidget(), cell) == count


@pytest.mark.parametrize(
    ("cell", "code"),
    [("30-40", "count_invalid"), ("不足30", "count_invalid"), ("很多", "count_invalid"), ("99999", "count_range")],
)
def test_no_head_count(cell, code):
    assert refused(CountWidget(), cell) == code


def test_the_number_of_officers_has_to_be_exact():
    assert read(CountWidget(exact=True), "5人") == "5"
    assert refused(CountWidget(exact=True), "5余") == "count_invalid"


def test_a_lower_bound_stays_one():
    assert (count_in("220余"), count_in("30"), count_in(None)) == (HeadCount(220, True), HeadCount(30), HeadCount())


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-01-15 19:30", "2024-01-15 19:30"),
        ("2024年1月15日 9:05", "2024-01-15 09:05"),
        (datetime(2024, 1, 15, 19, 30), "2024-01-15 19:30"),  # noqa: DTZ001 (as a workbook gives it)
        (datetime(2024, 1, 15), "2024-01-15"),  # noqa: DTZ001
        ("2024.1.15", "2024-01-15"),
    ],
)
def test_a_day_keeps_its_time(cell, day):
    assert read(VisitDayWidget(), cell) == day


@pytest.mark.parametrize(
    ("cell", "problems"),
    [
        ("1.消防通道堵塞；2.未公示收费", ["消防通道堵塞", "未公示收费"]),
        ("①甲②乙", ["甲", "乙"]),
        ("未公示收费;无证", ["未公示收费", "无证"]),
        ("通道宽1.5米，不足", ["通道宽1.5米，不足"]),
        ("(1)甲 (2)乙", ["甲", "乙"]),
    ],
)
def test_several_problems_in_one_cell(cell, problems):
    assert problems_in(cell) == problems


def test_names_are_the_same_in_any_brackets_and_width():
    assert key_of("启明（集美）ＡＢ中心") == key_of("启明(集美) ab中心")
