"""How the cells of past visits are read: days with a time, parts of the day, people with their units, head-counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from foundation.imports.faults import CellRefused, Warn
from foundation.imports.suggesting import Suggestion, suggest_choice
from foundation.imports.values import DateWidget, TextWidget, half_width
from foundation.imports.values.texts import EMPTY, CellWidget, refuse_dangerous, written
from inspections.enums import Slot
from inspections.past import AT_LEAST

SLOT_WORDS = {
    **dict.fromkeys(["上午", "早上", "早晨", "清晨", "上", "早", "午前", "am"], Slot.MORNING),
    **dict.fromkeys(["下午", "午后", "中午", "下", "pm"], Slot.AFTERNOON),
    **dict.fromkeys(["晚上", "晚间", "夜间", "夜晚", "傍晚", "晚", "夜", "夜里"], Slot.EVENING),
}
_CLOCK = r"(\d{1,2})(?:[:时点](\d{1,2}|半)?分?)(?::\d{2})?"
_TIMES = re.compile(
    rf"(?P<part>上午|早上|下午|中午|晚上|晚间|夜间|晚)?{_CLOCK}(?:[-~—–至到]+(?:上午|下午|晚上)?{_CLOCK})?", re.ASCII
)
_DAY_AND_TIME = re.compile(r"(?P<day>.*\d[日号]?)[ T]+(?P<time>\d{1,2}[:：]\d{2})(?:[:：]\d{2})?", re.ASCII)
_PADDED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_BETWEEN_NAMES = re.compile(r"(?<=[\u4e00-\u9fff)）])\s+(?=[\u4e00-\u9fff])")
LONGEST_NAME = 4  # Chinese characters; longer names have a dot inside
LATER = frozenset({"下午", "晚上", "晚间", "夜间", "晚"})


class VisitDayWidget(DateWidget):
    """The day of a visit; a time beside it is kept (``2024-01-15 19:30``), for sheets without a column for it."""

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        hour = ""
        if isinstance(value, datetime) and value.time() != time.min:
            value, hour = value.date(), f"{value:%H:%M}"
        elif isinstance(value, str) and (parts := _DAY_AND_TIME.fullmatch(value.strip())):
            value, hour = parts["day"], parts["time"].replace("：", ":").zfill(5)
        day = super().clean(value, row, warn=warn, **kwargs)
        return f"{day} {hour}" if day and hour and _is_time(hour) else day


def _is_time(text: str) -> bool:
    hours, minutes = text.split(":")
    return int(hours) < 24 and int(minutes) < 60


class SlotWidget(CellWidget):
    """上午, 下午, 晚上 in any usual word, or the time of the visit: ``19:30``, ``晚上7点半``, ``14:00-15:20``."""

    repeats = True
    HELP = "可填：上午、下午、晚上，或开始时间，如 19:30。"

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        if isinstance(value, time):
            return f"{value:%H:%M}"
        if isinstance(value, float) and 0 < value < 1:  # a time of day as a spreadsheet keeps it
            minutes = round(value * 24 * 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        text = written(value)
        if text in EMPTY:
            return None
        bare = half_width(text).lower()
        if slot := SLOT_WORDS.get(bare):
            return slot
        if parts := _TIMES.fullmatch(bare):
            return "-".join(self._times(text, parts))
        refuse_dangerous(text)
        raise CellRefused("category_unknown", f"“{text[:20]}”看不出是上午、下午还是晚上，{self.HELP}", before=text)

    def _times(self, text: str, parts: re.Match[str]) -> list[str]:
        found = [_hour_of(parts[2], parts[3], later=parts["part"] in LATER)]
        if parts[4]:
            found.append(_hour_of(parts[4], parts[5], later=parts["part"] in LATER))
        if not all(map(_is_time, found)) or found != sorted(found):
            raise CellRefused("time_invalid", f"“{text[:20]}”不是一个时间，{self.HELP}", before=text)
        return found

    def suggested(self, text: str) -> Suggestion | None:
        return suggest_choice(text, {label: label for label in Slot.labels})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(Slot(value).label) if value in Slot.values else str(value or "")


def _hour_of(hours: str, minutes: str | None, *, later: bool) -> str:
    hour = int(hours) + (12 if later and int(hours) < 12 else 0)
    minute = 30 if minutes == "半" else int(minutes or 0)
    return f"{hour:02}:{minute:02}"


class PeopleWidget(TextWidget):
    """Who went, with their units: ``张三(教育局)、李四(市监局)``, ``教育局:张三、李四;市监局:王五``, ``张三等5人``.

    Kept in the first form.
    """

    NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)+|[A-Za-z][A-Za-z .·]{1,40}")
    PERSON = re.compile(r"(?P<name>[^()]+?)(?:\((?P<unit>[^()]{2,60})\))?(?:等)?")
    #: 教育局张三, without any mark between the two.
    BEHIND_UNIT = re.compile(
        r"(?P<unit>[\u4e00-\u9fff]{1,20}(?:局|委|办|队|所|站|街道|镇|乡|中心|办事处|公安|消防))(?P<name>[\u4e00-\u9fff]{2,3})"
    )
    IS_UNIT = re.compile(r"[\u4e00-\u9fff]+(?:局|委|办|大队|中队|支队|所|中心|街道|办事处|公司|学校)")
    UNIT = re.compile(r"(?P<unit>[^:、,;]{2,60}):(?P<rest>.+)")
    IN_ALL = re.compile(r"(?:等|共|计)*(?P<number>\d{1,3})(?:余)?(?:人|名|位|个人)(?:次)?$", re.ASCII)
    #: Written by hand between two names: two blanks, a slash, 和.
    BETWEEN = re.compile(r"[、,/\\|&+\s]+|(?<=[\u4e00-\u9fff)])和(?=[\u4e00-\u9fff]{2})")

    def __init__(self) -> None:
        super().__init__(500)
        self.plain = re.compile(
            r"(?!([^、]+)、\1$)(?:[\u4e00-\u9fff]{2,4}\([\u4e00-\u9fff]{2,20}\)、)?"
            r"[\u4e00-\u9fff]{2,4}\([\u4e00-\u9fff]{2,20}\)"
        )

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        spaced = _parted(value) if isinstance(value, str) else value
        text = super().clean(spaced, row, warn=warn, **kwargs)
        if text is None:
            return None
        bare = text.replace("（", "(").replace("）", ")").replace("；", ";").replace("：", ":").replace("，", ",")
        in_all = self.IN_ALL.search(bare)
        if in_all:
            bare = bare[: in_all.start()]
        people = [person for part in bare.split(";") for person in self._people(part, text)]
        if len(set(people)) < len(people):
            twice = next(person for person in people if people.count(person) > 1)
            raise CellRefused("officers_twice", f"“{twice}”写了两次，请核对。", before=text)
        return "、".join(people) + (f"等{int(in_all['number'])}人" if in_all else "")

    def _people(self, part: str, text: str) -> Iterator[str]:
        headed = self.UNIT.fullmatch(part.strip())
        shared = headed["unit"].strip() if headed else ""
        for each in self.BETWEEN.split(headed["rest"] if headed else part):
            if not each.strip():
                continue
            text_of_one = each.strip()
            person = self.PERSON.fullmatch(text_of_one)
            if len(text_of_one) > LONGEST_NAME and (behind := self.BEHIND_UNIT.fullmatch(text_of_one)):
                person = behind
            name = person["name"].strip() if person else ""
            if not self.NAME.fullmatch(name) or (len(name) > 2 and self.IS_UNIT.fullmatch(name)):
                raise CellRefused(
                    "officers_format",
                    f"“{each.strip()[:20]}”看不出是谁，请写成“张三(教育局)、李四(市监局)”的样子。",
                    before=text,
                )
            unit = person["unit"] or shared
            yield f"{name}({unit})" if unit else name


def _parted(text: str) -> str:
    """Names with blanks between them parted by commas; 张 三 with its padding is one name."""
    return _BETWEEN_NAMES.sub("、", _PADDED.sub(r"\1\2", text))


class CountWidget(CellWidget):
    """A number of persons. ``30余``, ``三十多人``, ``十来个``, ``至少30`` are lower bounds and kept as ``30余``.

    ``exact`` refuses what is no exact number.
    """

    MOST = 5000
    plain = re.compile(r"0|[1-9][0-9]{0,2}", re.ASCII)
    repeats = True
    _NUMERALS = "零〇一二两三四五六七八九十百千"
    SHAPE = re.compile(
        rf"(?P<before>约|大约|近|将近|共|计|逾|超|超过|不少于|至少|达)?(?P<number>\d+|[{_NUMERALS}]+)"
        r"(?P<after>余|多|来|几)?(?:人|名|位|个)?(?:学生|学员|孩子|儿童|教师|老师|人员)?(?P<behind>余|多|以上|左右|上下)?",
        re.ASCII,
    )

    def __init__(self, *, exact: bool = False) -> None:
        super().__init__()
        self.exact = exact

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        text = written(value)
        if text in EMPTY:
            return None
        parts = self.SHAPE.fullmatch(half_width(text))
        if parts is None:
            refuse_dangerous(text)
            raise CellRefused("count_invalid", f"“{text[:20]}”不是一个人数，请填数字，如 30 或 30余。", before=text)
        number = _number(parts["number"])
        if number > self.MOST:
            raise CellRefused("count_range", f"一次检查不会有{number}人，请核对。", before=text)
        about = parts["before"] in ("约", "大约", "近", "将近") or parts["behind"] in ("左右", "上下")
        bound = bool(parts["after"]) or parts["behind"] in ("余", "多", "以上")
        bound = bound or parts["before"] in ("逾", "超", "超过", "不少于", "至少")
        if self.exact and (about or bound):
            raise CellRefused("count_invalid", "请填确切的人数。", before=text, after=str(number), confidence=0.5)
        if about:
            warn("count_about", "是约数，按所写的数登记。", text, str(number))
        return f"{number}{AT_LEAST}" if bound else str(number)


def _number(text: str) -> int:
    """220, 二百二十, 两百, 十二."""
    if text.isdecimal() and text.isascii():
        return int(text)
    total = current = 0
    for char in text.replace("两", "二").replace("〇", "零"):
        digit = "零一二三四五六七八九".find(char)
        if digit >= 0:
            current = digit
        else:
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            current = 0
    return total + current
