"""What a faulty cell was probably meant to be: closed lists, telephone numbers, dates.

Suggestions are shown to the clerk, nothing is changed by them. Only slips that leave exactly one reading are undone;
how sure each kind is was measured on planted faults (``tests/imports/planted.py``): all of them at least 99 in 100,
because clerks accept suggestions by the hundred.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pypinyin import Style, pinyin


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One repair: the value that was meant, how sure that is (0 to 1), and what is wrong, in words for a clerk."""

    value: str
    confidence: float
    why: str


# -- closed lists ----------------------------------------------------------------------------------------------------
#: Marks mean nothing in a label; a question mark or box inside a word stands for a character that a program lost.
MARKS = re.compile(r"^[\W_]+|[\W_]+$|[^\w?□■\ufffd]+|_+")
HAN = re.compile(r"[\u4e00-\u9fff]")
#: To add or to leave out one of these turns the meaning round; it is no slip of the hand.
TURNING = frozenset("非不未无没否有已待拟准半全免可")
#: Words of their own, though a slip away from one of our lists.
WORDS = frozenset({"科学", "科学类", "转行", "上线", "下线", "大学", "中学"})
#: Characters that are taken for each other on paper, by programs that read pictures, and in shape input methods.
SHAPES = (
    "未末", "己已巳", "土士上", "日曰目", "科料", "体休本", "育肓", "艺芝", "术木", "技枝", "正止", "停亭", "销消锁",
    "业亚", "筹畴", "改攻", "责贵", "令今", "失矢", "线钱", "下卞", "小少", "中申", "企全", "营莹", "利刊", "位住",
    "民氏", "办为", "非韭", "学字", "类娄", "型刑", "取职", "注住", "吊帛", "文丈", "化代", "校较", "初切", "托拖",
    "管菅", "培陪", "训川", "证正", "照熙", "设没", "立位", "网冈", "格恪", "待侍", "单草", "黑墨", "白自",
)  # fmt: skip
ALIKE = frozenset((one, other) for group in SHAPES for one in group for other in group if one != other)
#: Sounds that many in the south do not tell apart: initials, then finals.
FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("r", "l"), ("h", "f")), (("ng", "n"),)
SAME_SOUND, SAME_SHAPE, NEAR_SOUND, TURNED, TWICE, LEFT_OUT, TOO_MUCH, MARKED = (
    0.997, 0.995, 0.991, 0.995, 0.998, 0.992, 0.991, 0.999,
)  # fmt: skip


def suggest_choice(text: str, choices: Collection[str] | Mapping[str, str]) -> Suggestion | None:
    """The one label of a closed list that a slip away from it was typed, or None when none or several are.

    ``choices`` are labels, or words and the label that each leads to. Undone are: a character of the same sound or
    shape (学科累), two turned round, one left out or too many, marks and numbers around. Another character altogether
    is not: that is how other words look (中学 is no 小学), nor is a 非 or 无 too many or too few.
    """
    labels = choices if isinstance(choices, Mapping) else {label: label for label in choices}
    typed = _key(text)
    if not typed or typed in WORDS:
        return None
    found: dict[str, tuple[float, str]] = {}
    for word, label in labels.items():
        slip = _slip(typed, _key(word)) if word else None
        if slip and slip > found.get(label, (0, "")):
            found[label] = slip
    if len(found) != 1:
        return None
    label, (confidence, why) = found.popitem()
    return Suggestion(label, confidence, why)


def _key(text: str) -> str:
    return MARKS.sub("", unicodedata.normalize("NFKC", text)).lower()


def _slip(typed: str, meant: str) -> tuple[float, str] | None:
    """(how sure, what is wrong) when one slip leads from a word to what was typed."""
    if typed == meant:
        return MARKED, "多了标点或符号"
    if re.sub(r"[0-9a-z]", "", typed) == meant:
        return MARKED, "多了编号或字母"
    if len(typed) == len(meant):
        places = [place for place, pair in enumerate(zip(typed, meant, strict=True)) if pair[0] != pair[1]]
        return _turned(typed, meant, places) or _mistaken(typed, meant, places)
    if len(typed) == len(meant) + 1:
        return _too_much(typed, meant)
    return _left_out(typed, meant) if len(typed) == len(meant) - 1 else None


def _turned(typed: str, meant: str, places: list[int]) -> tuple[float, str] | None:
    if len(places) == 2 and len(meant) > 2 and places[1] == places[0] + 1:
        pair = slice(places[0], places[1] + 1)
        if typed[pair] == meant[pair][::-1]:
            return TURNED, f"“{typed[pair]}”两字颠倒"
    return None


def _mistaken(typed: str, meant: str, places: list[int]) -> tuple[float, str] | None:
    """Characters of the same sound throughout, or a single one of the same shape, a near sound, or no word at all."""
    told = "，".join(f"“{typed[place]}”应为“{meant[place]}”" for place in places)
    if all(_sounds(typed[place]) & _sounds(meant[place]) for place in places):
        return SAME_SOUND, f"{told}（同音字）"
    if len(places) > 1:
        return None
    old, new = typed[places[0]], meant[places[0]]
    if (old, new) in ALIKE:
        return SAME_SHAPE, f"{told}（形近字）"
    if len(meant) > 2 and HAN.match(new) and not HAN.match(old):
        return SAME_SHAPE, told
    if len(meant) > 2 and _near(_sounds(old)) & _near(_sounds(new)):
        return NEAR_SOUND, f"{told}（音近字）"
    return None


def _too_much(typed: str, meant: str) -> tuple[float, str] | None:
    for place, char in enumerate(typed):
        if typed[:place] + typed[place + 1 :] == meant:
            if char in typed[place + 1 : place + 2]:
                return TWICE, f"多打了一个“{char}”"
            inside = 0 < place < len(meant) and len(meant) > 3
            return (TOO_MUCH, f"多了“{char}”") if inside and char not in TURNING else None
    return None


def _left_out(typed: str, meant: str) -> tuple[float, str] | None:
    for place, char in enumerate(meant):
        if len(meant) > 3 and char not in TURNING and meant[:place] + meant[place + 1 :] == typed:
            return LEFT_OUT, f"漏了“{char}”"
    return None


@lru_cache(maxsize=5000)
def _sounds(char: str) -> frozenset[str]:
    """The syllables that a Chinese character may stand for, without tones."""
    return frozenset(pinyin(char, style=Style.NORMAL, heteronym=True)[0]) if HAN.match(char) else frozenset()


def _near(sounds: frozenset[str]) -> frozenset[str]:
    """Syllables as a southern speaker spells them."""
    initials, finals = FUZZY
    near = set()
    for sound in sounds:
        for long, short in initials:
            sound = short + sound.removeprefix(long) if sound.startswith(long) else sound
        for long, short in finals:
            sound = sound.removesuffix(long) + short if sound.endswith(long) else sound
        near.add(sound)
    return frozenset(near)


# -- telephone numbers -----------------------------------------------------------------------------------------------
#: Letters that are typed, or read off a picture, for a digit. (A small i is as often a slip from the 8 above it.)
DIGITS = str.maketrans("OoQDIlL|〇○", "0000111100")
DASHES = re.compile(r"\s*[-‐-―−－_~～]+\s*")
ONE_NUMBER = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?[2-9]\d{6,7}(-\d{1,5})?|[48]00-?\d{3}-?\d{4}")
NUMBER = re.compile(r"(?<![\d-])\d[\d-]{5,20}(?![\d-])")
EXTENSION = re.compile(r"(?<=\d)\s*(?:转|分机)\s*(?=\d)")


def suggest_phone(text: str) -> Suggestion | None:
    """The one number that was meant: letters among its digits, marks inside it, or a name around it; else None.

    A digit too many or too few is not undone: nothing tells which.
    """
    typed = EXTENSION.sub("-", DASHES.sub("-", unicodedata.normalize("NFKC", text).strip()))
    compact = re.sub(r"\.0$", "", re.sub(r"(?<=\d{3})\s+(?=\d{3})", "", typed))
    for value, confidence, why in _numbers(typed, compact):
        if ONE_NUMBER.fullmatch(value) and value != text:
            return Suggestion(value, confidence, why)
    return None


def _numbers(typed: str, compact: str) -> Iterator[tuple[str, float, str]]:
    """Readings, the likeliest first; the caller takes the first that is a number."""
    yield re.sub(r"^\(?(0\d{2,3})[)/.·,: ]+(?=\d)", r"\1-", typed), 0.995, "区号后应为短横"
    yield compact, 0.998, "号码的写法不规范"
    yield re.sub(r"(?<=\d)[.·:]+(?=\d)", "", compact), 0.995, "号码中有多余的符号"
    yield re.sub(r"^(?:\+?0{0,2}86-?|0)(?=1[3-9]\d{9}$)", "", compact), 0.995, "手机号码前不用加0或86"
    letters = re.sub(r"[^\dOoQDIlL|〇○-]", "", compact)
    digits = compact.translate(DIGITS)
    if letters == compact and (digits.startswith("1") or "-" in digits) and sum(map(str.isdigit, compact)) >= 7:
        yield digits, 0.993, "号码中的字母应为数字"
    runs = NUMBER.findall(compact)
    if len(runs) == 1 and sum(map(str.isdigit, compact)) == sum(map(str.isdigit, runs[0])) and "*" not in compact:
        yield runs[0].strip("-"), 0.995, "号码前后有多余的文字"


# -- dates -----------------------------------------------------------------------------------------------------------
#: Years in which a permit may begin or end; outside, a year was mistyped.
FIRST_YEAR, LAST_YEAR = 1990, 2040
DATE_DIGITS = str.maketrans("OoQDIlL|〇○ZSB", "0000111100258")
WEEKDAY = re.compile(r"[(\[]?(星期|周)[一二三四五六日天][)\]]?$")
TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
SEPARATORS = re.compile(r"[\s\-‐-―−/\\.,。、，·_~年月日号曰目午:;']+")


def suggest_date(text: str) -> Suggestion | None:
    """The one day that a mistyped date can mean, in ISO form; None where there are several, or none.

    Undone are letters among the digits, doubled, mixed and missing marks, the order of day and month where only one
    makes sense, and a digit too many or wrong in the year. A day that does not exist (31 June) is not: nobody can tell.
    """
    typed = TIME.sub("", WEEKDAY.sub("", unicodedata.normalize("NFKC", text).strip()))
    digits = re.sub(
        r"(?<=[\d\W])[A-Za-z|〇○]|[A-Za-z|〇○](?=[\d\W年月日])", lambda m: m[0].translate(DATE_DIGITS), typed
    )
    parts = SEPARATORS.split(digits.strip("-/.,。、，·_~日号曰目:;' "))
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    days = set(_days(parts))
    if len(days) == 1:
        why = "日期中的字母应为数字" if digits != typed else "日期的写法不规范"
        return Suggestion(days.pop().isoformat(), 0.995, why)
    years = set(_other_years(parts)) if not days else set()
    if len(years) == 1:
        day = years.pop()
        return Suggestion(day.isoformat(), 0.992, f"年份应为{day.year}")
    return None


def _days(parts: list[str]) -> Iterator[date]:
    """The days that these groups of digits can mean as they are."""
    sizes = [len(part) for part in parts]
    if sizes == [8] or sizes in ([4, 4], [6, 2]):
        whole = "".join(parts)
        parts, sizes = [whole[:4], whole[4:6], whole[6:]], [4, 2, 2]
    if len(parts) != 3:
        return
    if sizes[0] == 4 and max(sizes[1:]) <= 2:
        yield from _day(*parts)
    elif sizes[2] == 4 and max(sizes[:2]) <= 2:
        yield from _day(parts[2], parts[0], parts[1])
        yield from _day(parts[2], parts[1], parts[0])


def _day(year: str, month: str, day: str) -> Iterator[date]:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return
    if FIRST_YEAR <= found.year <= LAST_YEAR:
        yield found


def _other_years(parts: list[str]) -> Iterator[date]:
    """The days that are meant when the year has a digit too many, or one wrong one, or two turned round."""
    if len(parts) != 3 or max(map(len, parts[1:])) > 2:
        return
    year = parts[0]
    if len(year) == 5:
        others = {year[:at] + year[at + 1 :] for at in range(5)}
    elif len(year) == 4 and not FIRST_YEAR <= int(year) <= LAST_YEAR:
        wrong = {year[:at] + digit + year[at + 1 :] for at in range(4) for digit in "0123456789"}
        others = wrong | {year[:at] + year[at + 1] + year[at] + year[at + 2 :] for at in range(3)}
    else:
        return
    for other in others:
        yield from _day(other, *parts[1:])
