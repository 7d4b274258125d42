"""Three files of three clerks, as nasty as they come, for walking through the pages.

``ledger``: a workbook kept since the nineties, a sheet for each category, heading in two rows, merged counties.
``platform``: a CSV in GBK from some platform, whose headings nobody could guess.
``webpage``: a web page saved as ``.xls``, with campuses, repetitions, a neighbour's rows and somebody's advertising.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from openpyxl import Workbook

from tests.imports.corpus.base import SPAM, code
from tests.imports.corpus.writers import html_table

WIDE = str.maketrans(
    "0123456789ABCDEFGHJKLMNPQRTUWXY", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＫＬＭＮＰＱＲＴＵＷＸＹ"
)
LEDGER_HEAD = ["序号", "机构基本情况", "", "", "办学许可证", "", "", "负责人", "", "所在区"]
LEDGER_BELOW = ["", "机构全称", "信用代码（18位）", "地址", "证号", "发证时间", "有效期", "姓名", "手机", ""]


def letter_o(text: str) -> str:
    """The first zero (one, five) from the county on typed as the letter that looks like it."""
    at = next(at for at in range(6, 18) if text[at] in "015")
    return f"{text[:at]}{'OI---S'[int(text[at])]}{text[at + 1 :]}"


def swapped(text: str) -> str:
    at = next(at for at in range(10, 16) if text[at] != text[at + 1] and text[at : at + 2].isdigit())
    return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"


def _ledger_rows(first: int, kind: str, spans: list[object]) -> list[list[object]]:
    rows = []
    for place, (start, until) in enumerate(spans):
        number = first + place
        rows.append(
            [
                place + 1,
                f"厦门市思明区{'甲乙丙丁戊己庚辛壬癸'[place]}知{kind}培训中心有限公司",
                code(number),
                f"厦门市思明区湖滨南路{number}号{place + 1}层",
                f"教民1350203700{number:04}号",
                start,
                until,
                ["林晓梅", "陈志强", "黄丽珍", "张建国", "吴秀英", "李文辉"][place % 6],
                f"1380592{number:04}",
                "思明区" if place == 0 else None,
            ]
        )
    return rows


def ledger() -> bytes:
    """Eleven rows: dates of all kinds, wide digits, O for 0, swapped digits, an impossible date, a year alone."""
    subjects = _ledger_rows(
        210,
        "文化",
        [
            ("2024-03-01", "2027.2.28"),
            (date(2024, 3, 1), "二〇二七年二月二十八日"),
            (45352, "2027年2月30日"),
            ("2024/3/1", "2027/2/28"),
            ("２０２４年３月１日", "2027-02-28 0:00"),
            ("20240301", "2027"),
        ],
    )
    subjects[1][2] = str(subjects[1][2]).translate(WIDE)
    subjects[3][2] = letter_o(code(216))
    subjects[4][2] = f" {str(subjects[4][2])[:6]} {str(subjects[4][2])[6:]}"
    subjects[4][8] = "1380592O214"
    sports = _ledger_rows(230, "体育", [("2024.5.6", "2027.5.5")] * 5)
    sports[1][2] = swapped(str(sports[1][2]))
    sports[2][2] = str(sports[2][2])[:-1]
    sports[4][2] = letter_o(code(240))
    subjects[5][2] = letter_o(code(218))
    sports[3][1] = ""
    book = Workbook()
    book.remove(book.active)
    for title, rows in (("学科类", subjects), ("体育类", sports)):
        sheet = book.create_sheet(title)
        sheet.append([f"思明区校外培训机构台账（{title}）"])
        sheet.append(["填报单位：思明区教育局", None, None, "填报日期：2024年6月"])
        sheet.append(LEDGER_HEAD)
        sheet.append(LEDGER_BELOW)
        for row in rows:
            sheet.append(row)
        sheet.append(["合计", f"共{len(rows)}家"])
        sheet.append(["填表人：小王", None, None, "审核人：老李"])
        for area in ("A1:J1", "B3:D3", "E3:G3", "H3:I3", "A3:A4", "J3:J4", f"J5:J{4 + len(rows)}"):
            sheet.merge_cells(area)
    book.create_sheet("说明").append(["本表由各学区上报，年底前核对"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def platform() -> bytes:
    """Six rows under headings of a system that is long gone; one code lost digits to a spreadsheet."""
    head = ["编号", "机构名称", "十八位", "地址", "有效期至", "哪一种", "电子邮箱"]
    rows = [
        [
            n,
            f"厦门市思明区{'春夏秋冬晨暮'[n]}晖艺术培训有限公司",
            code(250 + n),
            f"厦门市思明区文屏路{n + 1}号",
            "2027-08-31",
            "美术书法",
            "a@b.cn",
        ]
        for n in range(6)
    ]
    rows[2][2] = "9.13502E+17"
    rows[4][5] = "琴棋书画茶"
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([head, *rows])
    return out.getvalue().encode("gbk")


def webpage() -> bytes:
    """Nine rows: a campus, a repetition, a contradiction, a neighbour's county, advertising, a wrong telephone."""
    head = ["机构名称", "统一社会信用代码", "办学地址", "类别", "区县", "联系电话", "发证日期", "有效期至", "许可证号"]

    def row(n: int, **change: str) -> list[str]:
        usual = {
            "name": f"厦门市思明区{'东南西北上下左右'[n]}岸科技培训有限公司",
            "code": code(270 + n),
            "address": f"厦门市思明区莲前东路{n + 10}号",
            "category": "科技",
            "county": "思明",
            "phone": "0592-2200000",
            "issued": "2024年1月8日",
            "until": "2027年1月7日",
            "permit": f"XM-2024-{n:03}",
        }
        return list((usual | change).values())

    rows = [
        row(0),
        row(0, name="厦门市思明区东岸科技培训有限公司（莲前校区）", address="厦门市思明区莲前西路200号"),
        row(1),
        row(1),
        row(2),
        row(2, address="厦门市思明区槟榔路1号"),
        row(3, county="集美区", address="厦门市集美区石鼓路3号"),
        row(4, address=f"厦门市思明区{SPAM}"),
        row(5, phone="059222000000000"),
    ]
    return html_table([head, *rows], head='<meta charset="gb18030">').encode("gb18030")
