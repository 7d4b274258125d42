"""Merged cells: their value stands in the first cell only."""

from ..base import USUAL, Case, case, good
from ..writers import html_table


@case("merged/county_downwards", "the county merged over many rows of a city's file")
def county_downwards(c: Case) -> None:
    c.bureau = "350200"
    sheet = c.sheet("名录")
    c.columns = ("county", *(name for name in USUAL if name != "county"))
    c.head()
    for county, numbers in (("350203", (1, 2, 3)), ("350211", (4, 5))):
        sheet.merged.append((len(c.lines), 0, len(c.lines) + len(numbers) - 1, 0))
        for number in numbers:
            row = good(number, county=county)
            row["address"] = f"湖滨南路{number}号"
            c.row(row, cells={} if number == numbers[0] else {"county": ""})
    c.xlsx()


@case("merged/category_downwards", "the category merged over rows, across a subtotal")
def category_downwards(c: Case) -> None:
    sheet = c.sheet("名录")
    c.columns = ("category", *(name for name in USUAL if name != "category"))
    c.head()
    for first in (1, 2):
        top = len(c.lines)
        for number in (first, first + 5, first + 10):
            c.row(good(number), cells={} if number == first else {"category": ""})
        sheet.merged.append((top, 0, len(c.lines) - 1, 0))
        c.line("小计", "3家")
    c.xlsx()


@case("merged/code_over_two_campuses", "the credit code merged over an institution and its campus")
def code_over_campuses(c: Case) -> None:
    sheet = c.sheet("名录")
    c.head()
    main = good(1)
    c.row(main)
    campus = {**main, "name": main["name"] + "（文灶校区）", "address": "厦门市思明区文灶路8号2层"}
    sheet.merged += [(1, at, 2, at) for at in (1, 2, 3)]
    c.row(campus, outcome="campus", cells={"credit_code": "", "license_no": "", "category": ""})
    c.row(good(2))
    c.xlsx()


@case("merged/name_over_two_addresses", "name and code merged over two addresses: which one is it?")
def name_over_addresses(c: Case) -> None:
    sheet = c.sheet("名录")
    c.head()
    first = good(1)
    sheet.merged += [(1, at, 2, at) for at in (0, 1, 2, 3)]
    c.row(first, "duplicate_conflict")
    blank = dict.fromkeys(("name", "credit_code", "license_no", "category"), "")
    c.row({**first, "address": "厦门市思明区文灶路8号2层"}, "duplicate_conflict", cells=blank)
    del c.expected[-1]["truth"]
    c.row(good(2))
    c.xlsx()


@case("merged/remarks_to_the_right", "a remark merged over the empty cells to its right")
def to_the_right(c: Case) -> None:
    sheet = c.sheet("名录")
    c.columns = ("name", "credit_code", "category", "address", "license_no", "remark", "bank", "account")
    c.head()
    c.row(good(1, bank="建设银行", account="0123"))
    c.row(good(2, remark="证照办理中", bank="", account=""))
    sheet.merged.append((2, 5, 2, 7))
    c.row(good(3, bank="农业银行", account="4567"))
    c.xlsx()


@case("merged/blank_merged_cells", "merged cells without a value, and a merged blank row")
def blank_merged(c: Case) -> None:
    sheet = c.sheet("名录")
    c.head()
    c.row(good(1, legal_person="", phone=""))
    c.row(good(2, legal_person="", phone=""))
    sheet.merged += [(1, 4, 2, 5), (3, 0, 3, 9)]
    c.line()
    c.row(good(3))
    c.xlsx()


@case("merged/in_old_xls", "the county merged over rows of an old .xls")
def in_old_xls(c: Case) -> None:
    c.bureau = "350200"
    sheet = c.sheet("名录")
    c.columns = ("county", *(name for name in USUAL if name != "county"))
    c.head()
    sheet.merged.append((1, 0, 3, 0))
    for number in (1, 2, 3):
        row = good(number, county="350211")
        row["address"] = f"杏东路{number}号"
        c.row(row, cells={} if number == 1 else {"county": ""})
    c.xls()


@case("merged/in_html", "rowspan and colspan in a table that a website calls .xls")
def in_html(c: Case) -> None:
    c.columns = ("county", *(name for name in USUAL if name != "county"))
    c.bureau = "350200"
    c.line("厦门市校外培训机构名录")
    c.head()
    for number in (1, 2, 3):
        row = good(number, county="350211")
        row["address"] = f"杏东路{number}号"
        c.row(row, cells={} if number == 1 else {"county": ""})
    lines = [list(line) for line in c.lines]
    lines[0] = [("厦门市校外培训机构名录", "colspan=10")]
    lines[2][0] = ("集美区", "rowspan='3'")
    lines[3][0] = lines[4][0] = None
    c.bytes("xls", html_table(lines, head='<meta charset="utf-8">'))
    c._without_sheets()


@case("merged/title_and_footer", "title and footer merged over all columns")
def title_and_footer(c: Case) -> None:
    sheet = c.sheet("名录")
    c.line("思明区校外培训机构名称一览表（2026年5月）")
    c.head()
    c.row(good(1))
    c.row(good(2))
    c.line("填表人：林晓梅    审核人：陈志强    联系电话：0592-2000000    填报日期：2026年5月20日")
    sheet.merged += [(0, 0, 0, 9), (4, 0, 4, 9)]
    c.xlsx()
