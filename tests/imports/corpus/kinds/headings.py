"""Where the table begins, and what its columns are called."""

from ..base import LABELS, USUAL, Case, case, good
from ..writers import Sheet


def _rows(c: Case, *numbers: int) -> None:
    for number in numbers or (1, 2, 3):
        c.row(good(number))


@case("headings/titles_above", "title, unit and date above the heading, with 机构名称 in the title")
def titles(c: Case) -> None:
    c.line("思明区校外培训机构名称及统一社会信用代码一览表")
    c.line("填报单位：思明区教育局", "", "", "", "填报日期：2026年5月20日")
    c.line()
    c.head()
    _rows(c)
    c.csv("gbk")


@case("headings/twenty_lines_of_guidance", "the heading in line 22, below a page of instructions")
def guidance(c: Case) -> None:
    c.line("填表说明")
    for number in range(1, 21):
        c.line(f"{number}.机构名称须与营业执照一致；统一社会信用代码为18位；联系电话填手机。")
    c.head()
    _rows(c)
    c.csv()


@case("headings/county_in_title", "a city's file without a county column: the title says which county it is")
def county_in_title(c: Case) -> None:
    c.bureau = "350200"
    c.columns = tuple(name for name in USUAL if name != "county")
    c.line("厦门市集美区校外培训机构名录")
    c.head()
    for number in (1, 2, 3):
        row = good(number, county="350211")
        c.row({**row, "address": f"杏林街道杏东路{number}号"}, may=["county_missing"])
    c.csv()


@case("headings/two_words_for_one_column", "统一社会信用代码/组织机构代码, 法人/校长, 注册地址, TEL, 业务类别 …")
def two_words(c: Case) -> None:
    called = {
        "credit_code": "统一社会信用代码/组织机构代码",
        "license_no": "许可证号/备案号",
        "legal_person": "法人/校长",
        "phone": "TEL",
        "address": "注册地址",
        "category": "业务类别",
    }
    c.line(*(called.get(name, LABELS[name]) for name in USUAL))
    _rows(c)
    c.csv("gbk")


@case("headings/old_code_and_registered_office", "组织机构代码 and 注册地址 beside the columns that they are not")
def beside(c: Case) -> None:
    c.line(*(LABELS[name] for name in USUAL), "组织机构代码", "注册地址")
    for number in (1, 2):
        c.row(good(number), more=("MA2X31U8-9", "厦门市集美区别处1号"))
    c.csv()


@case("headings/remarks_below", "a row of remarks right below the heading: (全称), (18位), 年/月/日")
def remarks_below(c: Case) -> None:
    c.head()
    c.line("（全称）", "（18位）", "", "（单选）", "", "11位", "（详细到门牌号）", "", "年/月/日", "yyyy-mm-dd")
    _rows(c)
    c.csv()


@case("headings/two_rows", "groups above, columns below, the single ones merged over both rows")
def two_rows(c: Case) -> None:
    sheet = c.sheet("名录")
    c.line("机构名称", "统一社会信用代码", "许可信息", "", "", "负责人信息", "", "类别", "办学地址")
    c.line("", "", "办学许可证号", "发证日期", "有效期至", "法定代表人", "联系电话", "", "")
    sheet.merged += [(0, at, 1, at) for at in (0, 1, 7, 8)] + [(0, 2, 0, 4), (0, 5, 0, 6)]
    order = ("name", "credit_code", "license_no", "issue_date", "valid_until", "legal_person", "phone")
    c.columns = (*order, "category", "address")
    _rows(c)
    c.xlsx()


@case("headings/three_rows", "three rows of heading, merged in both directions")
def three_rows(c: Case) -> None:
    sheet = c.sheet("名录")
    c.line("机构基本情况", "", "", "", "", "证照情况", "", "", "")
    c.line("机构名称", "类别", "办学地址", "联系人", "", "统一社会信用代码", "办学许可证", "", "")
    c.line("", "", "", "法定代表人", "联系电话", "", "办学许可证号", "发证日期", "有效期至")
    sheet.merged += [(0, 0, 0, 4), (0, 5, 0, 8), (1, 3, 1, 4), (1, 6, 1, 8)]
    sheet.merged += [(1, at, 2, at) for at in (0, 1, 2, 5)]
    head = ("name", "category", "address", "legal_person", "phone")
    c.columns = (*head, "credit_code", "license_no", "issue_date", "valid_until")
    _rows(c)
    c.xlsx()


@case("headings/validity_from_to", "有效期 over two columns that are called 起 and 止")
def from_to(c: Case) -> None:
    sheet = c.sheet("名录")
    order = ("name", "credit_code", "license_no", "category", "address")
    c.line(*(LABELS[name] for name in order), "有效期", "")
    c.line(*[""] * 5, "起", "止")
    sheet.merged += [(0, at, 1, at) for at in range(5)] + [(0, 5, 0, 6)]
    c.columns = (*order, "issue_date", "valid_until")
    _rows(c)
    c.xlsx()


@case("headings/validity_from_to_unmerged", "许可证有效期 over 起始 and 截止, the cell merged, the other headings not")
def from_to_unmerged(c: Case) -> None:
    sheet = c.sheet("名录")
    names = ("name", "credit_code", "license_no", "issue_date", "valid_until", "address", "category")
    c.columns = names
    c.line(*(LABELS[name] for name in names[:3]), "许可证有效期", "", *(LABELS[name] for name in names[5:]))
    c.line("", "", "", "起始", "截止")
    sheet.merged += [(0, 3, 0, 4)]
    _rows(c)
    c.xlsx()


@case("headings/stars_and_line_breaks", "line breaks, stars, blanks and remarks in the headings")
def stars(c: Case) -> None:
    c.line(
        "*机构\n名称（必填）", "统一社会\r\n信用代码【18位】", "办学许可证号\n(教民…)", "★类别", "法 定 代 表 人",
        "联系电话：", "办学地址\n（与许可证一致）", "区\u3000县*", "发证日期(年/月/日)", "有效期至 *",
    )  # fmt: skip
    _rows(c)
    c.csv("gbk")


@case("headings/other_words", "the words of another bureau for every column")
def other_words(c: Case) -> None:
    c.line(
        "单位名称", "社会信用代码", "许可证编号", "培训类别", "负责人",
        "手机号码", "培训地址", "所属区县", "批准日期", "有效期限",
    )  # fmt: skip
    _rows(c)
    c.csv()


@case("headings/words_of_the_platform", "the words of the national platform's list")
def platform_words(c: Case) -> None:
    c.line(
        "校外培训机构名称", "统一代码", "许可编号", "机构类别", "法定代表人/负责人",
        "联系方式", "核准办学地址", "所在区县", "发证时间", "有效期止",
    )  # fmt: skip
    _rows(c)
    c.csv()


@case("headings/shuffled", "the columns in another order, with 序号 in front and strangers between")
def shuffled(c: Case) -> None:
    order = ("valid_until", "phone", "name", "county", "credit_code", "address")
    order = (*order, "category", "issue_date", "legal_person", "license_no")
    labels = [LABELS[name] for name in order]
    c.line("序号", *labels[:4], "建筑面积(㎡)", *labels[4:], "从业人数", "是否年检")
    c.columns = order
    for number in (1, 2, 3):
        c.row(good(number))
        cells = list(c.lines[-1])
        c.lines[-1] = [number, *cells[:4], "300", *cells[4:], "12", "是"]
    c.csv("gbk")


@case("headings/column_twice", "two columns called 机构名称")
def twice(c: Case) -> None:
    c.line(*(LABELS[name] for name in USUAL), "机构名称")
    c.line(*list(good(1).values())[:10], "另一个名称")
    c.refused("duplicate_column")
    c.csv()


@case("headings/column_twice_in_other_words", "法人 and 法定代表人 are the same column twice")
def twice_in_other_words(c: Case) -> None:
    c.line(*(LABELS[name] for name in USUAL), "法人代表")
    c.line(*list(good(1).values())[:10], "陈某")
    c.refused("duplicate_column")
    c.csv()


@case("headings/no_credit_code", "a file without the column of credit codes")
def no_credit_code(c: Case) -> None:
    c.columns = tuple(name for name in USUAL if name != "credit_code")
    c.head()
    c.line(*[good(1)[name] for name in c.columns])
    c.refused("missing_required_column")
    c.csv()


@case("headings/no_name", "a file without the column of names")
def no_name(c: Case) -> None:
    c.columns = USUAL[1:]
    c.head()
    c.line(*[good(1)[name] for name in c.columns])
    c.refused("missing_required_column")
    c.csv("gbk")


@case("headings/none", "data from the first line on, no heading at all")
def none(c: Case) -> None:
    for number in (1, 2, 3):
        c.line(*list(good(number).values())[:10])
    c.refused("no_header")
    c.csv()


@case("headings/of_something_else", "a canteen's menu")
def something_else(c: Case) -> None:
    c.line("星期", "早餐", "午餐", "价格")
    c.line("一", "豆浆", "米饭", "12")
    c.refused("no_header")
    c.csv("gbk")


@case("headings/only", "a heading and a footer, no row of data")
def only(c: Case) -> None:
    c.line("思明区校外培训机构名录")
    c.head()
    c.line()
    c.line("合计", "0家")
    c.line("填表人：林晓梅", "", "", "审核人：")
    c.refused("no_rows")
    c.csv()


@case("headings/numbers_below", "a row 1 2 3 4 … under the heading")
def numbers_below(c: Case) -> None:
    c.head()
    c.line(*range(1, 11))
    _rows(c)
    c.csv()


@case("headings/letters_below", "a row 甲 乙 丙 丁 1 2 … under the heading, as statistical forms have it")
def letters_below(c: Case) -> None:
    c.head()
    c.line(*"甲乙丙丁", *range(1, 7))
    _rows(c)
    c.csv("gbk")


@case("headings/bracketed_numbers_below", "a row (1) (2) (3) … under the heading")
def bracketed_numbers(c: Case) -> None:
    c.head()
    c.line(*(f"（{number}）" for number in range(1, 11)))
    _rows(c)
    c.csv()


@case("headings/on_every_page", "the heading again on every printed page, with title and page number")
def every_page(c: Case) -> None:
    for page, numbers in enumerate(((1, 2), (3, 4), (5,)), start=1):
        c.line("思明区校外培训机构名录")
        c.head()
        _rows(c, *numbers)
        c.line(f"第{page}页 共3页")
    c.csv("gbk")


@case("headings/full_width", "headings in full-width letters and with English beside them")
def full_width(c: Case) -> None:
    c.line(
        "机构名称 Name", "统一社会信用代码（ＵＳＣＣ）", "办学许可证号(License No.)", "类别/Category", "法定代表人",
        "联系电话(Tel)", "办学地址（Address）", "区县", "发证日期", "有效期至",
    )  # fmt: skip
    _rows(c)
    c.csv()


@case("headings/two_blocks", "two tables below each other in one sheet, each with a title and a heading of its own")
def two_blocks(c: Case) -> None:
    c.sheets.append(Sheet("名录"))
    c.line("一、学科类")
    c.head()
    c.row(good(5))
    c.row(good(10))
    c.line()
    c.line("二、非学科类")
    c.head()
    _rows(c, 1, 2)
    c.csv()
