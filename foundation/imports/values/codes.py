"""Codes and numbers that must stay text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from typing import Any

from ..faults import CellRefused, Warn
from .texts import EMPTY, INVISIBLE, TextWidget, half_width, refuse_dangerous, text_of, written

SCIENTIFIC = re.compile(r"\d([.,]\d+)?E[+-]?\d{1,3}", re.ASCII | re.IGNORECASE)
DASHES = re.compile(r"[-‐-―−－﹣_]")
MOST_DIGITS = 10**15
COMPLETE = re.compile(r"([1-9])\.(\d{5,})E\+?(\d{1,2})", re.ASCII | re.IGNORECASE)
MOST_SHOWN = 15  # digits of a number that a spreadsheet keeps


class CodeWidget(TextWidget):
    """A code: half width, upper case, no blanks or dashes; refused when a spreadsheet already lost its digits."""

    def __init__(self, max_length: int, *, empty: frozenset[str] = EMPTY) -> None:
        super().__init__(max_length, empty=empty)
        rest = max_length - 1
        self.plain = re.compile(f"[0-9]{{1,{max_length}}}|[A-MO-SU-Z][0-9A-SU-Z]{{0,{rest}}}")

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        if isinstance(value, str) and (number := whole_number(value)):
            warn("code_scientific", "是科学计数法，各位数字都在，已还原。", value, number)
            value = number
        refuse_lost_digits(value)
        text = written(value)
        if text in self.empty:
            return None
        refuse_dangerous(text)
        code = self.compact(text)
        if code != text:  # what blanks and dashes hid
            refuse_lost_digits(code)
            refuse_dangerous(code)
        if code in self.empty:
            return None
        self.refuse_long(code)
        if isinstance(value, str) and code != value:
            warn("code_format", "已去掉空格、横线等，并统一为半角大写。", value, code)
        return code

    def compact(self, text: str) -> str:
        return DASHES.sub("", upper(text))


def upper(text: str) -> str:
    """Half width, no blanks, upper case; once more half width, because capitals may compose anew."""
    return half_width(half_width(text).upper())


def whole_number(text: str) -> str:
    """The number that scientific notation stands for when it shows all digits: 1.35021170000011E+14; else nothing."""
    if "E" not in text and "e" not in text:
        return ""
    bare = half_width(INVISIBLE.sub("", text)).lstrip("'’‘`")
    found = COMPLETE.fullmatch(bare)
    complete = found and len(found[2]) == int(found[3]) < MOST_SHOWN
    return f"{found[1]}{found[2]}" if complete else ""


def refuse_lost_digits(cell: Any) -> None:
    """A long number that was typed as a number keeps 15 digits only; nobody can tell the others."""
    if isinstance(cell, bool):
        raise CellRefused("code_format", "是“是/否”，不是号码，请核对。", before=text_of(cell))
    if isinstance(cell, (date, time, timedelta)):
        raise CellRefused(
            "code_format", "被表格软件当成日期，请把这一列设为“文本”格式后重新填写。", before=text_of(cell)
        )
    if isinstance(cell, (int, float)):
        if abs(cell) >= MOST_DIGITS:
            raise CellRefused(
                "code_precision",
                "是数字格式，表格软件只保留前15位，后几位已丢失。请把这一列设为“文本”格式后对照证照重新填写。",
                before=f"{cell:.0f}",
            )
        if not (cell >= 0 and cell % 1 == 0):
            raise CellRefused("code_format", "不是号码，请核对。", before=text_of(cell))
    elif isinstance(cell, str) and "e" in cell.lower().replace("ｅ", "e"):
        bare = half_width(INVISIBLE.sub("", unicodedata.normalize("NFKC", cell))).lstrip("'’‘`")
        if SCIENTIFIC.fullmatch(bare):
            raise CellRefused(
                "code_scientific",
                "被表格软件写成了科学计数法，后几位已丢失。请把这一列设为“文本”格式后重新填写。",
                before=bare,
            )
