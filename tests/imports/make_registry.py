"""Make a registry file as a county bureau would send it: GBK, a title above the heading, a footer below, real faults.

``python -m tests.imports.make_registry --rows 500 --bad 40 --out file.csv [--county 思明区 --code 350203] [--seed 1]``
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from stdnum.cn import uscc

HEAD = [
    "序号", "机构名称（全称）", "统一社会信用代码", "办学许可证编号", "培训类别", "培训学段", "办学形式", "法人性质",
    "法定代表人", "联系电话", "办学地址", "所属区县", "乡镇(街道)", "发证日期", "有效期至", "审批机关", "监管银行",
    "专户尾号", "状态", "备注",
]  # fmt: skip
NAME, CODE, PERMIT, CATEGORY, PHONE, ADDRESS, COUNTY, ISSUED, UNTIL, REMARK = 1, 2, 3, 4, 9, 10, 11, 13, 14, 19
SPAM = "365防伪查询系统_bet3365标准版_365bet大陆网站"

WORDS = [
    "启明", "博雅", "新知", "育才", "学海", "晨光", "弘文", "致远", "星火", "明德", "思源", "知行", "嘉禾", "鹭江",
]  # fmt: skip
TAILS = ["教育", "学堂", "文化", "艺馨", "少年", "童画", "未来", "远航", "悦读", "思维"]
FORMS = ["培训学校有限公司", "教育咨询有限公司", "艺术培训中心有限公司", "体育文化有限公司", "科技培训有限公司"]
FAMILY = "林陈黄张李王吴蔡刘杨许郑谢郭洪苏"
GIVEN = ["晓梅", "志强", "雅婷", "建华", "丽萍", "国栋", "淑芬", "文彬", "海燕", "俊杰", "秋月", "振兴"]
TOWNS = ["厦港街道", "中华街道", "滨海街道", "鹭江街道", "开元街道", "梧村街道", "筼筜街道", "莲前街道", "嘉莲街道"]
ROADS = ["湖滨南路", "嘉禾路", "厦禾路", "莲前西路", "文园路", "禾祥西路", "思明南路", "环岛南路"]
BANKS = ["建设银行", "工商银行", "农业银行", "兴业银行", "厦门银行", "中国银行"]
CATEGORIES = ["学科类", "文化艺术类", "体育类", "科技类", "其他非学科类"]
DATES = ["{0}年{1}月{2}日", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}-{1:02}-{2:02}"]


def credit_code(prefix: str, office: str, number: int) -> str:
    """A valid code: both its own check character and that of the organisation code inside."""
    organisation = f"MA{number:06}"
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(alphabet.index(c) * w for c, w in zip(organisation, weights, strict=True)) % 11
    inner = {10: "X", 11: "0"}.get(rest, str(rest))
    first = f"{prefix}{office}{organisation}{inner}"
    return first + uscc.calc_check_digit(first)


@dataclass
class Maker:
    """Rows of one county; the same seed gives the same file."""

    county: str = "思明区"
    code: str = "350203"
    city: str = "厦门市"
    towns: list[str] = field(default_factory=lambda: TOWNS)
    seed: int = 1

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def good(self, number: int) -> list[str]:
        pick = self.random.choice
        category = pick(CATEGORIES)
        year, month, day = self.random.randint(2021, 2024), self.random.randint(1, 12), self.random.randint(1, 28)
        shape = pick(DATES)
        town = pick(self.towns)
        legal = "民办非企业单位" if category == "学科类" else "企业（营利）"
        name = f"{self.city}{self.county}{pick(WORDS)}{pick(TAILS)}{number}号{pick(FORMS)}"
        return [
            str(number),
            name,
            credit_code("52" if category == "学科类" else "91", self.code, self.seed * 10_000 + number),
            f"教民{self.code}7{self.seed:02}{number:06}号",
            category,
            pick(["小学", "初中", "小学、初中", "高中", "学龄前"]),
            pick(["线下", "线下", "线下", "线上", "线上线下"]),
            legal,
            pick(FAMILY) + pick(GIVEN),
            f"1{pick('35789')}{self.random.randint(0, 999_999_999):09}",
            f"{self.city}{self.county}{pick(ROADS)}{self.random.randint(1, 999)}号{self.random.randint(1, 9)}层",
            self.county,
            town,
            shape.format(year, month, day),
            shape.format(year + 6, month, day),
            f"{self.city}{self.county}教育局",
            pick(BANKS),
            f"{self.random.randint(0, 9999):04}",
            "正常",
            "",
        ]

    def rows(self, count: int, bad: int) -> list[list[str]]:
        """``count`` rows of which exactly ``bad`` are to be refused, scattered over the file."""
        rows = [self.good(number) for number in range(1, count + 1)]
        places = sorted(self.random.sample(range(count), bad))
        kinds = list(SPOILERS)
        while places:
            spoil = kinds.pop(0)
            kinds.append(spoil)
            at = places.pop(0)
            if spoil in PAIRS:
                if not places:
                    places.append(at)
                    continue
                spoil(rows[at], rows[places.pop(0)])
            else:
                spoil(rows[at], None)
        return rows


Spoiler = Callable[[list[str], list[str] | None], None]


def _set(position: int, value: str) -> Spoiler:
    def spoil(row: list[str], other: list[str] | None) -> None:
        row[position] = value

    return spoil


def _wrong_check(row: list[str], other: list[str] | None) -> None:
    row[CODE] = row[CODE][:-1] + ("0" if row[CODE][-1] != "0" else "1")


def _letter_o(row: list[str], other: list[str] | None) -> None:
    row[CODE] = row[CODE][:12] + "O" + row[CODE][13:]


def _too_short(row: list[str], other: list[str] | None) -> None:
    row[CODE] = row[CODE][:-1]


def _ends_before_it_begins(row: list[str], other: list[str] | None) -> None:
    row[ISSUED], row[UNTIL] = "2022-05-01", "2019-01-01"


def _planted(row: list[str], other: list[str] | None) -> None:
    row[NAME] += SPAM


def _same_code(row: list[str], other: list[str] | None) -> None:
    other[CODE] = row[CODE]


def _same_permit(row: list[str], other: list[str] | None) -> None:
    other[PERMIT], other[15] = row[PERMIT], row[15]


PAIRS = frozenset({_same_code, _same_permit})
SPOILERS: tuple[Spoiler, ...] = (
    _wrong_check,
    _set(NAME, ""),
    _set(CODE, "9.13502E+17"),
    _set(UNTIL, "2026-02-30"),
    _same_code,
    _set(COUNTY, "集美区"),
    _letter_o,
    _set(CATEGORY, "辅导类"),
    _set(CODE, ""),
    _planted,
    _too_short,
    _set(ISSUED, "2023年5月"),
    _set(PHONE, "1380000000"),
    _same_permit,
    _set(COUNTY, "火炬区"),
    _set(NAME, "=HYPERLINK(1)"),
    _ends_before_it_begins,
    _set(CODE, "350203100012345"),
    _set(REMARK, "长" * 501),
    _set(ADDRESS, ""),
)


def registry(rows: int = 500, bad: int = 40, *, encoding: str = "gbk", **given: object) -> bytes:
    """The file's bytes."""
    maker = Maker(**given)
    out = io.StringIO()
    blank = [""] * (len(HEAD) - 1)
    csv.writer(out).writerows(
        [
            [f"{maker.city}{maker.county}校外培训机构名录", *blank],
            ["填报单位：" + maker.county + "教育局", *blank],
            HEAD,
            *maker.rows(rows, bad),
            ["合计", f"{rows}家", *blank[1:]],
            ["填表人：林晓梅", *blank],
        ]
    )
    return out.getvalue().encode(encoding)


def main() -> None:
    parser = argparse.ArgumentParser(description="写一份像真的名录文件")
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--bad", type=int, default=40)
    parser.add_argument("--county", default="思明区")
    parser.add_argument("--code", default="350203")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.write_bytes(registry(given.rows, given.bad, county=given.county, code=given.code, seed=given.seed))
    sys.stdout.write(f"{given.out}: {given.rows} rows, {given.bad} of them bad, GBK\n")


if __name__ == "__main__":
    main()
