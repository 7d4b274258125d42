"""Dates in every usual Chinese spelling, Excel's serials, and periods of validity."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from ..faults import CellRefused, Warn
from ..suggesting import Suggestion, suggest_date
from .texts import BLANKS, EMPTY, CellWidget, written

EXCEL_ZERO = date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 1949, 2100
#: Numbers that a spreadsheet shows as a day of those years. Date cells of workbooks that count from 1904 are dates
#: already when they are read; a bare number is always shown beside the date that was made of it.
SERIALS = range((date(FIRST_YEAR, 1, 1) - EXCEL_ZERO).days, (date(LAST_YEAR, 12, 31) - EXCEL_ZERO).days + 1)
OPEN = frozenset({"长期", "长期有效", "永久", "永久有效", "无固定期限", "无期限", "不限", "长期有效期"})

_VALUES = dict(zip("〇○零Oo一壹二贰两三叁四肆五伍六陆七柒八捌九玖", "0000011222334455667788" + "99", strict=True))
#: Letters of other alphabets that look like a zero, and two slips that only one character can mean.
_ALIKE = str.maketrans({"\u041e": "〇", "\u043e": "〇", "\u039f": "〇", "\u03bf": "〇", "元": "1", "曰": "日"})
_ODD_DAY = re.compile("[〇零一二三四五六七八九\u041e\u043e\u039f\u03bf]{4}(?=年)|元(?=月)|曰$")
_NUMERAL = "[" + "".join(_VALUES) + "0-9]"
_COUNT = "[" + "".join(_VALUES) + "0-9十拾廿卅]{1,4}"
_SEP = r"[-/.,、。·‧_\\‐-―−~]"
_ARABIC_DAY = rf"\d{{4}}(?:年|{_SEP})\d{{1,2}}(?:月|{_SEP})\d{{1,2}}[日号]?|\d{{8}}"
_CHINESE_DAY = rf"{_NUMERAL}{{4}}年{_COUNT}月{_COUNT}[日号]?"

_ARABIC = re.compile(
    rf"(\d{{4}})(?:年|{_SEP})(\d{{1,2}})(?:月|{_SEP})(\d{{1,2}})[日号.]?|(\d{{4}})(\d\d)(\d\d)", re.ASCII
)
_DAYS = re.compile(rf"(?<!\d)(?:{_ARABIC_DAY}|{_CHINESE_DAY})(?!\d)", re.ASCII)
_CHINESE = re.compile(rf"({_NUMERAL}{{4}})年({_COUNT})月({_COUNT})[日号]?")
_YEAR_LAST = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}})", re.ASCII)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WORD = rf"(?P<month>(?:{'|'.join(_MONTHS)})[a-z]{{0,6}})\.?"
_ENGLISH = [
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/.,]?{_WORD}[-/.,]?(?P<year>\d{{4}}|\d\d)",
        rf"{_WORD}[-/.,]?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/.,](?P<year>\d{{4}}|\d\d)",
        rf"(?P<year>\d{{4}})[-/.,]?{_WORD}[-/.,]?(?P<day>\d{{1,2}})",
    )
]
_COARSE = re.compile(
    rf"\d{{4}}年?|\d{{4}}(?:年|{_SEP})\d{{1,2}}月?(?:份|初|中旬|上旬|下旬|底|末)?|(?:19|20)\d\d(?:0[1-9]|1[0-2])"
    rf"|{_NUMERAL}{{4}}年(?:{_COUNT}月)?|{_WORD}[-/.,]?(?:\d{{4}}|\d\d)"
    rf"|'?\d\d(?:年|{_SEP})\d{{1,2}}(?:月|{_SEP})\d{{1,2}}[日号]?|\d{{1,2}}{_SEP}\d{{1,2}}{_SEP}\d\d"
    rf"|{_NUMERAL}{{2}}年{_COUNT}月{_COUNT}[日号]?",
    re.ASCII | re.IGNORECASE,
)
#: 23年5月1日, up to 2040; with other marks only where the first number is no month (23.5.1, not 05.03.12).
_SHORT_YEAR = re.compile(
    rf"'?([0-3]\d(?=年)|1[3-9]|[23]\d)(?:年|{_SEP})(\d{{1,2}})(?:月|{_SEP})(\d{{1,2}})[日号]?", re.ASCII
)
_TO = re.compile(r"[至到起止~]+")
_DURATION = re.compile(rf"(?!{_NUMERAL}{{4}}){_COUNT}(?:周年|年|个月)(?:有效)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_CLOCK = re.compile(
    r"(?:(?<=[\d日号])[ T]+|(?<=[日号])|(?=[上下]午))(?:上午|下午|[AP]M)? ?\d{1,2}(?:[:时点]\d{0,2})"
    r"(?:[:分]\d{0,2}(?:\.\d+)?)?[秒分整]? ?(?:[AP]M|Z|[+-]\d\d:?\d\d)?$",
    re.ASCII | re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_GAPPED = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})", re.ASCII)
_BEFORE = re.compile(r"^(?:(?:许可证?|办学|证书?)?有效(?:期限|期|时间)?|期限|截至|截止|自|从|由|至|到|为|:)+")
_BEHIND = re.compile(r"(?:截止|到期|有效|生效|为止|起|止|前)+$")
_PERIOD = re.compile(
    rf"(?P<start>{_ARABIC_DAY}|{_CHINESE_DAY})(?:起|始|开始|生效|日)*(?:[-/,;、~‐-―−]+|至|到|止)+(?:有效期)?"
    rf"(?P<end>{_ARABIC_DAY}|{_CHINESE_DAY}|{'|'.join(sorted(OPEN, key=len, reverse=True))})",
    re.ASCII,
)


class DateWidget(CellWidget):
    """A day in any usual Chinese spelling or an Excel serial; stored as 2025-03-01."""

    plain = re.compile(r"(?:1949|19[5-9][0-9]|20[0-9][0-9]|2100)-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])")
    repeats = True

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        if isinstance(value, date):
            return _native_day(value, warn).isoformat()
        text = _bare(value)
        if text in EMPTY:
            return None
        if text in OPEN:
            warn("normalized", "没有截止日期，按不限期处理。", str(value), "")
            return None
        if not isinstance(value, str) or _SERIAL.fullmatch(text):
            return _from_number(text, warn).isoformat()
        return self._spelled(text, value, warn)

    def _spelled(self, text: str, raw: str, warn: Warn) -> str | None:
        if parts := _PERIOD.fullmatch(text):
            start = _day_of(parts["start"])
            raise CellRefused(
                "date_invalid",
                f"写了一段时间，请只写一天，如{start}。",
                before=text,
                after=start.isoformat(),
                confidence=0.9,
            )
        return _day_of(text).isoformat()

    def suggested(self, text: str) -> Suggestion | None:
        return suggest_date(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if isinstance(value, date) else str(value or "")


class PeriodEndWidget(DateWidget):
    """The last day of validity. A whole period is kept as ``2024-03-01/2027-02-28``; ``period`` takes it apart."""

    def _spelled(self, text: str, raw: str, warn: Warn) -> str | None:
        if parts := _PERIOD.fullmatch(text):
            start = _day_of(parts["start"]).isoformat()
            if parts["end"] in OPEN:
                warn("normalized", "没有截止日期，按不限期处理。", raw, "")
                return f"{start}/"
            end = _day_of(parts["end"]).isoformat()
            warn("normalized", "写的是起止日期，取截止日。", raw, end)
            return f"{start}/{end}"
        if _DURATION.fullmatch(text):
            raise CellRefused("date_invalid", "写的是年限，请写到期的那一天，如 2027-02-28。", before=text)
        return _day_of(text).isoformat()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return super().render(value).replace("/", "至")


def period(value: str | None) -> tuple[str | None, str | None]:
    """(first day, last day) of what ``PeriodEndWidget`` read; the first one only when a whole period was written."""
    if value is None or "/" not in value:
        return None, value
    start, end = value.split("/")
    return start, end or None


def _native_day(value: date, warn: Warn) -> date:
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(value, datetime) and value.time() != time.min:
        warn("normalized", "只取日期，不取钟点。", value.isoformat(" "), day.isoformat())
    return _in_range(day, day.isoformat())


def _bare(value: Any) -> str:
    """Half width, without hour, weekday, blanks and the words around a day (自…起, 至…止)."""
    text = _CLOCK.sub("", unicodedata.normalize("NFKC", written(value))).strip()
    text = _ODD_DAY.sub(lambda day: day[0].translate(_ALIKE), text)
    text = _WEEKDAY.sub("", _GAPPED.sub(r"\1-\2-\3", text))
    text = BLANKS.sub("", text)
    return _BEHIND.sub("", _BEFORE.sub("", text)) if text not in OPEN else text


def _from_number(text: str, warn: Warn) -> date:
    """A number is an Excel serial, or a day that was packed into eight digits (20240301)."""
    number = float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text, re.ASCII) else -1
    if int(number) in SERIALS:
        day = EXCEL_ZERO + timedelta(days=int(number))
        warn("normalized", "是表格软件的日期序号，已换算成日期。", text, day.isoformat())
        return day
    day = _day_of(text)
    warn("normalized", "是数字，已换算成日期。", text, day.isoformat())
    return day


def _day_of(text: str) -> date:
    """The one day that is written. Raises CellRefused when it is none, does not exist or is not exact."""
    if parts := _ARABIC.fullmatch(text):
        return _existing(text, *(int(part) for part in parts.groups() if part))
    if parts := _CHINESE.fullmatch(text):
        return _existing(text, *map(_number, parts.groups()))
    if parts := _YEAR_LAST.fullmatch(text):
        first, second, year = map(int, parts.groups())
        if first <= 12 and second <= 12 and first != second:
            raise CellRefused("date_invalid", "看不出哪个是月、哪个是日，请写成 2025-03-01 的样子。", before=text)
        return _existing(text, year, *sorted((first, second)))
    for pattern in _ENGLISH:
        if (parts := pattern.fullmatch(text)) and len(parts["year"]) == 4:
            return _existing(text, int(parts["year"]), _MONTHS.index(parts["month"][:3].lower()) + 1, int(parts["day"]))
    halves = [half for half in _TO.split(text) if half]
    if (halves and all(map(_COARSE.fullmatch, halves))) or any(pattern.fullmatch(text) for pattern in _ENGLISH):
        raise _not_exact(text)
    raise _not_understood(text)


def _not_exact(text: str) -> CellRefused:
    """With a suggestion when only the century is left out, year first: 23.5.1 is 2023-05-01."""
    message, suggested = "没有写全四位的年份和月、日，请写到日，如 2025-03-01。", ""
    if parts := _SHORT_YEAR.fullmatch(text):
        with suppress(CellRefused):
            suggested = _existing(text, 2000 + int(parts[1]), int(parts[2]), int(parts[3])).isoformat()
    if suggested:
        message = f"年份没有写全四位，可能是 {suggested}，请核对。"
    return CellRefused("date_precision", message, before=text, after=suggested, confidence=0.9 if suggested else 0)


def _not_understood(text: str) -> CellRefused:
    """With a suggestion when exactly one day stands among other words."""
    days = _DAYS.findall(text)
    suggested, confidence = "", 0.0
    if len(days) == 1:
        with suppress(CellRefused):
            suggested, confidence = _day_of(days[0]).isoformat(), 0.9
    message = "看不懂这个日期，请写成 2025-03-01 的样子。"
    return CellRefused("date_invalid", message, before=text, after=suggested, confidence=confidence)


def _existing(text: str, year: int, month: int, day: int) -> date:
    try:
        return _in_range(date(year, month, day), text)
    except ValueError as error:
        if isinstance(error, CellRefused):
            raise
        raise CellRefused("date_invalid", "这一天不存在，请核对。", before=text) from None


def _in_range(day: date, text: str) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellRefused("date_range", f"年份应在{FIRST_YEAR}至{LAST_YEAR}年之间，请核对。", before=text)
    return day


def _number(written_out: str) -> int:
    """二〇二四 -> 2024, 十二 -> 12, 廿一 -> 21, 三十 -> 30."""
    text = written_out.replace("廿", "二十").replace("卅", "三十").replace("拾", "十")
    if "十" not in text:
        return int("".join(_VALUES.get(char, char) for char in text))
    tens, _, units = text.partition("十")
    return 10 * (_number(tens) if tens else 1) + (_number(units) if units else 0)
