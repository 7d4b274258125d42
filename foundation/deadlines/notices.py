"""Reading the days of a State Council notice as people type them, and writing them back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from .calendars import DAY, NamedDay, days_after
from .enums import DayKind

_DAY = r"(?:(\d{4})\s*[-年./]\s*)?(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?"
_LINE = re.compile(rf"^{_DAY}(?:\s*(?:至|到|~|—|–)\s*(?:{_DAY}|(\d{{1,2}})\s*日))?[\s,，:：]*(.*)$")
LONGEST_HOLIDAY = 15
_FULL_WIDTH = str.maketrans("０１２３４５６７８９～－　", "0123456789~- ")


class UnreadableLine(ValueError):
    """A line that is no day or stretch of days; the text is a Chinese sentence that quotes it."""


def parse_days(text: str, *, year: int, kind: DayKind) -> list[NamedDay]:
    """Days of lines such as ``2027-01-01 元旦``, ``2月5日至11日 春节`` or ``2027-05-01至2027-05-05 劳动节``."""
    days: list[NamedDay] = []
    for line in text.translate(_FULL_WIDTH).splitlines():
        if line.strip():
            first, last, name = _parse_line(line.strip(), year)
            days += [NamedDay(day, kind, name[:60]) for day in (first, *days_after(first, last))]
    return days


def _parse_line(line: str, year: int) -> tuple[date, date, str]:
    if not (found := _LINE.match(line)):
        raise UnreadableLine(f"“{line}”不是日期，请写成“2027-01-01 元旦”或“2月5日至11日 春节”。")
    from_year, from_month, from_day, to_year, to_month, to_day, only_day, name = found.groups()
    try:
        first = date(int(from_year or year), int(from_month), int(from_day))
        if only_day:
            last = first.replace(day=int(only_day))
        else:
            last = date(int(to_year or first.year), int(to_month), int(to_day)) if to_day else first
    except ValueError as error:
        raise UnreadableLine(f"“{line}”中的日期不存在。") from error
    if not 0 <= (last - first).days < LONGEST_HOLIDAY:
        raise UnreadableLine(f"“{line}”的起止不对：止日不能早于起日，一段假期不超过{LONGEST_HOLIDAY}天。")
    return first, last, name.strip()


def lines_of(days: Iterable[NamedDay]) -> str:
    """The same days as lines, neighbours with one name joined."""
    stretches: list[list[NamedDay]] = []
    for day in sorted(days, key=lambda day: day.date):
        if stretches and stretches[-1][-1].date + DAY == day.date and stretches[-1][-1].name == day.name:
            stretches[-1].append(day)
        else:
            stretches.append([day])
    return "\n".join(_line(stretch) for stretch in stretches)


def _line(stretch: list[NamedDay]) -> str:
    first, last = stretch[0], stretch[-1]
    days = f"{first.date}" if first is last else f"{first.date}至{last.date}"
    return f"{days} {first.name}".strip()
