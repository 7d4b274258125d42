"""Names and other texts."""

from ..base import Case, case, good


@case("names/missing", "no name, or a mark in its place")
def missing(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, text in enumerate(("", "  ", "—"), start=2):
        c.row(good(number), "missing_name", cells={"name": text})
    c.csv("gbk")


@case("names/that_are_none", "one character, digits, marks, a telephone number, a credit code")
def none(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, text in enumerate(("厦", "12345", "……", "13800000000", "0592-2000000"), start=2):
        c.row(good(number), "name_format", cells={"name": text})
    c.csv()


@case("names/that_are_numbers", "numbers and truth values in cells of names")
def numbers(c: Case) -> None:
    c.sheet("名录")
    c.head()
    c.row(good(1))
    c.row(good(2), "name_format", cells={"name": 2024})
    c.row(good(3), "name_format", cells={"name": True})
    c.row(good(4), "name_format", cells={"legal_person": 4})
    c.xlsx()


@case("names/blanks_between_characters", "names spread with blanks to fill the column")
def blanks(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2, legal_person="林梅"), cells={"legal_person": "林  梅"})
    three = good(3)
    c.row(three, cells={"name": " ".join(three["name"][:6]) + three["name"][6:]})
    c.row(good(4, name="厦门ABC English培训有限公司"), cells={"name": "厦门 ABC  English 培训有限公司"})
    c.csv("gbk")


@case("names/full_width_letters", "full-width letters and digits inside names")
def full_width(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2, name="厦门市ABC少儿英语培训有限公司"), cells={"name": "厦门市ＡＢＣ少儿英语培训有限公司"})
    row = good(3, address="厦门市思明区湖滨南路33号A座8楼")
    c.row(row, cells={"address": "厦门市思明区湖滨南路３３号Ａ座８楼"})
    c.csv("gbk")


@case("names/brackets_stay", "Chinese and Latin brackets, dots and colons stay as they were written")
def brackets(c: Case) -> None:
    c.head()
    c.row(good(1, name="启明（厦门）文化艺术培训有限公司"))
    c.row(good(2, name="启航(厦门)科技培训有限公司"))
    c.row(good(3, name="爱德华·李艺术培训（厦门）有限公司", legal_person="阿依古丽·买买提"))
    c.row(good(4, address="厦门市思明区湖滨南路4号：东楼（2层），靠北"))
    c.csv()


@case("names/too_long", "a name of 140 and an address of 230 characters")
def too_long(c: Case) -> None:
    c.head()
    c.row(good(1, name="厦门市" + "启" * 110 + "培训学校"))
    c.row(good(2), "too_long", cells={"name": "厦门市" + "启" * 133 + "培训学校"})
    c.row(good(3), "too_long", cells={"address": "厦门市思明区" + "长" * 224})
    c.row(good(4), "too_long", cells={"legal_person": "林" * 61})
    c.csv("gbk")


@case("names/trademarks_and_traditional", "traditional characters, Latin names, numbers in names: nothing is changed")
def foreign(c: Case) -> None:
    c.head()
    for number, name in enumerate(
        ("廈門市啟明藝術培訓有限公司", "Little Bridge英语培训中心", "1+1数学思维培训学校", "101号体育培训有限公司"),
        start=1,
    ):
        c.row(good(number, name=name))
    c.csv("gb18030")


@case("names/two_legal_persons", "two persons, a title and a telephone number beside the person")
def two_persons(c: Case) -> None:
    c.head()
    c.row(good(1, legal_person="林晓梅、陈志强"))
    c.row(good(2, legal_person="林晓梅（校长）"))
    c.row(good(3), "name_format", cells={"legal_person": "13800000000"})
    c.csv()


@case("names/entities", "letters that a website escaped: they are left as they are, not run")
def entities(c: Case) -> None:
    c.head()
    c.row(good(1, name="A&B科技培训有限公司"))
    c.row(good(2, name="厦门市Q&A语言能力培训有限公司", address="厦门市思明区湖滨南路2号3#楼"))
    c.csv()
