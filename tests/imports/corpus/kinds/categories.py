"""Categories in the words of forty townships."""

from ..base import LABELS, USUAL, Case, case, good

_OF = {"学科类": 5, "体育类": 1, "文化艺术类": 2, "科技类": 3, "其他非学科类": 4}


def _each(c: Case, category: str, *words: str) -> None:
    for turn, word in enumerate(words):
        c.row(good(_OF[category] + 5 * turn), cells={"category": word})


@case("categories/synonyms", "short and long words for each category")
def synonyms(c: Case) -> None:
    c.head()
    _each(c, "学科类", "学科", "学科类培训", "学科类校外培训机构")
    _each(c, "体育类", "体育", "体育培训", "体育类培训机构")
    _each(c, "文化艺术类", "文化艺术", "艺术", "艺术类", "文艺")
    _each(c, "科技类", "科技", "科技培训", "科技类非学科")
    _each(c, "其他非学科类", "其他", "其他类", "其它")
    c.csv("gbk")


@case("categories/under_non_subject", "非学科类 with the kind behind it, in brackets, with dashes and colons")
def under_non_subject(c: Case) -> None:
    c.head()
    _each(c, "体育类", "非学科类（体育）", "非学科类-体育", "非学科（体育类）")
    _each(c, "文化艺术类", "非学科类(文化艺术)", "非学科类：艺术", "非学科类/文化艺术类")
    _each(c, "科技类", "非学科类（科技）", "非学科·科技类")
    _each(c, "其他非学科类", "非学科类(其他)")
    c.csv()


@case("categories/width_and_blanks", "blanks inside and around, full-width brackets")
def width(c: Case) -> None:
    c.head()
    _each(c, "学科类", " 学科类", "学 科 类", "学科类\u3000")
    _each(c, "体育类", "体育 类", "非学科类（ 体育 ）")
    c.csv()


@case("categories/unknown", "words that are no category")
def unknown(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, word in enumerate(("辅导类", "托管", "幼儿园", "A", "123"), start=2):
        c.row(good(number), "category_unknown", cells={"category": word})
    c.csv("gbk")


@case("categories/ambiguous", "非学科类 alone, two categories in one cell: nobody may guess")
def ambiguous(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, word in enumerate(("非学科类", "艺术类/体育类", "体育、科技", "学科类与非学科类"), start=2):
        c.row(good(number), "category_unknown", cells={"category": word})
    c.csv()


@case("categories/typos", "体肓类 with a look-alike character, 文化艺朮类, 课技类: refused, never guessed in silence")
def typos(c: Case) -> None:
    c.head()
    c.row(good(5))
    for category, word in (("体育类", "体肓类"), ("文化艺术类", "文化艺朮类"), ("科技类", "课技类")):
        c.row(good(_OF[category]), "category_unknown", cells={"category": word})
    c.csv("gb18030")


@case("categories/empty", "no category in the row: a new institution needs one")
def empty(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2), "category_unknown", cells={"category": ""})
    c.csv()


@case("categories/subtypes", "finer kinds, known and unknown")
def subtypes(c: Case) -> None:
    c.columns = (*USUAL, "subtype")
    c.head()
    c.row(good(2, subtype="舞蹈"))
    c.row(good(7, subtype="美术书法"))
    c.row(good(1, subtype="游泳"))
    c.row(good(3, subtype="编程"))
    c.row(good(12, subtype="音乐"), "category_unknown", cells={"subtype": "音月"}, after=["subtype"])
    c.csv("gbk")


@case("categories/contents", "培训内容 in free words: what is one finer kind is taken, the rest is told and left out")
def contents(c: Case) -> None:
    c.columns = (*USUAL, "subtype")
    c.line(*(LABELS[name] for name in USUAL), "培训内容")
    c.row(good(2, subtype="美术书法"), cells={"subtype": "美术、书法"})
    c.row(good(7, subtype="美术书法"), cells={"subtype": "少儿美术启蒙（非学科）"})
    c.row(good(1, subtype="球类"), cells={"subtype": "篮球、足球培训"})
    for number, words in ((12, "美术、音乐、舞蹈"), (17, "绘本阅读"), (22, "广场舞蹈艺术与音乐鉴赏")):
        c.row(good(number, subtype=""), cells={"subtype": words}, warnings=["category_unknown"])
    c.csv()


@case("categories/contents_only", "no category column, but 培训内容: a finer kind says its category")
def contents_only(c: Case) -> None:
    c.columns = (*(name for name in USUAL if name != "category"), "subtype")
    c.line(*(LABELS[name] for name in c.columns[:-1]), "培训内容")
    for number, words, kind in ((2, "钢琴", "音乐"), (1, "羽毛球", "球类"), (3, "少儿编程", "编程")):
        c.row(good(number, subtype=kind), cells={"subtype": words}, warnings=["category_unknown"])
        c.expected[-1]["record"]["category"] = good(number)["category"]
    c.csv("gbk")


@case("categories/finer_kinds", "a finer kind, a game or an instrument instead of the category; numbers in front")
def finer_kinds(c: Case) -> None:
    c.head()
    _each(c, "体育类", "篮球", "跆拳道", "游泳", "围棋", "体育（篮球）", "体育训练", "（二）体育类")
    _each(c, "文化艺术类", "钢琴", "声乐", "绘画", "街舞", "音乐舞蹈", "一、艺术类")
    _each(c, "科技类", "少儿编程", "机器人", "无人机")
    c.csv()


@case("categories/what_may_stay_open", "学段, 办学形式, 法人性质 in words of no list refuse no row")
def stay_open(c: Case) -> None:
    c.head()
    c.lines[-1] = (*c.lines[-1], "学段", "办学形式", "法人性质")
    c.row(good(1), more=("小学、初中", "线下", "营利性法人"), may=["code_prefix"])
    words = (("青少年", "线下", "企业"), ("小学", "业余", "企业"), ("小学", "面授", "股份合作制"))
    for number, more in enumerate(words, start=2):
        c.row(good(number), more=more, warnings=["category_unknown"])
    c.csv()


@case("categories/statuses", "states in the words of the clerks")
def statuses(c: Case) -> None:
    c.columns = (*USUAL, "status")
    c.head()
    c.row(good(1, status="正常"))
    c.row(good(2, status="正常"), cells={"status": "正常办学"})
    c.row(good(3, status="注销"), cells={"status": "已注销"})
    c.row(good(4), "category_unknown", cells={"status": "差不多正常"})
    c.csv()
