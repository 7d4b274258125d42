"""How days are written, and days that there are not. The clock of the tests stands at 2026-06-01."""

from datetime import date, datetime

from ..base import Case, case, good
from ..writers import Number


def _issued(c: Case, number: int, text: object, day: str, **given: object) -> None:
    c.row(good(number, issue_date=day), cells={"issue_date": text}, **given)


@case("dates/usual_spellings", "one day in twelve spellings")
def usual(c: Case) -> None:
    c.head()
    spellings = (
        "2024-03-01", "2024/3/1", "2024.3.1", "2024年3月1日", "20240301", "2024-3-1 0:00", "2024/03/01 00:00:00",
        "２０２４年３月１日", "2024 年 3 月 1 日", "2024年03月01号", "2024．3．1", "March 1, 2024",
    )  # fmt: skip
    for number, text in enumerate(spellings, start=1):
        _issued(c, number, text, "2024-03-01")
    c.csv()


@case("dates/in_chinese_numerals", "二〇二四年三月一日 and its variants")
def chinese(c: Case) -> None:
    c.head()
    for number, (text, day) in enumerate(
        (
            ("二〇二四年三月一日", "2024-03-01"),
            ("二○二四年三月十五日", "2024-03-15"),
            ("二零二四年十月二十日", "2024-10-20"),
            ("二〇二三年十二月三十一日", "2023-12-31"),
            ("二〇二四年三月廿一日", "2024-03-21"),
        ),
        start=1,
    ):
        _issued(c, number, text, day)
    c.csv("gb18030")


@case("dates/that_do_not_exist", "30 February, 29 February of a common year, month 13, 31 April")
def not_existing(c: Case) -> None:
    c.head()
    c.row(good(1, issue_date="2024-02-29"))
    for number, text in enumerate(("2024-02-30", "2023年2月29日", "2024-13-01", "2024.4.31", "20240931"), start=2):
        c.row(good(number), "date_invalid", cells={"issue_date": text})
    c.row(good(7))
    c.csv()


@case("dates/that_are_none", "words where a day should be, and ###### of a column that was too narrow")
def words(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, text in enumerate(("正在办理", "见许可证", "春节后"), start=2):
        c.row(good(number), "date_invalid", cells={"valid_until": text})
    c.row(good(5), "cell_error", cells={"valid_until": "########"})
    c.csv("gbk")


@case("dates/serials_as_text", "day numbers of the spreadsheet that were saved as text")
def serials_as_text(c: Case) -> None:
    c.head()
    c.row(good(1))
    _issued(c, 2, "45352", "2024-03-01", may=["date_serial"])
    c.row(good(3, valid_until="2027-02-28"), cells={"valid_until": "46446"}, may=["date_serial"])
    c.csv()


@case("dates/serials_as_numbers", "day numbers in cells formatted as numbers")
def serials_as_numbers(c: Case) -> None:
    c.sheet("名录")
    c.head()
    c.row(good(1))
    _issued(c, 2, 45352, "2024-03-01", may=["date_serial"])
    _issued(c, 3, Number("45352.0"), "2024-03-01", may=["date_serial"])
    c.xlsx()


@case("dates/real_ones", "cells that are days, and days with a time")
def real(c: Case) -> None:
    c.sheet("名录")
    c.head()
    for number, (text, day) in enumerate(
        (
            (date(2024, 3, 1), "2024-03-01"),
            (datetime(2024, 3, 1, 12, 0), "2024-03-01"),  # noqa: DTZ001
            (20240301, "2024-03-01"),
        ),
        start=1,
    ):
        _issued(c, number, text, day, may=["date_serial"])
    c.xlsx()


@case("dates/since_1904", "a workbook of an old Mac, which counts days from 1904")
def since_1904(c: Case) -> None:
    c.sheet("名录")
    c.head()
    _issued(c, 1, date(2024, 3, 1), "2024-03-01")
    c.row(good(2, valid_until="2027-02-28"), cells={"valid_until": date(2027, 2, 28)})
    c.xlsx(since_1904=True)


@case("dates/real_ones_in_old_xls", "cells that are days in an old .xls")
def real_xls(c: Case) -> None:
    c.sheet("名录")
    c.head()
    _issued(c, 1, date(2024, 3, 1), "2024-03-01")
    c.row(good(2, valid_until="2027-02-28"), cells={"valid_until": date(2027, 2, 28)})
    c.xls()


@case("dates/too_coarse", "only a year, only a month, a year of two digits")
def coarse(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, text in enumerate(("2024", "2024年", "2024年3月", "2024.03", "2024-03", "05.03.12"), start=2):
        c.row(good(number), "date_precision", cells={"issue_date": text})
    for number, text in enumerate(("24/3/1", "24.03.01", "24年3月1日"), start=9):
        row = good(number, issue_date="2024-03-01")
        c.row(row, "date_precision", cells={"issue_date": text}, after=["issue_date"])
    c.csv()


@case("dates/zeros_of_other_alphabets", "二О二四 with a Cyrillic, Greek or Latin letter; 元月; 曰 for 日")
def alphabets(c: Case) -> None:
    c.head()
    for number, zero in enumerate("ОΟO〇○零", start=1):
        c.row(good(number, issue_date="2024-05-01"), cells={"issue_date": f"二{zero}二四年五月一日"})
    c.row(good(7, issue_date="2024-01-08"), cells={"issue_date": "2024年元月8日"})
    c.row(good(8, issue_date="2024-05-01"), cells={"issue_date": "2024年5月1曰"})
    c.csv()


@case("dates/day_month_and_short_year", "1-Mar-24 as an English Excel shows it: which century?")
def english(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2), "date_precision", cells={"issue_date": "1-Mar-24"})
    row = good(3, valid_until="2028-03-01")
    c.row(row, "date_precision", cells={"valid_until": "28年3月1日"}, after=["valid_until"])
    c.csv()


@case("dates/swapped", "the permit ends before it was issued")
def swapped(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2), "date_order", may=["date_range"], cells={"issue_date": "2025-05-01", "valid_until": "2022-04-30"})
    c.row(good(3, issue_date="2024-03-01", valid_until="2029-02-28"))
    c.csv("gbk")


@case("dates/in_the_future", "issued next year")
def future(c: Case) -> None:
    c.head()
    c.row(good(1, issue_date="2026-06-01"))
    c.row(good(2), "date_range", cells={"issue_date": "2026-06-02"})
    c.row(good(3), "date_range", cells={"issue_date": "2027年3月1日"})
    c.csv()


@case("dates/out_of_all_range", "the years 1900, 1948, 2101 and 9999")
def out_of_range(c: Case) -> None:
    c.head()
    c.row(good(1, valid_until="2100-12-31"))
    c.row(good(2), "date_range", cells={"issue_date": "1900-01-01"})
    c.row(good(3), "date_range", cells={"issue_date": "1948-12-31"})
    c.row(good(4), "date_range", cells={"valid_until": "2101-01-01"})
    c.row(good(5), "date_range", cells={"valid_until": "9999-12-31"})
    c.row(good(6, issue_date="1949-01-01"))
    c.csv()


@case("dates/expired", "permits that ran out: a warning, the last day still counts")
def expired(c: Case) -> None:
    c.head()
    c.row(good(1, valid_until="2026-05-31"), warnings=["date_range"])
    c.row(good(2, valid_until="2026-06-01"))
    c.row(good(3, issue_date="2019-01-01", valid_until="2021-12-31"), warnings=["date_range"])
    c.csv()


@case("dates/ranges", "有效期 holds both ends; the beginning fills 发证日期 only when that is empty")
def ranges(c: Case) -> None:
    c.head()
    both = {"issue_date": "2024-03-01", "valid_until": "2027-02-28"}
    for number, text in enumerate(
        (
            "2024.03.01-2027.02.28",
            "2024年3月1日至2027年2月28日",
            "2024-03-01至2027-02-28",
            "自2024年3月1日起至2027年2月28日止",
            "2024/3/1—2027/2/28",
            "2024.3.1～2027.2.28",
            "2024年3月1日-2027年2月28日",
        ),
        start=1,
    ):
        c.row(good(number, **both), cells={"issue_date": "", "valid_until": text})
    c.row(good(8, issue_date="2024-05-05", valid_until="2027-02-28"), cells={"valid_until": "2024.03.01-2027.02.28"})
    c.csv()


@case("dates/ranges_that_are_wrong", "ranges whose end comes first, does not exist, or is missing")
def wrong_ranges(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2), "date_order", cells={"issue_date": "", "valid_until": "2024.02.28-2022.03.01"}, may=["date_range"])
    c.row(good(3), "date_invalid", cells={"issue_date": "", "valid_until": "2024.03.01-2027.02.30"})
    c.csv()


@case("dates/without_end", "长期, 永久, 无固定期限: no end, and the clerk is told that nothing is stored")
def without_end(c: Case) -> None:
    c.head()
    for number, text in enumerate(("长期", "长期有效", "永久"), start=1):
        c.row(good(number, valid_until=""), cells={"valid_until": text})
    c.row(good(4))
    c.csv("gbk")


@case("dates/placeholders", "a dash or a stroke where nothing is known")
def placeholders(c: Case) -> None:
    c.head()
    for number, text in enumerate(("—", "/", "无", "-"), start=1):
        c.row(good(number, issue_date=""), cells={"issue_date": text})
    c.csv()
