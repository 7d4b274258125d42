"""Days, periods and telephone numbers in every spelling that bureaus use."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from foundation.imports.values import DateWidget, PeriodEndWidget, PhoneWidget, period
from tests.imports.cells import read, refused

DAY, END, PHONE = DateWidget(), PeriodEndWidget(), PhoneWidget(60)


def naive(*parts: int) -> datetime:
    """A workbook's own date cell: it knows no time zone."""
    return datetime(*parts)  # noqa: DTZ001


FIRST_OF_MARCH = [
    "2024-03-01", "2024/3/1", "2024.3.1", "2024年3月1日", "20240301", "2024-3-1 0:00", "２０２４年３月１日",
    "二〇二四年三月一日", "二○二四年三月一日", "二零二四年三月一日", "贰零贰肆年叁月壹日",
    "2024 年 3 月 1 日", "2024年03月01号", "2024年3月1", "March 1, 2024", "Mar 1,2024", "1 March 2024",
    "1-Mar-2024", "2024-Mar-01", "2024-03-01T00:00:00", "2024-03-01 00:00:00.000", "2024/3/1 上午 12:00:00",
    "2024年3月1日 10时30分", "2024年3月1日(星期五)", "2024 3 1", "2024、3、1", "2024。3。1", "2024—3—1",
    "2024年3月1日起", "至2024年3月1日止", "'2024-03-01", "2024-03-01\u200b",
    naive(2024, 3, 1), date(2024, 3, 1),
]  # fmt: skip


@pytest.mark.parametrize("widget", [DAY, END], ids=["day", "end"])
@pytest.mark.parametrize("cell", FIRST_OF_MARCH)
def test_a_day_in_every_spelling(widget, cell):
    assert read(widget, cell) == ("2024-03-01", [])


@pytest.mark.parametrize("cell", ["45352", "45352.0", "45352.75", 45352, 45352.5, 20240301])
def test_a_number_is_shown_beside_the_day_that_was_made_of_it(cell):
    assert read(DAY, cell) == ("2024-03-01", ["normalized"])


def test_an_hour_is_dropped_and_it_is_said():
    assert read(DAY, naive(2024, 3, 1, 15, 30)) == ("2024-03-01", ["normalized"])


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("二○二四年三月十五日", "2024-03-15"),
        ("二〇二四年十二月三十一日", "2024-12-31"),
        ("二〇二四年十月廿一日", "2024-10-21"),
        ("二〇二四年十一月卅日", "2024-11-30"),
        ("28/2/2027", "2027-02-28"),
        ("2/28/2027", "2027-02-28"),
        ("3/3/2027", "2027-03-03"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_other_days(cell, day):
    assert read(DAY, cell)[0] == day


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2024-02-30", "date_invalid"),
        ("2023-02-29", "date_invalid"),
        ("2024-13-01", "date_invalid"),
        ("20240230", "date_invalid"),
        ("2024030", "date_invalid"),
        ("3/1/2024", "date_invalid"),
        ("去年春天", "date_invalid"),
        (True, "date_invalid"),
        (time(9, 30), "date_invalid"),
        ("2024", "date_precision"),
        (2024, "date_precision"),
        ("2024年", "date_precision"),
        ("2024年3月", "date_precision"),
        ("2024.3", "date_precision"),
        (2024.3, "date_precision"),
        ("202403", "date_precision"),
        ("二〇二四年三月", "date_precision"),
        ("2024年3月至2027年2月", "date_precision"),
        ("Mar 2024", "date_precision"),
        ("1-Mar-24", "date_precision"),
        ("05.03.12", "date_precision"),
        ("98年3月1日", "date_precision"),
        ("1025-03-01", "date_range"),
        ("2101-01-01", "date_range"),
        (date(1900, 1, 1), "date_range"),
        ("1948-12-31", "date_range"),
    ],
)
@pytest.mark.parametrize("widget", [DAY, END], ids=["day", "end"])
def test_what_is_no_exact_day(widget, cell, code):
    refusal = refused(widget, cell)
    assert (refusal.code, refusal.after) == (code, "")


@pytest.mark.parametrize("cell", ["24-3-1", "24年3月1日", "'24.03.01", "24/3/1"])
@pytest.mark.parametrize("widget", [DAY, END], ids=["day", "end"])
def test_a_year_of_two_digits_is_never_taken_but_its_day_is_suggested(widget, cell):
    refusal = refused(widget, cell)
    assert (refusal.code, refusal.after) == ("date_precision", "2024-03-01")


def test_a_day_among_other_words_is_suggested():
    refusal = refused(DAY, "2024-03-01（换证）")
    assert (refusal.code, refusal.after, refusal.confidence) == ("date_invalid", "2024-03-01", 0.9)
    assert refused(DAY, "2024-03-01换证，2027-03-01再换").after == ""
    assert refused(DAY, "2024.03.01-2027.02.28").after == "2024-03-01"


@pytest.mark.parametrize(
    "cell",
    [
        "2024.03.01-2027.02.28",
        "2024-03-01-2027-02-28",
        "2024/03/01 ～ 2027/02/28",
        "2024年3月1日至2027年2月28日",
        "自2024年3月1日起至2027年2月28日止",
        "有效期：2024年3月1日到2027年2月28日",
        "20240301-20270228",
        "2024-03-01—2027-02-28",
        "二〇二四年三月一日至二〇二七年二月二十八日",
        "2024-03-01/2027-02-28",
    ],
)
def test_a_period_gives_both_its_ends(cell):
    value, said = read(END, cell)
    assert (period(value), said) == (("2024-03-01", "2027-02-28"), ["normalized"])
    assert read(END, END.render(value))[0] == value


def test_no_end_is_said():
    assert read(END, "长期") == read(DAY, "长期有效") == (None, ["normalized"])
    value, said = read(END, "2024年3月1日至长期")
    assert (period(value), said) == (("2024-03-01", None), ["normalized"])
    assert (period(None), period("2027-02-28")) == ((None, None), (None, "2027-02-28"))


def test_periods_that_are_none():
    assert refused(END, "2024-02-30至2027-02-28").code == "date_invalid"
    for cell in ("三年", "3年", "有效期五年"):
        assert "年限" in refused(END, cell).message


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13800000000", "13800000000"),
        (13800000000.0, "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("+86 13800000000", "13800000000"),
        ("86-13800000000", "13800000000"),
        ("008613800000000", "13800000000"),
        ("+86-592-2000000", "0592-2000000"),
        ("0592-2000000", "0592-2000000"),
        ("0592 2000000", "0592-2000000"),
        ("（0592）2000000", "0592-2000000"),
        ("0592—2000000", "0592-2000000"),
        ("05922000000", "05922000000"),
        ("2000000", "2000000"),
        ("0592-2000000转802", "0592-2000000-802"),
        ("0592-2000000 转 802", "0592-2000000-802"),
        ("0592-2000000-802", "0592-2000000-802"),
        ("0592-2000000 ext.802", "0592-2000000-802"),
        ("13800000000、13900000000", "13800000000、13900000000"),
        ("13800000000/0592-2000000", "13800000000、0592-2000000"),
        ("13800000000，13900000000；", "13800000000、13900000000"),
        ("13800000000\n13900000000", "13800000000、13900000000"),
        ("138 0000 0000 139 0000 0000", "13800000000、13900000000"),
        ("1380000000013900000000", "13800000000、13900000000"),
        ("13800000000或13900000000", "13800000000、13900000000"),
        ("13800000000、13800000000", "13800000000"),
        ("400-123-4567", "400-123-4567"),
        ("96315", "96315"),
    ],
)
def test_telephone_numbers(cell, numbers):
    assert read(PHONE, cell) == (numbers, [])
    assert read(PHONE, numbers) == (numbers, [])


@pytest.mark.parametrize(
    ("cell", "suggested"),
    [
        ("1380000000", ""),
        ("138000000001", ""),
        ("12800000000", ""),
        ("13800000000、1380000000", ""),
        ("张老师13800000000", "13800000000"),
        ("13800000000（王）", "13800000000"),
        ("王13800000000 李13900000000", "13800000000、13900000000"),
        ("138OOOO0000", "13800000000"),
        ("5922000000", "0592-2000000"),
        (5922000000, "0592-2000000"),
        ("微信同号", ""),
        (True, ""),
        (1.38e17, ""),
        (date(2024, 3, 1), ""),
    ],
)
def test_wrong_telephone_numbers(cell, suggested):
    refusal = refused(PHONE, cell)
    assert (refusal.code, refusal.after) == ("phone_invalid", suggested)
