"""Repairs that are suggested for labels, telephone numbers and dates."""

from __future__ import annotations

import pytest

from foundation.imports.suggesting import suggest_choice, suggest_date, suggest_phone
from tests.imports import planted

#: Not a seed with which ``foundation.imports.suggesting`` was written.
SEED = 2260
CATEGORIES, STAGES, MODES, LEGAL, PAPERS, STATUS, PERMITS, _, _, BANKS = planted.LISTS


@pytest.mark.parametrize(
    ("typed", "labels", "meant", "why"),
    [
        ("学科累", CATEGORIES, "学科类", "“累”应为“类”（同音字）"),
        ("正长", STATUS, "正常", "“长”应为“常”（同音字）"),
        ("主消", STATUS, "注销", "“主”应为“注”，“消”应为“销”（同音字）"),
        ("体肓类", CATEGORIES, "体育类", "“肓”应为“育”（形近字）"),
        ("末登记", LEGAL, "未登记", "“末”应为“未”（形近字）"),
        ("停业真改", STATUS, "停业整改", "“真”应为“整”（音近字）"),
        ("育体类", CATEGORIES, "体育类", "“育体”两字颠倒"),
        ("文化艺类", CATEGORIES, "文化艺术类", "漏了“术”"),
        ("文化和艺术类", CATEGORIES, "文化艺术类", "多了“和”"),
        ("责令停止止招生", STATUS, "责令停止招生", "多打了一个“止”"),
        ("学？类", CATEGORIES, "学科类", "“?”应为“科”"),
        ("1、学科类。", CATEGORIES, "学科类", "多了编号或字母"),
        ("【学科类】", CATEGORIES, "学科类", "多了标点或符号"),
    ],
)
def test_the_one_label_that_is_a_slip_away(typed, labels, meant, why):
    suggestion = suggest_choice(typed, labels)
    assert (suggestion.value, suggestion.why) == (meant, why)
    assert 0.99 <= suggestion.confidence < 1


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("", CATEGORIES),
        ("非学科类", CATEGORIES),
        ("其他学科类", CATEGORIES),
        ("科学类", CATEGORIES),
        ("学前类", CATEGORIES),
        ("中学", STAGES),
        ("大学", STAGES),
        ("撤销", STATUS),
        ("转行", STATUS),
        ("上线", MODES),
        ("企业(非营利)", LEGAL),
        ("有证有照", PAPERS),
        ("农商银行", BANKS),
        ("启明培训学校", CATEGORIES),
    ],
)
def test_another_word_is_no_slip(typed, labels):
    assert suggest_choice(typed, labels) is None


def test_a_word_that_leads_to_a_label_counts_as_that_label():
    words = {"学科类": "学科类", "学科": "学科类", "科技类": "科技类"}
    assert suggest_choice("学课", words).value == "学科类"
    assert suggest_choice("是业单位", {"事业单位": "事业单位", "实业单位": "事业单位"}).value == "事业单位"


def test_between_two_labels_nobody_can_tell():
    assert suggest_choice("是业单位", ["事业单位", "实业单位"]) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("138OOOO1234", "13800001234"),
        ("I38000O1234", "13800001234"),
        ("O592-2345678", "0592-2345678"),
        ("陈老师13800001234", "13800001234"),
        ("联系人：陈晓明 电话：0592-2345678", "0592-2345678"),
        ("138.0000.1234", "13800001234"),
        ("138 0000 1234", "13800001234"),
        ("13800001234.0", "13800001234"),
        ("0086 13800001234", "13800001234"),
        ("013800001234", "13800001234"),
        ("0592/2345678", "0592-2345678"),
        ("0592—2345678转801", "0592-2345678-801"),
        ("1380000123", None),
        ("138000012345", None),
        ("138****1234", None),
        ("13800001234 13900001234", None),
        ("陈13800001234或13900001234", None),
        ("0592-2345678/9", None),
        ("1380000i234", None),
        ("0592-2345678 8", None),
        ("无电话", None),
        ("13800001234", None),
        ("", None),
    ],
)
def test_telephone_numbers(typed, meant):
    suggestion = suggest_phone(typed)
    assert (suggestion.value if suggestion else None) == meant


@pytest.mark.parametrize(
    ("typed", "meant", "why"),
    [
        ("2024-3-1O", "2024-03-10", "日期中的字母应为数字"),
        ("2O24-03-01", "2024-03-01", "日期中的字母应为数字"),
        ("2024--3-1", "2024-03-01", "日期的写法不规范"),
        ("2024年3月1", "2024-03-01", "日期的写法不规范"),
        ("2024年3月1目（星期五）", "2024-03-01", "日期的写法不规范"),
        ("2024，3，1", "2024-03-01", "日期的写法不规范"),
        ("202403-01", "2024-03-01", "日期的写法不规范"),
        ("31/03/2024", "2024-03-31", "日期的写法不规范"),
        ("3/31/2024", "2024-03-31", "日期的写法不规范"),
        ("22024-03-01", "2024-03-01", "年份应为2024"),
        ("3024-3-1", "2024-03-01", "年份应为2024"),
    ],
)
def test_dates_with_one_reading(typed, meant, why):
    suggestion = suggest_date(typed)
    assert (suggestion.value, suggestion.why) == (meant, why)


@pytest.mark.parametrize(
    "typed",
    [
        "2024-31-03",
        "01/03/2024",
        "2024-02-30",
        "2024-13-01",
        "2204-3-1",
        "20024-3-1",
        "204-3-1",
        "24-3-1",
        "2024-3",
        "2024年3月",
        "2024031",
        "二〇二四",
        "2024年3月1日至2025年3月1日",
        "长期",
        "March1,2024",
        "O",
    ],
)
def test_dates_with_none_or_several_readings(typed):
    assert suggest_date(typed) is None
    assert suggest_date("") is None


@pytest.mark.parametrize(("what", "least"), [("choices", 0.5), ("phones", 0.5), ("dates", 0.5)])
def test_of_planted_faults_99_in_100_suggestions_are_right(what, least):
    result = planted.tally(what, 2000, SEED)
    print("\n".join(result.lines()))  # noqa: T201  the recall is part of the proof
    assert result.precision >= 0.99
    assert result.recall() >= least
