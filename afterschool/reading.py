"""Cells of the schools' sheets: which term, which grade, how many."""

from __future__ import annotations

import re
from typing import Any

from contracts.importing.cells import NumberWidget
from foundation.imports.faults import CellRefused, Warn
from foundation.imports.values.texts import EMPTY, CellWidget, half_width, refuse_dangerous, written

from .enums import Grade, Season

TERM = re.compile(r"(20\d\d)年?(春|秋)(?:季|期|季学)?(?:学期)?", re.ASCII)
#: 2022-2023学年第二学期 is the spring of the second year.
SCHOOL_YEAR = re.compile(r"(20\d\d)[-—~至](20\d\d)学年(?:度)?第?(一|二|1|2|上|下)(?:学期|期)?", re.ASCII)
SEASONS = {"春": Season.SPRING, "秋": Season.AUTUMN}
DIGITS = {word: number for number, word in enumerate("一二三四五六七八九", start=1)}
GRADE = re.compile(r"(?:小学|初中)?([一二三四五六七八九1-9])(?:年级|年|级)?")
JUNIOR = re.compile(r"(?:初([一二三123])|初中([一二三])年级)")


def term_in(text: str) -> str | None:
    """The term that a text names, as ``2023年春季学期``; None when it names none."""
    bare = half_width(text)
    if found := SCHOOL_YEAR.search(bare):
        spring = found[3] in "二2下"
        return f"{found[2] if spring else found[1]}年{(Season.SPRING if spring else Season.AUTUMN).label}学期"
    if found := TERM.search(bare):
        return f"{found[1]}年{SEASONS[found[2]].label}学期"
    return None


class TermWidget(CellWidget):
    """2023年春季学期, 2023春, 2022-2023学年第二学期."""

    repeats = True

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        text = written(value)
        if text in EMPTY:
            return None
        named = term_in(text)
        if named is None:
            refuse_dangerous(text)
            raise CellRefused("term_invalid", f"“{text[:20]}”不是学期，请填写如 2023年春季学期。", before=text)
        return named


class GradeWidget(CellWidget):
    """一年级 to 九年级: in characters, digits, or counted from 初一."""

    repeats = True

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> int | None:
        text = written(value)
        if text in EMPTY:
            return None
        bare = half_width(text)
        if found := JUNIOR.fullmatch(bare):
            return 6 + _number(found[1] or found[2])
        if found := GRADE.fullmatch(bare):
            return _number(found[1])
        refuse_dangerous(text)
        raise CellRefused("grade_unknown", f"“{text[:20]}”不是年级，请填写一年级至九年级。", before=text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else Grade(value).label


def _number(word: str) -> int:
    return DIGITS.get(word) or int(word)


class CountWidget(NumberWidget):
    """A number that is told to be below zero when it is."""

    NEGATIVE = re.compile(r"[-－−]\s*\d")

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> int | None:
        text = written(value)
        if self.NEGATIVE.match(text):
            raise CellRefused("number_negative", "是负数，请核对。", before=text)
        return super().clean(value, row, warn=warn, **kwargs)
