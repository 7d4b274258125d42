"""How cells are read: every spelling, every refusal, and that a plain cell is left alone."""

from __future__ import annotations

import json
from datetime import date, time, timedelta

import pytest
from django.db import models
from hypothesis import example, given, settings
from hypothesis import strategies as st

from foundation.imports.faults import CellRefused
from foundation.imports.values import (
    ChoicesWidget,
    ChoiceWidget,
    CodeWidget,
    DateWidget,
    NameWidget,
    PeriodEndWidget,
    PhoneWidget,
    TextWidget,
    text_of,
)
from tests.imports.cells import read, refused
from tests.imports.make_registry import SPAM

TEXT, NAME, CODE = TextWidget(60), NameWidget(60), CodeWidget(30)
DAY, END, PHONE = DateWidget(), PeriodEndWidget(), PhoneWidget(60)


class Colour(models.TextChoices):
    RED = "red", "红色"
    BLUE = "blue", "蓝(天蓝)"
    GREEN = "green", "绿色"


COLOUR = ChoiceWidget(
    Colour, synonyms={"朱": Colour.RED, "大红": Colour.RED}, noise="色|系列|非单", code="category_unknown"
)
COLOURS = ChoicesWidget(
    Colour, synonyms={"朱": Colour.RED}, groups={"冷色": ("blue", "green")}, code="category_unknown"
)
WIDGETS = [TEXT, NAME, CODE, DAY, END, PHONE, COLOUR, COLOURS]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("湖滨南路100号", "湖滨南路100号"),
        ("湖滨南路１００号Ａ座", "湖滨南路100号A座"),
        ("湖滨 南路\u3000100 号", "湖滨南路100号"),
        ("湖滨南路\n100号\r\n3层", "湖滨南路100号3层"),
        ("ABC  English  School", "ABC English School"),
        ("启明 ABC 学校", "启明ABC学校"),
        ("启明（集美校区）：一、二【甲】；“乙”", "启明（集美校区）：一、二【甲】；“乙”"),
        ("启明(集美校区)", "启明(集美校区)"),
        ("'启明学校", "启明学校"),
        ("’ 启明学校 ", "启明学校"),
        ("‘启明学校", "启明学校"),
        ("启\u200b明\ufeff学\u00ad校\u202e", "启明学校"),
        ("⼀⼆路", "一二路"),
        ("１０－２号＃３", "10-2号#3"),
        ("①号楼Ⅱ区㎡", "①号楼Ⅱ区㎡"),
        (100, "100"),
        (100.0, "100"),
        (3.5, "3.5"),
        (True, "是"),
        (date(2024, 3, 1), "2024-03-01"),
        ("联系 abc@163.com", "联系abc@163.com"),
    ],
)
def test_texts_are_tidied(cell, text):
    assert read(TEXT, cell) == (text, [])


@pytest.mark.parametrize(
    "cell", ["", " ", "\u3000", "\u200b", "-", "——", "/", "／", "无", "（无）", "暂无", "未知", "null", "N/A", "Ｎ／Ａ"]
)
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_what_means_nothing_is_empty(widget, cell):
    assert read(widget, cell) == (None, [])


@pytest.mark.parametrize(
    "cell",
    [
        SPAM,
        f"启明{SPAM}",
        "启明3\u200b6\u200d5防\ufeff伪查询",
        "启明３６５防伪",
        "启明3 6 5 防 伪",
        "启明ｂｅｔ365",
        "启明BET 3365",
        "ｂ\u200be\u200bt365",
        "365 bet 大陆网站",
        "真人百家乐",
        "澳门太阳城官网",
        "周末上课 金沙官方平台",
        "注册送彩金",
        "美女荷官在线",
        "滚球",
        "<script>alert(1)</script>",
        "＜ｓｃｒｉｐｔ＞",
        "&lt;script&gt;",
        "javascript:alert(1)",
        "<img src=x>",
        "详见http://example.org/a",
        "详见ｈｔｔｐ：／／example.org",
        "www.example.org",
        "请访问abc123.vip",
    ],
)
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_planted_words_are_unsafe_however_they_are_hidden(widget, cell):
    if widget in (DAY, END):
        assert refused(widget, cell).code in {"date_invalid", "unsafe_text"}
    else:
        assert refused(widget, cell).code == "unsafe_text"


@pytest.mark.parametrize(
    "cell", ["=1+1", " =A1", "'=HYPERLINK(1)", "＝1", "@SUM(A1)", "+A1", "-A1", "-2+3", "\u200b=1", "+1|x!A0"]
)
@pytest.mark.parametrize("widget", [TEXT, NAME, CODE], ids=lambda widget: type(widget).__name__)
def test_formulas_are_refused(widget, cell):
    assert refused(widget, cell).code == "formula"


@pytest.mark.parametrize("cell", ["-1层101室", "+86", "-1/-2层"])
def test_floors_below_the_ground_are_no_formulas(cell):
    assert read(TEXT, cell) == (cell, [])


@pytest.mark.parametrize(
    "cell", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#ref!", " #N/A ", "#####"]
)
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_failed_formulas_are_no_values(widget, cell):
    assert refused(widget, cell).code == "cell_error"


def test_long_texts_are_refused():
    assert read(TEXT, "长" * 60)[0] == "长" * 60
    assert refused(TEXT, "长" * 61).code == "too_long"
    assert refused(CODE, "9" * 31).code == "too_long"


@pytest.mark.parametrize(
    "cell",
    [
        "123",
        "启",
        "1-1",
        "13800000000",
        "启明学校13800000000",
        "启明0592-2000000",
        "??学校",
        "启\ufffd学校",
        12,
        True,
        "……",
    ],
)
def test_what_is_no_name(cell):
    assert refused(NAME, cell).code == "name_format"


@pytest.mark.parametrize("cell", ["启明", "启明（集美校区）", "启明2024学校", "ABC", "阿·买提", "3号学校"])
def test_names(cell):
    assert read(NAME, cell) == (cell, [])


@pytest.mark.parametrize(
    ("cell", "code", "said"),
    [
        ("135020370000011", "135020370000011", []),
        ("ab12", "AB12", ["code_format"]),
        ("１２３ ４５", "12345", ["code_format"]),
        ("12-34—56", "123456", ["code_format"]),
        ("'1234", "1234", ["code_format"]),
        (12345, "12345", []),
        (12345.0, "12345", []),
        (999_999_999_999_999, "999999999999999", []),
    ],
)
def test_codes(cell, code, said):
    assert read(CODE, cell) == (code, said)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("9.13502E+17", "code_scientific"),
        ("9.13502e17", "code_scientific"),
        ("９.1E+17", "code_scientific"),
        ("9E+17", "code_scientific"),
        ("'9.1E+17", "code_scientific"),
        (9.135e17, "code_precision"),
        (913502001234567890, "code_precision"),
        (10**15, "code_precision"),
        (12.5, "code_format"),
        (-3, "code_format"),
        (True, "code_format"),
        (date(2024, 3, 1), "code_format"),
        (time(9), "code_format"),
        (timedelta(1), "code_format"),
    ],
)
def test_lost_digits_are_not_made_up(cell, code):
    assert refused(CODE, cell).code == code


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("红色", "red"),
        ("red", "red"),
        (" ＲＥＤ ", "red"),
        ("大红", "red"),
        ("朱色系列", "red"),
        ("蓝（天蓝）", "blue"),
        ("红（大红、朱）", "red"),
    ],
)
def test_choices_by_other_words(cell, value):
    assert read(COLOUR, cell) == (value, [])


@pytest.mark.parametrize("cell", ["红/绿", "红、绿色", "紫", "红紫", "红、紫", "非单色", "色", "红蓝"])
def test_no_or_several_choices_are_refused(cell):
    refusal = refused(COLOUR, cell)
    assert refusal.code == "category_unknown"
    assert "红色、蓝(天蓝)、绿色" in refusal.message


def test_several_choices():
    assert read(COLOURS, "绿色、红色，朱")[0] == ["red", "green"]
    assert read(COLOURS, "冷色和红色")[0] == ["red", "blue", "green"]
    assert refused(COLOURS, "红色、紫").code == "category_unknown"
    assert COLOURS.render(["red", "green"]) == "红色、绿色"


PIECES = [
    "365", "防伪", "bet", "BET", "百家乐", "彩", "票", "博", "投注", "www", ".", "com", "http", "://", "：／／",
    "<", "＜", "a", "&lt;", "=", "＝", "+", "-", "－", "@", "'", "’", "#REF!", "#", "无", "N/A", "（", "）",
    "(", ")", " ", "\u3000", "\n", "\u200b", "2024", "年", "月", "日", "03", "01", "/", "至", "长期",
    "9.1E+17", "E", "1380000000", "0592", "１", "Ａ", "⼀", "启明", "学校", "\U00020000", "\ufffd", "é", "İ",
    "ß", "ﬁ", "ｶﾞ", "①", "¼", "٣", "红", "色", "、", "和", "转",
]  # fmt: skip
CELLS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_a_plain_cell_is_canonical(widget, data):
    """Columns take plain cells as they are, without asking ``clean``: it must have nothing to say."""
    if widget.plain is None:
        assert widget.repeats
        return
    cell = data.draw(
        st.one_of(
            st.from_regex(widget.plain, fullmatch=True), st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
        )
    )
    if widget.plain.fullmatch(cell):
        assert read(widget, cell) == (cell, [])


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@given(cell=CELLS)
@example(cell=float("nan"))
@example(cell=float("inf"))
@example(cell="\ud800")
@settings(max_examples=300, deadline=None)
def test_any_cell_is_read_or_refused_and_what_was_read_comes_back(widget, cell):
    """No cell breaks the import; values are JSON; what is shown is read again as the same value."""
    try:
        value, _ = read(widget, cell)
    except CellRefused:
        return
    if value is not None:
        assert json.loads(json.dumps(value)) == value
        assert read(widget, widget.render(value))[0] == value
        assert text_of(widget.render(value)) == widget.render(value)
