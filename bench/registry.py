"""A registry as a city's bureau would keep it: the same number of rows always gives the same bytes.

Clean on purpose: the library that the product is compared with would refuse or store any mess. Only what a register
of this size really holds: valid codes (GB 32100-2015, the organisation code inside by GB 11714), names that occur once,
the streets and towns of Xiamen's districts, permits of two kinds, dates, mobile numbers.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from stdnum.cn import uscc

BUREAU = "350200"
CITY = "厦门市"
HEADINGS = (
    "机构名称", "统一社会信用代码", "办学许可证号", "类别", "子类", "法定代表人", "联系电话",
    "办学地址", "区县", "镇街", "发证日期", "有效期至", "监管银行", "专户账号尾号",
)  # fmt: skip
DIVISIONS = Path(__file__).resolve().parents[1] / "foundation/regions/data/divisions_fujian.csv"

FIRST = (
    "启明博雅新知育才学海晨光弘文致远星火明德思源知行嘉禾鹭江海峡春藤向阳云帆青禾慧泉立人尚学乐知百川同心朝晖文澜书香"
    "金榜智远卓越优思童心小荷起航领航飞翔天成华晟汇英聚贤崇文雅正清源德馨广才睿智逸夫锦程凌云"
)
SECOND = (
    "教育学堂文化未来少年童画远航悦读思维蓝天博学雅韵致知求真格物笃行修远问道登峰揽月听涛观海临风守正开元鼎新日新厚德"
    "载物自强不息精诚敏行讷言怀瑾握瑜含英咀华春华秋实桃李满园芝兰玉树沐光拾光追光逐梦筑梦圆梦"
)
FAMILIES = "林陈黄张李王吴蔡刘杨许郑谢郭洪苏曾叶庄柯"
GIVEN = "晓梅志强雅婷建华丽萍国栋淑芬文彬海燕俊杰秋月振兴美玲永辉素珍明辉春燕德福惠敏金城"
ROADS = "湖滨南嘉禾厦禾莲前西文园禾祥西思明南环岛南吕岭仙岳南山江头台湾杏林集源同集银湖中新阳沧虹马青翔安南新店民安"
BANKS = ("建设银行", "工商银行", "农业银行", "兴业银行", "厦门银行", "中国银行", "厦门国际银行", "邮储银行")
KINDS = (  # category, subcategories, permit, how the institutions call themselves
    ("学科类", ("语言能力",), "教民1{county}{number:08d}号", ("培训学校有限公司", "文化培训学校", "课外培训中心")),
    ("文化艺术类", ("音乐", "舞蹈", "艺考"), "闽{county}艺培{number:07d}", ("艺术培训有限公司", "艺术中心")),
    ("体育类", ("球类", "游泳", "武术搏击"), "闽{county}体培{number:07d}", ("体育培训有限公司", "青少年体育俱乐部")),
    ("科技类", ("编程", "机器人"), "闽{county}科培{number:07d}", ("科技培训有限公司", "科学培训中心")),
)  # fmt: skip
ORGANISATION = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def write(path: Path, rows: int, *, changed: float = 0) -> None:
    """The registry as CSV (UTF-8); ``changed``: that share of the rows is as it stands a year later."""
    step = round(1 / changed) if changed else 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number, row in enumerate(registry(rows)):
            writer.writerow(_a_year_later(row, number // step) if step and number % step == step // 2 else row)


def registry(rows: int, *, county: str = "") -> Iterator[list[str]]:
    """The rows, under ``HEADINGS``; of the whole city, or of one county (its code)."""
    counties = [(code, name, towns) for code, (name, towns) in sorted(_towns().items()) if county in ("", code)]
    names, seconds = _pairs(FIRST), _pairs(SECOND)
    chance = random.Random(rows)
    for number in range(rows):
        code, county, towns = counties[number % len(counties)]
        category, subcategories, permit, forms = KINDS[chance.choice((0, 0, 1, 1, 1, 2, 3))]
        # Each number gets words that no other has, scattered by a step without a divisor in common with their number.
        first, second = divmod(number * 1_000_003 % (len(names) * len(seconds)), len(seconds))
        third = ["", *names, *seconds][number // (len(names) * len(seconds))]
        form = chance.choice(forms)
        name = f"{CITY}{county}{names[first]}{seconds[second]}{third}{form}"
        town = chance.choice(towns)
        issued_month, issued_day = chance.randint(1, 12), chance.randint(1, 28)
        issued_year = chance.randint(2022, 2025)
        yield [
            name,
            credit_code("52" if form.endswith(("学校", "中心", "俱乐部")) else "91", code, number),
            permit.format(county=code, number=number),
            category,
            chance.choice(subcategories),
            _person(chance),
            f"1{chance.choice((38, 39, 50, 59, 86, 89))}{chance.randrange(10**8):08d}",
            _address(chance, county, town),
            county,
            town,
            f"{issued_year}-{issued_month:02d}-{issued_day:02d}",
            f"{issued_year + 5}-{issued_month:02d}-{issued_day:02d}",
            chance.choice(BANKS),
            f"{chance.randrange(10**4):04d}",
        ]


def credit_code(prefix: str, county: str, number: int) -> str:
    """A valid code; the number stands in its organisation code."""
    organisation = "MA" + "".join(ORGANISATION[number // 31**power % 31] for power in (5, 4, 3, 2, 1, 0))
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    weights = zip(organisation, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    weighed = sum(alphabet.index(letter) * weight for letter, weight in weights)
    rest = 11 - weighed % 11
    first = prefix + county + organisation + {10: "X", 11: "0"}.get(rest, str(rest))
    return first + uscc.calc_check_digit(first)


def _a_year_later(row: list[str], turn: int) -> list[str]:
    """In turn: another head and number, another bank, a renewed permit, another floor of the same building."""
    row = list(row)
    match turn % 10:
        case 0 | 1 | 2 | 3:
            row[5], row[6] = "新任" + row[5][:1], row[6][:3] + row[6][3:][::-1][:7] + "7"
        case 4 | 5 | 6:
            row[12], row[13] = BANKS[(BANKS.index(row[12]) + 1) % len(BANKS)], f"{(int(row[13]) + 1) % 10**4:04d}"
        case 7 | 8:
            row[11] = f"{int(row[11][:4]) + 1}{row[11][4:]}"
        case _:
            row[7] += "东侧"
    return row


def _person(chance: random.Random) -> str:
    start = 2 * chance.randrange(len(GIVEN) // 2)
    return chance.choice(FAMILIES) + GIVEN[start : start + 2]


def _address(chance: random.Random, county: str, town: str) -> str:
    start = 2 * chance.randrange(len(ROADS) // 2)
    place = f"{ROADS[start : start + 2]}路{chance.randint(1, 999)}号"
    return f"{CITY}{county}{town}{place}{chance.randint(1, 6)}层{chance.randint(1, 99):02d}室"


def _pairs(text: str) -> list[str]:
    return list(dict.fromkeys(text[start : start + 2] for start in range(0, len(text) - 1, 2)))


@cache
def _towns() -> dict[str, tuple[str, list[str]]]:
    """The city's districts with their streets and towns, from the portal's own tables."""
    with DIVISIONS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    counties = {row["code"]: (row["name"], []) for row in rows if row["parent_code"] == BUREAU}
    for row in rows:
        if row["parent_code"] in counties and row["name"].endswith(("街道", "镇")):
            counties[row["parent_code"]][1].append(row["name"])
    return counties
