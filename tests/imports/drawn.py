"""Sheets as bureaus draw them, from plain lists, and a register with the columns that layouts are hard on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foundation.imports.columns import Column, SheetResource
from foundation.imports.layout import Table, find_table
from foundation.imports.reading import Cell, RawFile, RawSheet
from foundation.imports.values import TextWidget

KINDS = ("学科类", "体育类", "艺术类")


def kind_in(text: str) -> str | None:
    found = {kind for kind in KINDS if kind in text}
    return found.pop() if len(found) == 1 else None


def county_in(text: str) -> str | None:
    found = re.search(r"(思明区|湖里区|晋江市)", text)
    return found[0] if found else None


class Register(SheetResource):
    """A register with the columns that layouts are hard on."""

    name = Column("机构名称", spellings=("名称", "单位名称", "机构全称"), widget=TextWidget(100), required=True)
    code = Column("统一社会信用代码", spellings=("信用代码", "机构代码"), widget=TextWidget(60), required=True)
    permit = Column("办学许可证号", spellings=("许可证编号", "许可证", "许可证号"), widget=TextWidget(40))
    person = Column("法定代表人", spellings=("法人", "负责人", "校长"), widget=TextWidget(60))
    phone = Column("联系电话", spellings=("电话", "手机", "联系方式"), widget=TextWidget(60), personal=True)
    address = Column("办学地址", spellings=("地址", "机构地址"), widget=TextWidget(200))
    kind = Column("类别", spellings=("培训类别",), widget=TextWidget(40), from_title=kind_in)
    county = Column("区县", spellings=("所属区县", "县(市、区)", "区"), widget=TextWidget(40), from_title=county_in)
    issued = Column("发证日期", spellings=("发证时间", "有效期起"), widget=TextWidget(40))
    until = Column("有效期至", spellings=("有效期止", "有效期限"), widget=TextWidget(40))
    remark = Column("备注", spellings=("说明",), widget=TextWidget(500))


REGISTER = Register()
HEAD = ["机构名称", "统一社会信用代码", "办学地址", "联系电话", "发证日期", "有效期至"]

TWO_ROWS = [
    ["机构名称", "统一社会信用代码", "许可证", "", "", "法定代表人", ""],
    ["", "", "编号", "发证日期", "有效期至", "姓名", "电话"],
]
UNDER_TWO = ["甲中心", "913502030000000001", "教1", "2024-03-01", "2027-02-28", "林晓梅", "0592-1"]


def one(number: int, **given: str) -> list[Cell]:
    """A row under HEAD."""
    row: list[Cell] = [
        f"厦门市第{number}培训中心",
        f"9135020300000{number:05}",
        f"湖滨南路{number}号",
        "0592-2000000",
        "2024-03-01",
        "2027-02-28",
    ]
    for label, value in given.items():
        row[HEAD.index(label)] = value
    return row


def sheet(
    *rows: Sequence[Cell],
    name: str | None = None,
    hidden: bool = False,
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> RawSheet:
    width = max(map(len, rows), default=0)
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    return RawSheet(name, hidden, len(full), merged, lambda: iter([list(row) for row in full]))


def table(*sheets: RawSheet, **given) -> Table:
    return find_table(RawFile("utf-8", list(sheets)), REGISTER, **given)


def data(found: Table) -> list[tuple]:
    """(sheet, row number, values by column with the defaults) of every row."""
    return [
        (block.sheet, number, {n: row[at] for n, at in block.places.items() if row[at] != ""} | dict(block.defaults))
        for each in found.sheets
        for block in each.blocks()
        for number, row in zip(block.numbers, block.rows, strict=True)
    ]


def numbers(*rows: Sequence[Cell], **given) -> list[int]:
    return [number for _, number, _ in data(table(sheet(*rows, **given)))]


def columns(*labels: str) -> list[str | None]:
    """What each heading was taken for; the columns that must be there stand in front of them."""
    found = table(sheet(["机构名称", "统一社会信用代码", *labels], ["甲", "91", *["x"] * len(labels)]))
    return [heading.column for heading in found.headings[2:]]
