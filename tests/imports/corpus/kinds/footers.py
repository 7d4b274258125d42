"""Rows that are no data: totals, signatures, notes; and rows of data that look like them."""

from ..base import Case, case, good


@case("footers/totals", "a total at the end, with the number in another column")
def totals(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2))
    c.line("合    计", "", "2家")
    c.csv("gbk")


@case("footers/subtotals_in_the_middle", "subtotals between the categories, in many words")
def subtotals(c: Case) -> None:
    c.head()
    c.row(good(5))
    c.line("小计", "1家")
    c.row(good(1))
    c.line("体育类小计：", "", "", "1")
    c.row(good(2))
    c.line("", "小 计", "1")
    c.row(good(3))
    c.line("累计", "4", "4", "4", "4")
    c.line("总计：共4家")
    c.csv()


@case("footers/signatures", "who filled it in, who checked it, seal and date")
def signatures(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2))
    c.line()
    c.line("填表人：林晓梅", "", "", "审核人：陈志强", "", "单位负责人（签字）：黄丽珍")
    c.line("联系电话：0592-2000000", "", "填报日期：2026年5月20日")
    c.line("单位盖章：")
    c.line("", "", "", "", "", "", "", "2026年5月20日")
    c.csv("gbk")


@case("footers/notes", "numbered notes below the table")
def notes(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2))
    c.line("注：1.本表一式两份；2.有效期以许可证为准。")
    c.line("备注：黄色底纹为新增机构。")
    c.line("说明：统一社会信用代码请用文本格式。")
    c.csv()


@case("footers/counts_in_words", "共3家, 以上共计三家, 以下空白")
def counts_in_words(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2))
    c.row(good(3))
    c.line("共3家")
    c.line("以上共计三家")
    c.line("以下空白")
    c.csv()


@case("footers/numbered_total", "a total whose 序号 is filled")
def numbered_total(c: Case) -> None:
    c.line("序号", *["机构名称", "统一社会信用代码", "类别", "办学地址", "办学许可证号"])
    c.columns = ("name", "credit_code", "category", "address", "license_no")
    for number in (1, 2):
        c.row(good(number))
        c.lines[-1] = [number, *c.lines[-1]]
    c.line(3, "合计", "2")
    c.line(4, "", "", "", "", "")
    c.line("5")
    c.csv("gbk")


@case("footers/names_like_footers", "institutions called 合计…, 小计…, 总计…, 注…, 审核…: they are data")
def names_like_footers(c: Case) -> None:
    c.head()
    for number, name in enumerate(
        (
            "小计算家科技培训有限公司",
            "厦门市合计文化艺术培训有限公司",
            "总计划体育培训有限公司",
            "注意力科技培训有限公司",
            "共青团路艺术培训有限公司",
            "填海人体育培训有限公司",
            "备考坊语言能力培训有限公司",
        ),
        start=1,
    ):
        c.row(good(number, name=name))
    c.csv("gbk")


@case("footers/short_rows_like_footers", "a row of data with little in it, named like a total, is told, not dropped")
def short_rows(c: Case) -> None:
    c.columns = ("name", "credit_code", "category", "address")
    c.head()
    c.row(good(1), warnings=["missing_code"])
    c.row(good(2, name="合计算盘艺术培训有限公司"), warnings=["missing_code"])
    c.row(good(3, credit_code=""), "missing_code", warnings=["missing_code"])
    c.csv()


@case("footers/copied_from_word", "page numbers and dashes between the rows")
def page_numbers(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.line("- 1 -")
    c.row(good(2))
    c.line("————————————")
    c.line("第 2 页，共 2 页")
    c.row(good(3))
    c.csv()


@case("footers/section_titles", "titles of sections between the rows")
def section_titles(c: Case) -> None:
    c.head()
    c.line("一、学科类（1家）")
    c.row(good(5))
    c.line("二、体育类（1家）")
    c.row(good(1))
    c.line("（三）文化艺术类")
    c.row(good(2))
    c.csv("gbk")
