"""Campuses of one institution; branches and look-alikes that are none."""

from typing import Any

from ..base import Case, case, code, good
from .duplicates import stored


def _at(number: int, mark: str, **change: Any) -> dict[str, Any]:
    main = good(number)
    return {**main, "name": main["name"] + mark, "address": f"厦门市思明区文灶路{number}8号2层", **change}


@case("campuses/in_brackets", "（文灶校区） behind the name, in Chinese and Latin brackets")
def in_brackets(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(_at(1, "（文灶校区）"), outcome="campus")
    c.row(good(2))
    c.row(_at(2, "(莲花校区)"), outcome="campus")
    c.csv("gbk")


@case("campuses/without_brackets", "第二教学点, 文灶分部, 莲坂分校, 前埔校区 behind the name")
def without_brackets(c: Case) -> None:
    c.head()
    for number, mark in enumerate(("第二教学点", "文灶分部", "莲坂分校", "前埔校区"), start=1):
        c.row(good(number))
        c.row(_at(number, mark), outcome="campus")
    c.csv()


@case("campuses/before_the_institution", "the campus stands above its institution")
def before_main(c: Case) -> None:
    c.head()
    c.row(_at(1, "（文灶校区）"), outcome="campus")
    c.row(good(1))
    c.csv("gbk")


@case("campuses/two_of_one", "two campuses of one institution, and one of them twice")
def two_of_one(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(_at(1, "（文灶校区）"), outcome="campus")
    second = _at(1, "（莲花校区）", address="厦门市思明区莲花北路5号")
    c.row(second, outcome="campus")
    c.row(second, "duplicate_in_file", outcome="duplicate")
    c.csv()


@case("campuses/of_the_register", "the institution is in the register, the campus in the file")
def of_the_register(c: Case) -> None:
    c.before = stored(good(1))
    c.head()
    c.row(_at(1, "（文灶校区）"), outcome="campus")
    c.row(good(2))
    c.csv("gbk")


@case("campuses/with_a_code_of_its_own", "a campus with its own credit code is an institution of its own")
def own_code(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(_at(1, "（文灶校区）", credit_code=code(801), license_no="教民1350203700801"))
    c.csv()


@case("campuses/same_code_other_name", "another name with the same code is no campus but a contradiction")
def other_name(c: Case) -> None:
    c.head()
    c.row(good(1), "duplicate_conflict")
    c.row(_at(1, "", name="厦门市欢乐岛体育培训有限公司"), "duplicate_conflict")
    c.row(good(2))
    c.csv("gbk")


@case("branches/with_their_own_codes", "分公司 and 分校 with codes of their own are institutions of their own")
def own_codes(c: Case) -> None:
    c.head()
    c.row(good(1))
    branch = {"credit_code": code(811), "license_no": "教民1350203700811"}
    c.row(_at(1, "思明分公司", **branch))
    branch = {"credit_code": code(812), "license_no": "教民1350203700812"}
    c.row(_at(1, "文灶分公司", **branch))
    c.csv()


@case("branches/with_the_mothers_code", "a 分公司 must not carry its mother's code")
def mothers_code(c: Case) -> None:
    c.head()
    c.row(good(1), "duplicate_conflict")
    c.row(_at(1, "文灶分公司"), "duplicate_conflict")
    c.row(good(2))
    c.csv("gbk")


@case("branches/same_building", "two institutions on one floor of one building with the same legal person")
def same_building(c: Case) -> None:
    c.head()
    same = {"address": good(1)["address"], "legal_person": good(1)["legal_person"], "phone": good(1)["phone"]}
    c.row(good(1))
    c.row(good(2, **same))
    c.row(good(3, **same))
    c.csv()


@case("branches/trade_names", "a trade name in brackets makes another institution, never the same")
def trade_names(c: Case) -> None:
    c.head()
    c.row(good(1, name="厦门市启明体育培训有限公司"))
    c.row(good(6, name="厦门市启明体育培训有限公司（悦动）"))
    c.row(good(11, name="厦门市启明（悦动）体育培训有限公司"))
    c.row(good(16, name="厦门启明体育培训有限公司"))
    c.csv("gbk")


@case("branches/look_alikes_of_the_register", "a look-alike of the register's institution is a new one")
def look_alikes(c: Case) -> None:
    c.before = stored(good(1, name="厦门市启明体育培训有限公司"))
    c.head()
    c.row(good(6, name="厦门市启明体育培训有限公司", address=good(1)["address"]))
    c.row(good(11, name="厦门市启明体育培训有限责任公司", address=good(1)["address"]))
    c.csv()
