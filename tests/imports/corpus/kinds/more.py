"""Second looks: what the first round of reading and judging got right, in harder shapes."""

from ..base import LABELS, USUAL, Case, case, code, good
from ..writers import csv_text, html_table, xlsx
from .hostile import repacked

BARE = tuple(name for name in USUAL if name != "category")


@case(
    "headings/second_table_in_another_order", "a second table below the first whose columns stand the other way round"
)
def another_order(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2))
    c.line()
    c.columns = tuple(reversed(USUAL))
    c.head()
    c.row(good(3))
    c.row(good(4))
    c.csv("gbk")


@case("headings/category_in_group_rows", "no category column: rows like 一、学科类 say what the rows below them are")
def group_rows(c: Case) -> None:
    c.columns = BARE
    c.head()
    c.columns = (*BARE, "category")
    for title, numbers in (("一、学科类", (5, 10)), ("二、体育类（2家）", (1, 6)), ("（三）艺术类", (2,))):
        c.line(title)
        for number in numbers:
            c.row(good(number), cells={"category": ""})
    c.csv()


@case("headings/words_turned_round", "社会统一信用代码 and other words that everybody writes and no rule knows")
def turned_round(c: Case) -> None:
    c.line(
        "培训机构全称", "社会统一信用代码", "办学许可证编号", "所属类别", "法定代表人姓名",
        "联系电话（手机）", "办学场所地址", "所属区（县）", "发证日期", "许可证有效期至",
    )  # fmt: skip
    for number in (1, 2, 3):
        c.row(good(number))
    c.csv("gbk")


@case("headings/registration_form", "one institution as a form: labels and values side by side, no table at all")
def registration_form(c: Case) -> None:
    row = good(1)
    c.line("校外培训机构登记表")
    names = list(USUAL)
    for left, right in zip(names[::2], names[1::2], strict=True):
        c.line(LABELS[left], row[left], LABELS[right], row[right])
    c.refused("no_header")
    c.csv()


@case("headings/below_merged_title_with_colon", "a title that itself reads 机构名称：…, above the real heading")
def title_with_colon(c: Case) -> None:
    c.line("填报机构名称：思明区教育局", "", "", "统一社会信用代码：11350203004000000X")
    c.head()
    for number in (1, 2):
        c.row(good(number))
    c.csv()


@case("dates/with_words_around", "起, 止, 至, weekdays and missing 日 around a day that is clear")
def with_words(c: Case) -> None:
    c.head()
    texts = ("2024年3月1日起", "2024年3月1", "2024.3.1日", "2024-03-01T00:00:00", "2024年3月1日 星期五", "2024／3／1")
    for number, text in enumerate(texts, start=1):
        c.row(good(number, issue_date="2024-03-01"), cells={"issue_date": text})
    for number, text in enumerate(("至2027年2月28日", "2027年2月28日止", "2027-02-28 23:59:59"), start=len(texts) + 1):
        c.row(good(number, valid_until="2027-02-28"), cells={"valid_until": text})
    c.csv()


@case("dates/ranges_in_one_column_only", "发证日期 and 有效期 both hold the same period")
def both_ranges(c: Case) -> None:
    c.head()
    both = {"issue_date": "2024-03-01", "valid_until": "2027-02-28"}
    c.row(good(1, **both))
    c.row(good(2, **both), cells={"valid_until": "2024年3月1日-2027年2月28日"})
    c.row(good(3, **both), cells={"issue_date": "", "valid_until": "2024-03-01 至 2027-02-28"})
    c.csv("gbk")


@case("exports/nothing_as_programs_write_it", "nan, NaN, None and NULL where nothing is known; NaT is asked about")
def nothing(c: Case) -> None:
    c.head()
    for number, text in enumerate(("nan", "NaN", "None", "NULL"), start=1):
        c.row(good(number, legal_person="", phone=""), cells={"legal_person": text, "phone": text})
    c.row(good(5, issue_date=""), "date_invalid", cells={"issue_date": "NaT"})
    c.csv()


@case("exports/inline_strings", "a workbook without shared strings and without places of cells")
def inline_strings(c: Case) -> None:
    c.sheet("名录")
    c.head()
    for number in (1, 2):
        c.row(good(number))
    rows = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in line) + "</row>"
        for line in c.lines
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    c.bytes("xlsx", repacked(xlsx(c.sheets), {"xl/worksheets/sheet1.xml": sheet}))


@case("exports/rich_text", "names in two colours, with a reading aid that is no part of the name")
def rich_text(c: Case) -> None:
    c.sheet("名录")
    c.head()
    c.row(good(1))
    c.row(good(2))
    name = good(2)["name"]
    plain = f'<si><t xml:space="preserve">{name}</t></si>'
    coloured = f"<si><r><t>{name[:4]}</t></r><r><rPr><b/></rPr><t>{name[4:]}</t></r>"
    coloured += '<rPh sb="0" eb="2"><t>シャーメン</t></rPh></si>'
    content = xlsx(c.sheets)
    c.bytes("xlsx", repacked(content, {}, replace=(plain, coloured)))


@case("exports/html_with_group_headings", "an HTML table with a two-row heading that spans both ways")
def html_groups(c: Case) -> None:
    order = ("name", "credit_code", "category", "address", "license_no", "issue_date", "valid_until")
    head = [(LABELS[name], "rowspan=2") for name in order[:4]]
    c.line(*head, ("许可信息", "colspan=3"))
    c.line(*(LABELS[name] for name in order[4:]))
    c.columns = order
    for number in (1, 2):
        c.row(good(number))
    c.bytes("xls", html_table(c.lines, head='<meta charset="utf-8">'))
    c._without_sheets()


@case("separators/quote_that_never_closes", "a quote in the middle of a name that nobody closes")
def open_quote(c: Case) -> None:
    c.head()
    for number in (1, 2, 3):
        c.row(good(number))
    row = good(4, name='厦门市5"屏幕科技培训有限公司')
    c.row(row)
    c.row(good(5))
    plain = good(4, name="厦门市5@屏幕科技培训有限公司")
    c.lines[4] = [plain[name] for name in USUAL]
    c.bytes("csv", csv_text(c.lines).replace("5@屏幕", '5"屏幕'))
    c._without_sheets()


@case("codes/pasted_twice", "the same code twice in one cell")
def pasted_twice(c: Case) -> None:
    c.head()
    c.row(good(1))
    right = good(2)["credit_code"]
    c.row(good(2), "code_format", cells={"credit_code": f"{right} {right}"}, may=["code_format"])
    c.expected[-1] |= {"reasons": [], "one_of": ["code_format", "code_length"]}
    c.csv()


@case("codes/in_the_wrong_column", "credit code and permit number in each other's columns")
def wrong_column(c: Case) -> None:
    c.head()
    c.row(good(1))
    row = good(2)
    c.row(row, cells={"credit_code": row["license_no"][2:], "license_no": row["credit_code"]}, outcome="rejected")
    c.expected[-1]["one_of"] = ["code_legacy", "code_length"]
    c.csv("gbk")


@case("names/with_a_code_behind", "name and code in one cell, the code's column empty")
def code_behind(c: Case) -> None:
    c.head()
    c.row(good(1))
    row = good(2)
    c.row(row, cells={"name": f"{row['name']} {row['credit_code']}", "credit_code": ""}, outcome="rejected")
    c.expected[-1]["reasons"] = ["missing_code"]
    c.csv()


@case("duplicates/on_both_sides_of_a_blank", "the same code in capitals and in small letters, with other addresses")
def case_conflict(c: Case) -> None:
    c.head()
    c.row(good(1), "duplicate_conflict")
    other = {"credit_code": good(1)["credit_code"].lower(), "address": "厦门市思明区文灶路9号"}
    c.row({**good(1), "address": other["address"]}, "duplicate_conflict", cells=other, warnings=["code_format"])
    del c.expected[-1]["truth"]
    c.row(good(2))
    c.csv()


@case(
    "campuses/with_the_same_address",
    "a campus mark, the same code and the same address: no second site, a contradiction",
)
def same_address(c: Case) -> None:
    c.head()
    main = good(1)
    c.row(main, "duplicate_conflict")
    c.row({**main, "name": main["name"] + "（文灶校区）"}, "duplicate_conflict")
    c.row(good(2, credit_code=code(902)))
    c.csv()


@case("sheets/months", "twelve sheets for twelve months, the same institution on three of them, once changed")
def months(c: Case) -> None:
    for month in (1, 2, 3):
        c.sheet(f"{month}月")
        c.head()
        if month == 1:
            c.row(good(1), "duplicate_conflict")
            c.row(good(2))
        elif month == 2:
            c.row(good(1), "duplicate_conflict")
            c.row(good(2), "duplicate_in_file", outcome="duplicate")
        else:
            c.row(good(1, legal_person="新法人"), "duplicate_conflict")
            c.row(good(3))
    c.xlsx()
