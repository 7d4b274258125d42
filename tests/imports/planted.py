"""Plant faults into labels, telephone numbers and dates: ``python -m tests.imports.planted``.

About a third of the faults are such that nothing, or hardly anything, can be told from them.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache, partial

from pypinyin import lazy_pinyin

from foundation.imports.suggesting import Suggestion, suggest_choice, suggest_date, suggest_phone
from foundation.regions.reference import DATA
from tests.institutions.planted import Tally

#: Closed lists as the register has them; the county names and some banks come on top.
LISTS = (
    ("学科类", "文化艺术类", "体育类", "科技类", "其他非学科类"),
    ("学龄前(3-6岁)", "小学", "初中", "高中"),
    ("线下", "线上", "线上线下"),
    ("民办非企业单位(非营利)", "企业(营利)", "事业单位", "个体工商户", "未登记"),
    ("证照齐全", "有照无证", "有证无照", "无证无照"),
    ("筹设", "正常", "停业整改", "责令停止招生", "转型", "备改审", "拟终止公告", "注销", "吊销", "取缔", "失联"),
    ("民办学校办学许可证", "非学科类校外培训许可证", "文化艺术类审核意见书", "设立核准书", "全国平台备案"),
    ("艺考", "音乐", "舞蹈", "美术书法", "戏剧影视", "球类", "游泳", "武术搏击", "编程", "机器人", "语言能力"),
    ("教学人员", "教研人员", "其他从业人员"),
    ("建设银行", "工商银行", "农业银行", "中国银行", "兴业银行", "厦门银行", "邮政储蓄银行"),
)
#: What clerks write that is in none of the lists, however near.
OTHER_WORDS = [
    "大学", "中学", "科学类", "学前类", "综合类", "非学科类", "语文类", "外语类", "营业", "停业", "撤销",
    "停办", "营业中", "转行", "转让", "已注销", "未注销", "非正常", "不正常", "线上线", "双线", "有证有照",
    "照证齐全吗", "个人独资企业", "企业", "非企业单位", "企业(非营利)", "民办企业单位", "事业编制",
    "其他学科类", "体能类", "体验类", "科普类", "科研类", "文化类", "艺术类", "幼儿", "学前", "初三", "高一",
    "高职", "农村", "待定", "未知", "同上", "停业整顿中", "停止招生", "公告", "登记", "办证", "吊销执照",
    "失踪", "筹备", "筹建", "书法", "球", "棋类", "武术", "编导", "乐器", "舞", "美术", "未登记过", "思明",
    "思源区", "集善区", "同安县城", "建宁市", "永安县", "南安县", "福安县", "永福县", "平安县", "连山县",
    "长乐市区", "上海县", "泰安县", "清河县",
]  # fmt: skip


@cache
def common_characters() -> str:
    """The 3,755 of GB 2312's first level."""
    return "".join(
        bytes([high, low]).decode("gb2312")
        for high in range(0xB0, 0xD8)
        for low in range(0xA1, 0xFF)
        if (high, low) < (0xD7, 0xFA)
    )


@cache
def of_sound() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for char in common_characters():
        found.setdefault(lazy_pinyin(char)[0], []).append(char)
    return found


@cache
def lists() -> list[list[str]]:
    rows = [line.split(",") for line in (DATA / "divisions_fujian.csv").read_text("utf-8").splitlines()[1:]]
    counties = [name for _, name, level, _ in rows if level == "county"]
    return [*map(list, LISTS), counties]


# -- labels ----------------------------------------------------------------------------------------------------------
def same_sound(rng: random.Random, label: str) -> str:
    at = rng.randrange(len(label))
    if label[at] not in common_characters():
        return ""
    return label[:at] + rng.choice(of_sound()[lazy_pinyin(label[at])[0]]) + label[at + 1 :]


def two_turned(rng: random.Random, label: str) -> str:
    at = rng.randrange(len(label) - 1)
    return label[:at] + label[at + 1] + label[at] + label[at + 2 :]


def left_out(rng: random.Random, label: str) -> str:
    at = rng.randrange(len(label))
    return label[:at] + label[at + 1 :]


def twice(rng: random.Random, label: str) -> str:
    at = rng.randrange(len(label))
    return label[:at] + label[at] + label[at:]


def marked(rng: random.Random, label: str) -> str:
    return rng.choice(["{}。", "1.{}", "“{}”", "{}（）", "①{}", "{}?", "·{}"]).format(label)


def lost_character(rng: random.Random, label: str) -> str:
    at = rng.randrange(len(label))
    return label[:at] + rng.choice("?□x") + label[at + 1 :]


def other_character(rng: random.Random, label: str) -> str:
    at = rng.randrange(len(label))
    return label[:at] + rng.choice(common_characters()) + label[at + 1 :]


def too_much(rng: random.Random, label: str) -> str:
    at = rng.randrange(len(label) + 1)
    return label[:at] + rng.choice(common_characters()) + label[at:]


def another_word(rng: random.Random, label: str) -> str:
    """Of another list, or of none: nothing was meant that is in this list."""
    return rng.choice([*OTHER_WORDS, *rng.choice(lists())])


# -- telephone numbers -----------------------------------------------------------------------------------------------
def phone(rng: random.Random) -> str:
    if rng.random() < 0.7:
        return f"1{rng.choice('3456789')}{rng.randrange(10**9):09}"
    return f"059{rng.randrange(1, 10)}-{rng.randrange(2 * 10**6, 9 * 10**6)}"


def letters(rng: random.Random, number: str) -> str:
    old, new = rng.choice([("0", "O"), ("0", "o"), ("1", "l"), ("1", "I")])
    return number.replace(old, new, rng.choice([1, 99]))


def named(rng: random.Random, number: str) -> str:
    return rng.choice(["陈老师{}", "{}（陈）", "联系人：林晓梅 {}", "电话:{}", "{} 林", "手机{}（微信同号）"]).format(
        number
    )


def odd_marks(rng: random.Random, number: str) -> str:
    if "-" in number:
        return number.replace("-", rng.choice(["--", " — ", "/", "."]))
    return rng.choice([".", "·"]).join([number[:3], number[3:7], number[7:]])


def zero_before(rng: random.Random, number: str) -> str:
    return rng.choice(["0", "0086", "86"]) + number if "-" not in number else ""


def digit_lost(rng: random.Random, number: str) -> str:
    return left_out(rng, number)


def digit_more(rng: random.Random, number: str) -> str:
    at = rng.randrange(len(number))
    return number[:at] + rng.choice("0123456789") + number[at:]


def masked(rng: random.Random, number: str) -> str:
    return number[:3] + "****" + number[-4:]


def any_letter(rng: random.Random, number: str) -> str:
    at = rng.randrange(len(number))
    return number[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + number[at + 1 :]


def two_numbers(rng: random.Random, number: str) -> str:
    return number + rng.choice(["", " ", "或", "、陈", "/"]) + rng.choice([phone(rng), number[-1], phone(rng)[:8]])


# -- dates -----------------------------------------------------------------------------------------------------------
def day(rng: random.Random) -> date:
    return date(2015, 1, 1) + timedelta(days=rng.randrange(6000))


def written(rng: random.Random, when: date) -> str:
    form = rng.choice(["{0}-{1:02}-{2:02}", "{0}-{1}-{2}", "{0}/{1}/{2}", "{0}.{1}.{2}", "{0}年{1}月{2}日"])
    return form.format(when.year, when.month, when.day)


def date_letters(rng: random.Random, when: date) -> str:
    return letters(rng, written(rng, when))


def date_marks(rng: random.Random, when: date) -> str:
    year, month, one = when.year, when.month, when.day
    form = [
        "{}--{}-{}",
        "{}年{}月{}",
        "{}-{}/{}",
        "{}，{}，{}",
        "{}年{}-{}",
        "{}.{}.{}.",
        "{}年{}月{}目",
        "{}年{}日{}日",
        "{}{:02}-{}",
    ]
    return rng.choice(form).format(year, month, one)


def month_first(rng: random.Random, when: date) -> str:
    return rng.choice([f"{when.month}/{when.day}/{when.year}", f"{when.day}.{when.month}.{when.year}"])


def year_slip(rng: random.Random, when: date) -> str:
    year = f"{when.year}"
    at = rng.randrange(4)
    year = rng.choice(
        [digit_more(rng, year), year[:at] + rng.choice("0123456789") + year[at + 1 :], two_turned(rng, year)]
    )
    return written(rng, when).replace(f"{when.year}", year)


def other_digit(rng: random.Random, when: date) -> str:
    text = written(rng, when)
    at = rng.choice([at for at, char in enumerate(text) if char.isdigit()])
    return text[:at] + rng.choice("0123456789") + text[at + 1 :]


def date_digit_lost(rng: random.Random, when: date) -> str:
    return left_out(rng, written(rng, when))


def date_digit_more(rng: random.Random, when: date) -> str:
    return digit_more(rng, written(rng, when))


def short_year(rng: random.Random, when: date) -> str:
    return written(rng, when)[2:]


def any_date_letter(rng: random.Random, when: date) -> str:
    return any_letter(rng, written(rng, when))


CHOICE_FAULTS = {
    same_sound: 8, two_turned: 4, left_out: 4, twice: 3, marked: 3, lost_character: 2, other_character: 3, too_much: 3,
    another_word: 6,
}  # fmt: skip
PHONE_FAULTS = {
    letters: 6, named: 6, odd_marks: 5, zero_before: 3, digit_lost: 3, digit_more: 3, masked: 1, any_letter: 2,
    two_numbers: 3,
}  # fmt: skip
DATE_FAULTS = {
    date_letters: 6, date_marks: 8, month_first: 3, year_slip: 4, other_digit: 2, date_digit_lost: 2,
    date_digit_more: 3, short_year: 1, any_date_letter: 2,
}  # fmt: skip
Planted = tuple[str, str, str, Callable[[str], Suggestion | None]]


def plant_choices(rng: random.Random, count: int) -> Iterator[Planted]:
    while count:
        make = rng.choices(list(CHOICE_FAULTS), CHOICE_FAULTS.values())[0]
        labels = rng.choice(lists())
        meant = rng.choice(labels)
        typed = make(rng, meant)
        if typed and typed not in labels:
            count -= 1
            nothing = make is another_word
            yield make.__name__, typed, "" if nothing else meant, partial(suggest_choice, choices=labels)


def plant_phones(rng: random.Random, count: int) -> Iterator[Planted]:
    while count:
        make = rng.choices(list(PHONE_FAULTS), PHONE_FAULTS.values())[0]
        meant = phone(rng)
        typed = make(rng, meant)
        if typed and typed != meant and not (make in (digit_lost, digit_more) and _is_number(typed)):
            count -= 1
            yield make.__name__, typed, meant, suggest_phone


def _is_number(typed: str) -> bool:
    """A landline number that lost or won a digit is a number still: nobody would ask about it."""
    code, dash, rest = typed.partition("-")
    return bool(dash) and 3 <= len(code) <= 4 and code[0] == "0" and 7 <= len(rest) <= 8 and rest[0] > "1"


def plant_dates(rng: random.Random, count: int) -> Iterator[Planted]:
    while count:
        make = rng.choices(list(DATE_FAULTS), DATE_FAULTS.values())[0]
        meant = day(rng)
        typed = make(rng, meant)
        if not _is_date(typed):
            count -= 1
            yield make.__name__, typed, meant.isoformat(), suggest_date


def _is_date(typed: str) -> bool:
    """Usual in form, of a day that exists and a year that nobody wonders at: the fault cannot be seen."""
    parts = (
        typed.replace("年", "-").replace("月", "-").removesuffix("日").replace("/", "-").replace(".", "-").split("-")
    )
    try:
        return len(parts) == 3 and len(parts[0]) == 4 and 1949 <= date(*map(int, parts)).year <= 2100
    except ValueError:
        return False


PLANTERS = {"choices": plant_choices, "phones": plant_phones, "dates": plant_dates}


def tally(what: str, count: int, seed: int) -> Tally:
    """Plant so many faults of one sort and ask for a repair of each."""
    result = Tally()
    for kind, typed, meant, suggest in PLANTERS[what](random.Random(seed), count):
        start = time.process_time()
        suggestion = suggest(typed)
        result.seconds += time.process_time() - start
        result.count(kind, typed, meant, suggestion.value if suggestion else None)
    return result


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20261124)
    options = parser.parse_args(arguments)
    worst = 1.0
    for what in PLANTERS:
        result = tally(what, options.count, options.seed)
        sys.stdout.write(f"== {what} (seed {options.seed})\n" + "\n".join(result.lines()) + "\n")
        for kind, typed, value in result.mistakes:
            sys.stdout.write(f"   wrong: {kind} {typed} -> {value}\n")
        worst = min(worst, result.precision)
    return 0 if worst >= 0.99 else 1


if __name__ == "__main__":
    sys.exit(main())
