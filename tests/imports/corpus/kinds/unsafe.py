"""Planted advertisements, scripts and formulas; and innocent texts that look a little like them."""

from ..base import SPAM, USUAL, Case, case, good
from ..writers import Formula


def _texts(c: Case, field: str, reason: str, *texts: str, start: int = 2) -> None:
    for number, text in enumerate(texts, start=start):
        c.row(good(number), reason, cells={field: text})


@case("spam/betting_string", "the betting string that stood in the ministry's own notice, in every text column")
def betting(c: Case) -> None:
    c.columns = (*USUAL, "bank", "remark")
    c.head()
    c.row(good(1))
    for number, field in enumerate(("name", "legal_person", "address", "bank", "remark"), start=2):
        c.row(good(number), "unsafe_text", cells={field: (good(number).get(field) or "") + SPAM})
    c.csv("gbk")


@case("spam/in_the_place_of_a_city", "the string where 泉州市 belongs, as in the notice")
def for_a_city(c: Case) -> None:
    c.bureau = "350581"
    c.head()
    c.row(good(1, county="350581"))
    row = good(2, county="350581")
    c.row(row, "unsafe_text", cells={"address": row["address"].replace("泉州市", SPAM)})
    c.row(good(3, county="350581"), "unsafe_text", cells={"county": SPAM})
    c.csv()


@case("spam/with_invisible_letters", "the string cut up by zero-width letters")
def invisible(c: Case) -> None:
    c.head()
    c.row(good(1))
    cut = good(2)["name"] + "3\u200b65b\u200de\u2060t大陆网\u00ad站"
    _texts(c, "name", "unsafe_text", cut, good(3)["name"] + "365\u200b防伪查询系统")
    c.csv()


@case("spam/in_other_widths", "the string in full-width letters, in capitals, with blanks")
def widths(c: Case) -> None:
    c.head()
    c.row(good(1))
    texts = ("３６５ｂｅｔ大陆网站", "365BET大陆网站", "Bet 365 标准版", "ＢＥＴ３３６５标准版")
    _texts(c, "address", "unsafe_text", *(good(2)["address"] + text for text in texts))
    c.csv("gbk")


@case("spam/scripts", "script, img onerror, iframe, javascript:")
def scripts(c: Case) -> None:
    c.head()
    c.row(good(1))
    texts = (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<IFRAME SRC=//e.example>",
        "javascript:alert(1)",
    )
    _texts(c, "name", "unsafe_text", *("启明培训学校" + text for text in texts))
    c.csv()


@case("spam/foreign_addresses", "addresses of websites in names, addresses and remarks")
def urls(c: Case) -> None:
    c.columns = (*USUAL, "remark")
    c.head()
    c.row(good(1))
    c.row(good(2), "unsafe_text", cells={"name": "启明培训学校 www.bet-example.com"})
    c.row(good(3), "unsafe_text", cells={"address": "湖滨南路3号 https://t.example/x"})
    c.row(good(4), "unsafe_text", cells={"remark": "详见HTTP://EXAMPLE.COM/PAY"})
    c.csv("gbk")


@case("spam/innocent", "Alphabet, Elizabeth, 365, 博采: names with a part of the string and nothing wrong")
def innocent(c: Case) -> None:
    c.head()
    for number, name in enumerate(
        (
            "厦门市Alphabet少儿英语培训有限公司",
            "伊丽莎白Elizabeth艺术培训有限公司",
            "天天365体育培训有限公司",
            "博采众长文化艺术培训有限公司",
            "Betty舞蹈艺术培训有限公司",
            "防伪科技培训有限公司",
        ),
        start=1,
    ):
        c.row(good(number, name=name))
    c.csv()


@case("unsafe/brands_of_others", "crowns and Venetians that teach sport and painting; the same as casinos are refused")
def brands(c: Case) -> None:
    c.head()
    for number, name in enumerate(("皇冠体育培训有限公司", "亚博艺术培训中心", "威尼斯人美术培训中心"), start=1):
        c.row(good(number, name=f"厦门市思明区{name}"))
    c.row(good(4), "unsafe_text", cells={"name": "皇冠体育官网培训中心"})
    c.row(good(5), "unsafe_text", cells={"name": "亚博体育app培训中心"})
    c.row(good(6), "unsafe_text", cells={"name": "威尼斯人娱乐培训中心"})
    c.csv()


@case("formulas/as_text", "texts that a spreadsheet would run: = + - @ in names, persons and remarks")
def as_text(c: Case) -> None:
    c.columns = (*USUAL, "remark")
    c.head()
    c.row(good(1))
    c.row(good(2), "formula", cells={"name": "=cmd|'/C calc'!A0"})
    c.row(good(3), "formula", cells={"name": "+SUM(A1:A9)*cmd|'/C calc'!A0"})
    c.row(good(4), "formula", cells={"legal_person": "@SUM(A1:A2)"})
    c.row(good(5), "formula", cells={"remark": "=1+1"})
    c.row(good(6), "formula", cells={"remark": "-cmd|'/C calc'!A0"})
    c.row(good(7), "formula", cells={"address": '=HYPERLINK("x","点我")'})
    c.row(good(8), "formula", cells={"address": '=HYPERLINK("http://abc.top","点我")'})
    c.csv()


@case("formulas/in_disguise", "full-width signs, a blank, a tab, an invisible letter or an apostrophe in front")
def in_disguise(c: Case) -> None:
    c.head()
    c.row(good(1))
    texts = (
        "＝1+1+cmd",
        "＠SUM(A1)",
        " =cmd|'/C calc'!A0",
        "\t=cmd|'/C calc'!A0",
        "\u200b=cmd|'/C calc'!A0",
        "'=cmd|x!A0",
    )
    _texts(c, "name", "formula", *texts)
    c.csv()


@case("formulas/with_values", "formulas in the workbook whose values the program kept: the values count")
def with_values(c: Case) -> None:
    c.sheet("名录")
    c.head()
    c.row(good(1))
    two = good(2)
    c.row(two, cells={"category": Formula("VLOOKUP(A3,Sheet2!A:B,2,0)", two["category"])})
    three = good(3, license_no="1350203700003")
    c.row(three, cells={"license_no": Formula("C2+2", 1350203700003), "name": Formula('"厦"&"门"', three["name"])})
    c.xlsx()


@case("formulas/without_values", "formulas whose values nobody kept: the clerk must look")
def without_values(c: Case) -> None:
    c.sheet("名录")
    c.head()
    c.row(good(1))
    c.row(good(2), "formula", cells={"name": Formula('CONCATENATE("启","明")')})
    c.row(good(3), "formula", cells={"issue_date": Formula("TODAY()")})
    c.xlsx()


@case("formulas/text_in_cells", "cells of a workbook whose text begins like a formula")
def text_in_cells(c: Case) -> None:
    c.sheet("名录")
    c.head()
    c.row(good(1))
    _texts(c, "name", "formula", "=A1&B1", "@启明")
    c.xlsx()


@case("formulas/protected_codes", '="5235…" as some websites write codes: the letters of a formula')
def protected(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2), "formula", cells={"credit_code": f'="{good(2)["credit_code"]}"'}, after=["credit_code"])
    c.row(good(3), "formula", cells={"license_no": f'="{good(3)["license_no"]}"'}, after=["license_no"])
    c.csv("gbk")


@case("formulas/minus_that_is_none", "a dash, a remark that begins with a dash and a number: no formulas")
def minus(c: Case) -> None:
    c.columns = (*USUAL, "remark")
    c.head()
    c.row(good(1, remark=""), cells={"remark": "-"})
    c.row(good(2, remark="-3层，无电梯"))
    c.row(good(3, remark="面积100-200平方米"))
    c.csv()
