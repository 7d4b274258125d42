"""Workbooks with more than one sheet: by category, by county, hidden, empty, covers and notes."""

from datetime import date

from ..base import LABELS, USUAL, Case, case, good

BARE = tuple(name for name in USUAL if name not in ("category", "county"))


def _good_of(category: str, *, start: int = 1) -> int:
    """The first number from ``start`` on whose clean row is of this category."""
    return next(number for number in range(start, start + 5) if good(number)["category"] == category)


@case("sheets/one_per_category", "the category stands in the sheets' names only, in the clerk's own words")
def per_category(c: Case) -> None:
    names = {"学科类": "学科类", "体育": "体育类", "艺术类（32家）": "文化艺术类", "3.科技": "科技类"}
    for at, (name, category) in enumerate(names.items()):
        c.sheet(name)
        c.columns = BARE
        c.head()
        first = _good_of(category, start=1 + at * 5)
        c.columns = (*BARE, "category")
        for number in (first, first + 20):
            c.row(good(number), cells={"category": ""})
    c.xlsx()


@case(
    "sheets/faults_below_a_sheets_category",
    "a faulty row whose category only its sheet's name tells: it must come back",
)
def faults_below_category(c: Case) -> None:
    for name, first in (("体育类", 1), ("艺术", 2)):
        c.sheet(name)
        c.columns = BARE
        c.head()
        c.columns = (*BARE, "category")
        c.row(good(first), cells={"category": ""})
        c.row(good(first + 5), "date_invalid", cells={"category": "", "issue_date": "2024-02-30"})
        del c.expected[-1]["truth"]["类别"]  # nobody should have to write it
    c.xlsx()


@case("sheets/one_per_county", "a city's workbook with a sheet for each county and no county column")
def per_county(c: Case) -> None:
    c.bureau = "350200"
    for county, name in (("350203", "思明"), ("350211", "集美区"), ("350205", "海沧区（12家）")):
        c.sheet(name)
        c.columns = tuple(each for each in USUAL if each != "county")
        c.head()
        for number in (1, 2):
            row = good(number, county=county)
            c.row({**row, "address": f"湖滨路{number}号"}, may=["county_missing"])
    c.xlsx()


@case("sheets/hidden_with_old_data", "a hidden sheet with last year's rows, which are not meant")
def hidden(c: Case) -> None:
    c.sheet("2025年", state="hidden")
    c.head()
    c.line(*list(good(11, phone="13900000000").values())[:10])
    c.line("坏行", "123")
    c.sheet("2026年")
    c.head()
    for number in (11, 12):
        c.row(good(number))
    c.xlsx()


@case("sheets/very_hidden", "a sheet hidden by a macro, behind the one that is shown")
def very_hidden(c: Case) -> None:
    c.sheet("名录")
    c.head()
    for number in (1, 2):
        c.row(good(number))
    c.sheet("数据源", state="veryHidden")
    c.head()
    c.line("坏行", "123")
    c.xlsx()


@case("sheets/hidden_in_old_xls", "the same in an old .xls")
def hidden_xls(c: Case) -> None:
    c.sheet("旧", state="hidden")
    c.head()
    c.line("坏行", "123")
    c.sheet("新")
    c.head()
    c.row(good(1, issue_date="2024-03-01"), cells={"issue_date": date(2024, 3, 1)})
    c.row(good(2))
    c.xls()


@case("sheets/cover_and_notes", "a cover, an empty sheet and notes around the table")
def cover(c: Case) -> None:
    c.sheet("封面")
    c.line("思明区校外培训机构名录")
    c.line("思明区教育局 编 二〇二六年五月")
    c.sheet("Sheet2")
    c.sheet("名录")
    c.head()
    for number in (1, 2):
        c.row(good(number))
    c.sheet("说明")
    c.line("一、本表由街道填报。")
    c.line("二、如有疑问请与教育局联系。")
    c.xlsx()


@case("sheets/in_other_orders", "two sheets whose columns stand in different orders and words")
def other_orders(c: Case) -> None:
    c.sheet("第一片区")
    c.head()
    c.row(good(1))
    c.sheet("第二片区")
    c.columns = tuple(reversed(USUAL))
    c.line(*(LABELS[name] for name in c.columns))
    c.row(good(2))
    c.sheet("第三片区")
    c.columns = USUAL
    c.line("序号", "学校名称", "信用代码", *(LABELS[name] for name in USUAL[2:]))
    c.row(good(3))
    c.lines[-1] = [1, *c.lines[-1]]
    c.xlsx()


@case("sheets/second_without_rows", "one sheet with rows, one with a heading only")
def second_without_rows(c: Case) -> None:
    c.sheet("有")
    c.head()
    c.row(good(1))
    c.sheet("无")
    c.head()
    c.line("合计", 0)
    c.xlsx()


@case("sheets/same_row_twice", "the same institution on two sheets: once with the same content, once with another")
def same_row_twice(c: Case) -> None:
    c.sheet("总表")
    c.head()
    c.row(good(1))
    c.row(good(2), "duplicate_conflict")
    c.row(good(3))
    c.sheet("街道表")
    c.head()
    c.row(good(1), "duplicate_in_file", outcome="duplicate")
    c.row(good(2), "duplicate_conflict", cells={"phone": "13900000001"})
    del c.expected[-1]["truth"]
    c.xlsx()


@case("sheets/hidden_rows", "rows hidden by a filter: they are part of the table")
def hidden_rows(c: Case) -> None:
    c.sheet("名录", hidden_rows=frozenset({3}))
    c.head()
    for number in (1, 2, 3):
        c.row(good(number))
    c.xlsx()


@case("sheets/far_away", "the table begins at column D and row 6")
def far_away(c: Case) -> None:
    c.sheet("名录")
    for _ in range(5):
        c.line()
    c.line("", "", "", *(LABELS[name] for name in USUAL))
    for number in (1, 2):
        c.row(good(number))
        c.lines[-1] = ["", "", "", *c.lines[-1]]
    c.xlsx()


@case("sheets/long_name", "a sheet's name as long as Excel allows, with marks in it")
def long_name(c: Case) -> None:
    c.sheet("思明区2026年上半年校外培训机构(非学科)名录&台账_定稿v3")
    c.head()
    for number in (1, 2):
        c.row(good(number))
    c.xlsx()


@case("sheets/left_over_cells", "a stray blank far to the right and far below, as formatting leaves it")
def left_over(c: Case) -> None:
    c.sheet("名录")
    c.head()
    for number in (1, 2, 3):
        c.row(good(number))
    c.lines[2] = [*c.lines[2], *[""] * 90, " "]
    for _ in range(300):
        c.line()
    c.line(" ")
    c.xlsx()


@case("sheets/nothing_at_all", "a workbook with three empty sheets")
def nothing(c: Case) -> None:
    for name in ("Sheet1", "Sheet2", "Sheet3"):
        c.sheet(name)
    c.refused("empty_file")
    c.xlsx()


@case("sheets/all_hidden_but_the_cover", "the only table is hidden: nothing that is shown can be imported")
def all_hidden(c: Case) -> None:
    c.sheet("封面")
    c.line("请联系教育局")
    c.sheet("名录", state="hidden")
    c.head()
    c.line(*list(good(1).values())[:10])
    c.refused("no_header")
    c.xlsx()
