"""How cells are read and shown: texts, codes, dates, choices, telephone numbers. Values are JSON-ready."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from import_export import widgets

from .faults import CellRefused, Warn

INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffd]"
)
BLANKS = re.compile(r"\s+")
EMPTY = frozenset({"", "-", "--", "—", "——", "/", "无", "暂无", "null", "NULL", "None", "N/A", "n/a"})
UNSAFE = re.compile(
    r"365防伪|bet\s*365|365\s*bet|博彩|赌场|赌博|投注|彩票平台|六合彩|百家乐|棋牌|https?://|www\.|<\s*/?\s*[a-z!]|javascript:",
    re.IGNORECASE,
)
FORMULA = re.compile(r"^[=@＝＠]|^[+＋-][^\d\s]")
SCIENTIFIC = re.compile(r"^\d(\.\d+)?[eE][+＋]?\d{1,3}$")
EXACT = 2**53
EXCEL_ZERO = date(1899, 12, 30)


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without ``.0``, dates in ISO form, no invisible characters, no outer blanks."""
    if isinstance(cell, str):
        return INVISIBLE.sub("", cell).strip().removeprefix("'").strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


class TextWidget(widgets.Widget):
    """One line of text. Refuses what is too long, looks like a formula, or carries planted advertisements."""

    def __init__(self, max_length: int, *, empty: frozenset[str] = EMPTY) -> None:
        super().__init__()
        self.max_length = max_length
        self.empty = empty

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        text = BLANKS.sub(" ", text_of(value))
        if text in self.empty:
            return None
        if UNSAFE.search(text):
            raise CellRefused("unsafe_text", "含有疑似被植入的广告、网址或代码，请核对后删去。", before=text)
        if FORMULA.search(text):
            raise CellRefused("formula", "内容是公式的样子，请改成普通文字。", before=text)
        if len(text) > self.max_length:
            raise CellRefused("too_long", f"有{len(text)}个字，最多{self.max_length}个字，请缩短。", before=text)
        return text

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class NameWidget(TextWidget):
    """A name: text with at least two letters, not only digits or marks."""

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        text = super().clean(value, row, warn=warn, **kwargs)
        if text is not None and sum(letter.isalpha() for letter in text) < 2:
            raise CellRefused("name_format", "不像一个名称，请填写全称。", before=text)
        return text


class CodeWidget(TextWidget):
    """A code that must stay text: half width, no blanks; refused when a spreadsheet already lost its digits."""

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        refuse_lost_digits(value)
        text = super().clean(value, row, warn=warn, **kwargs)
        if text is None:
            return None
        code = self.compact(text)
        if code != text:
            warn("code_format", "已去掉空格并统一为半角。", text, code)
        return code

    def compact(self, text: str) -> str:
        return BLANKS.sub("", unicodedata.normalize("NFKC", text))


def refuse_lost_digits(cell: Any) -> None:
    """A long number that was typed as a number keeps 15 digits only; nobody can tell the others."""
    lost = isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) >= 10**15
    if lost or (isinstance(cell, str) and SCIENTIFIC.match(unicodedata.normalize("NFKC", cell.strip()))):
        raise CellRefused(
            "code_scientific",
            "被表格软件当成数字，后几位已丢失。请把这一列设为“文本”格式后重新填写。",
            before=f"{cell:.6E}" if lost else cell,
        )


class DateWidget(widgets.Widget):
    """A date in any usual Chinese spelling or an Excel serial; stored as 2025-03-01."""

    FULL = re.compile(r"^(\d{4})[年\-/.](\d{1,2})[月\-/.](\d{1,2})日?$")
    PACKED = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
    COARSE = re.compile(r"^\d{4}年?([\-/.]?\d{1,2}月?)?$")
    SERIAL = re.compile(r"^\d{5}$")
    OPEN = frozenset({"长期", "长期有效", "永久", "无固定期限"})

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        day = self._day(value, warn)
        if day is None:
            return None
        if not 1949 <= day.year <= 2100:
            raise CellRefused("date_range", "年份不合理，请核对。", before=text_of(value))
        return day.isoformat()

    def _day(self, value: Any, warn: Warn) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = BLANKS.sub("", unicodedata.normalize("NFKC", text_of(value)))
        text = re.sub(r"0{1,2}:00(:00(\.0+)?)?$", "", text)
        if text in EMPTY or text in self.OPEN:
            return None
        if self.SERIAL.match(text):
            day = EXCEL_ZERO + timedelta(days=int(text))
            warn("date_serial", "是表格软件的日期序号，已换算成日期。", text, day.isoformat())
            return day
        if parts := self.FULL.match(text) or self.PACKED.match(text):
            try:
                return date(*map(int, parts.groups()))
            except ValueError:
                raise CellRefused("date_invalid", "这一天不存在，请核对。", before=text) from None
        if self.COARSE.match(text):
            raise CellRefused("date_precision", "只写到年或月，请写到日，如 2025-03-01。", before=text)
        raise CellRefused("date_invalid", "看不懂这个日期，请写成 2025-03-01 的样子。", before=text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if isinstance(value, date) else str(value or "")


class ChoiceWidget(widgets.Widget):
    """One of a closed list, by label, code or a usual other word."""

    def __init__(self, choices: type[TextChoices], *, synonyms: Mapping[str, str] | None = None, code: str) -> None:
        super().__init__()
        self.choices = choices
        self.code = code
        words = {label: value for value, label in choices.choices if value} | {v: v for v in choices.values if v}
        self.words = {self._key(word): value for word, value in {**words, **(synonyms or {})}.items()}

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        text = text_of(value)
        return None if text in EMPTY else self._found(text)

    def _found(self, text: str) -> str:
        found = self.words.get(self._key(text))
        if found is None:
            allowed = "、".join(label for value, label in self.choices.choices if value)
            raise CellRefused(self.code, f"“{text[:20]}”不在可选范围内，可填：{allowed}。", before=text)
        return found

    @staticmethod
    def _key(text: str) -> str:
        return BLANKS.sub("", unicodedata.normalize("NFKC", text)).lower()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(self.choices(value).label) if value else ""


class ChoicesWidget(ChoiceWidget):
    """Several of a closed list, separated by the usual marks."""

    SEPARATOR = re.compile(r"[、,，;；/+＋和\s]+")

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> list[str] | None:
        text = text_of(value)
        if text in EMPTY:
            return None
        wanted = {self._found(word) for word in self.SEPARATOR.split(text) if word}
        return [value for value in self.choices.values if value in wanted] or None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "、".join(str(self.choices(item).label) for item in value or [])


class PhoneWidget(CodeWidget):
    """A mobile, landline or 400 number, or several; half width, dashes kept."""

    ONE = re.compile(
        r"^(\+?86-?)?(1[3-9]\d{9}|(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,5})?|400-?\d{3,4}-?\d{3,4}|95\d{3,4}|96\d{3,4})$"
    )
    SEPARATOR = re.compile(r"[、,;/]+")

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        text = super().clean(value, row, warn=warn, **kwargs)
        if text is None:
            return None
        if not all(self.ONE.match(number) for number in self.SEPARATOR.split(text) if number):
            raise CellRefused("phone_invalid", "不是有效的手机或固定电话号码，请核对位数。", before=text)
        return text

    def compact(self, text: str) -> str:
        return re.sub(r"[‐-―－]", "-", super().compact(text)).replace("(", "").replace(")", "-")
