"""Cells of money, numbers and times; names of people."""

from __future__ import annotations

import re
from typing import Any

from foundation.core.errors import InvalidInput
from foundation.core.money import fen, yuan
from foundation.core.personal import is_identity_number
from foundation.imports.faults import CellRefused, Warn
from foundation.imports.values import CodeWidget, TextWidget
from foundation.imports.values.texts import EMPTY, CellWidget, half_width, refuse_dangerous, written


class FenWidget(CellWidget):
    """An amount in yuan, with 元, ¥ and thousands; kept in fen."""

    plain = None

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> int | None:
        if isinstance(value, float):
            value = f"{value:.4f}".rstrip("0").rstrip(".")
        text = written(value)
        if text in EMPTY:
            return None
        try:
            amount = fen(text.removeprefix("人民币").removesuffix("整"))
        except InvalidInput as refusal:
            refuse_dangerous(text)
            raise CellRefused("amount_invalid", refusal.message, before=text) from refusal
        if amount < 0:
            raise CellRefused("amount_negative", "是负数；退费不在这里导入，请核对。", before=text)
        return amount

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else yuan(value)


class NumberWidget(CellWidget):
    """A whole number within bounds, with its unit or without: 30, 30课时, 3个月."""

    repeats = True
    SHAPE = re.compile(r"(\d{1,6})(?:\.0+)?(?:个?(?:课时|课|节|次|月|分钟|天|日|人|名))?", re.ASCII)

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self.least, self.most = least, most

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> int | None:
        text = written(value)
        if text in EMPTY:
            return None
        shape = self.SHAPE.fullmatch(half_width(text))
        if shape is None:
            refuse_dangerous(text)
            raise CellRefused("number_invalid", f"“{text[:20]}”不是整数，请只填数字。", before=text)
        number = int(shape[1])
        if not self.least <= number <= self.most:
            raise CellRefused("number_range", f"应在{self.least}至{self.most}之间，请核对。", before=text)
        return number


class ClockWidget(CellWidget):
    """A time of day: 20:30, 20：30, 20时30分, or a spreadsheet's own time; kept as 20:30."""

    repeats = True
    SHAPE = re.compile(r"(\d{1,2})(?::|时|点)(\d{1,2})?(?::\d\d)?分?", re.ASCII)

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        text = written(value)
        if text in EMPTY:
            return None
        shape = self.SHAPE.fullmatch(half_width(text).replace("：", ":"))
        if shape is None or int(shape[1]) > 23 or int(shape[2] or 0) > 59:
            refuse_dangerous(text)
            raise CellRefused("time_invalid", f"“{text[:20]}”不是时刻，请填写如 20:30。", before=text)
        return f"{int(shape[1]):02d}:{int(shape[2] or 0):02d}"


class PersonWidget(TextWidget):
    """A person's name (or a buyer's): letters, no number of a telephone or an identity."""

    DIGITS = re.compile(r"\d{4}", re.ASCII)

    def __init__(self, max_length: int) -> None:
        super().__init__(max_length)
        self.plain = None

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        text = super().clean(value, row, warn=warn, **kwargs)
        if text is None:
            return None
        if self.DIGITS.search(half_width(text)) or not any(letter.isalpha() for letter in text):
            raise CellRefused("name_format", "不像姓名，请只填姓名。", before=text)
        return text


class IdentityWidget(CodeWidget):
    """An 18-digit identity number with a right check digit."""

    def __init__(self, max_length: int) -> None:
        super().__init__(max_length)
        self.plain = None

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        code = super().clean(value, row, warn=warn, **kwargs)
        if code is not None and not is_identity_number(code):
            raise CellRefused("code_check", "身份证号的位数或校验位不正确，请核对。", before=code)
        return code


class MobileWidget(CodeWidget):
    """An 11-digit mobile number."""

    SHAPE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})", re.ASCII)

    def __init__(self, max_length: int) -> None:
        super().__init__(max_length)
        self.plain = re.compile(r"1[3-9][0-9]{9}")

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        code = super().clean(value, row, warn=warn, **kwargs)
        if code is None:
            return None
        shape = self.SHAPE.fullmatch(code)
        if shape is None:
            raise CellRefused("phone_invalid", "不是11位手机号码，请核对。", before=code)
        return shape[1]
