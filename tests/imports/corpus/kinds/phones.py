"""Telephone numbers."""

from ..base import Case, case, good
from ..writers import Number


@case("phones/good_ones", "mobile, landline with and without area code, 400, extension")
def good_ones(c: Case) -> None:
    c.head()
    phones = (
        "13800138000",
        "0592-2000000",
        "2000000",
        "4008208820",
        "400-820-8820",
        "0591-87654321",
        "0592-2000000-801",
    )
    for number, phone in enumerate(phones, start=1):
        c.row(good(number, phone=phone))
    c.csv()


@case("phones/with_marks", "blanks, dashes, brackets, country code, full width")
def with_marks(c: Case) -> None:
    c.head()
    for number, (text, phone) in enumerate(
        (
            ("138 0013 8000", "13800138000"),
            ("１３８００１３８０００", "13800138000"),
            ("(0592)2000000", "0592-2000000"),
            ("（0592）2000000", "0592-2000000"),
            ("0592—2000000", "0592-2000000"),
            ("0592 - 2000000", "0592-2000000"),
        ),
        start=1,
    ):
        c.row(good(number, phone=phone), cells={"phone": text}, may=["code_format"])
    c.csv()


@case("phones/two_numbers", "two numbers in a cell, in every way of separating them")
def two_numbers(c: Case) -> None:
    c.head()
    c.row(good(1, phone="13800138000、0592-2000000"))
    marks = ("/", "；", "\n", "，", " / ")
    for number, mark in enumerate(marks, start=2):
        row = good(number, phone="13800138000、0592-2000000")
        c.row(row, cells={"phone": f"13800138000{mark}0592-2000000"}, may=["code_format"])
    c.csv()


@case("phones/wrong", "ten and twelve digits, a mobile number that begins with 12, letters")
def wrong(c: Case) -> None:
    c.head()
    c.row(good(1))
    bad = ("1380013800", "138001380000", "12800138000", "1380013800a", "0592-200", "1111")
    for number, text in enumerate(bad, start=2):
        c.row(good(number), "phone_invalid", cells={"phone": text})
    c.csv("gbk")


@case("phones/words", "words where a number should be")
def words(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, text in enumerate(("见公示栏", "同上"), start=2):
        c.row(good(number), "phone_invalid", cells={"phone": text})
    c.row(good(4, phone=""), cells={"phone": "无"})
    c.csv()


@case("phones/numbers", "numbers in cells formatted as numbers, one shown as 1.38E+10")
def numbers(c: Case) -> None:
    c.sheet("名录")
    c.head()
    c.row(good(1, phone="13800138000"), cells={"phone": 13800138000})
    c.row(good(2, phone="13900139000"), cells={"phone": Number("13900139000.0")})
    c.row(good(3, phone="13700137000"), cells={"phone": Number("1.3700137E10")})
    c.row(good(4), cells={"phone": "1.38E+10"}, outcome="rejected")
    c.expected[-1]["one_of"] = ["code_scientific", "phone_invalid"]
    c.row(good(5, phone="13800138001"), cells={"phone": "1.3800138001E+10"})
    c.xlsx()


@case("phones/with_plus", "+86 in front: a country code, not a formula")
def with_plus(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, text in enumerate(("+8613800138000", "+86-13800138000", "86-13800138000"), start=2):
        c.row(good(number, phone="13800138000"), cells={"phone": text}, may=["code_format"])
    c.csv()
