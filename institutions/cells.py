"""How the register's own kinds of cells are read: credit codes, permit numbers, account tails, stages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from foundation.core.ciphers import masked
from foundation.imports.faults import CellRefused, Warn, percent
from foundation.imports.values import ChoicesWidget, CodeWidget, upper
from foundation.imports.values.texts import EMPTY, half_width

from . import credit_code
from .enums import Stage
from .repairs import suggest_code

#: What stands where a permit's number is still to come.
_PENDING = (
    "办理中|正在办理|正在办理中|申办中|申请中|正在申请|审批中|待办|待办理|未办|未办理|未取得|未发证|尚未办理|换证中"
)


class CreditCodeWidget(CodeWidget):
    """统一社会信用代码: 18 characters whose last one checks the others (GB 32100-2015)."""

    OLD = re.compile(r"\d{15}|\d{13}|[0-9A-Z]{8}[0-9X]", re.ASCII)
    IN_WORDS = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")
    #: Digits behind which a spreadsheet cut a number of 18 digits off.
    CUT_OFF = re.compile(r"\d{15}000", re.ASCII)

    def __init__(self) -> None:
        super().__init__(60)
        self.plain = None  # no pattern knows the check character

    @staticmethod
    def is_plain(text: str) -> bool:
        """A right code of a usual kind."""
        return bool(
            credit_code.FORM.fullmatch(text) and not credit_code.remainder(text) and text[:2] in credit_code.PREFIXES
        )

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        code = super().clean(value, row, warn=warn, **kwargs)
        if code is None:
            return None
        self._refuse_wrong(code)
        if code[:2] not in credit_code.PREFIXES:
            warn("code_prefix", f"以“{code[:2]}”开头，培训机构少见，请核对。", code, "")
        return code

    def _refuse_wrong(self, code: str) -> None:
        if not (code.isascii() and code.isalnum()):
            raise self._among_words(code)
        if self.OLD.fullmatch(code):
            raise CellRefused("code_legacy", "这是旧的注册号或组织机构代码，请填写18位统一社会信用代码。", before=code)
        if len(code) != credit_code.LENGTH:
            if len(code) == 2 * credit_code.LENGTH:
                raise CellRefused("code_format", "连着填了两个代码，请只留一个。", before=code)
            raise self._refused("code_length", f"应为18位，现为{len(code)}位，请核对", code)
        if strange := sorted(set(code) - set(credit_code.ALPHABET)):
            why = f"不应有“{''.join(strange)}”（不用字母I、O、S、V、Z），请核对"
            raise self._refused("code_charset", why, code)
        if not credit_code.FORM.fullmatch(code):
            raise self._refused("code_charset", "第2至8位应为数字，请核对", code)
        if credit_code.remainder(code):
            if self.CUT_OFF.fullmatch(code):
                text = "后三位被表格软件变成了0。请把这一列设为“文本”格式后对照证照重新填写。"
                raise CellRefused("code_precision", text, before=code)
            raise self._refused("code_check", "校验位不正确，请对照证照核对有没有抄错", code)
        if credit_code.NOBODYS.fullmatch(code[:2]):
            raise CellRefused("code_prefix", f"不会以“{code[:2]}”开头，请对照证照核对。", before=code)

    def _among_words(self, text: str) -> CellRefused:
        """Other characters than letters and digits: a remark, or several codes in one cell."""
        codes = set(self.IN_WORDS.findall(text))
        if len(codes) > 1:
            return CellRefused("code_format", "填了不止一个代码，请只留一个。", before=text)
        code = codes.pop() if codes else ""
        if code and credit_code.fault(code) is None:
            message = f"夹有其他文字，请只填代码，可能是 {code}。"
            return CellRefused("code_format", message, before=text, after=code, confidence=0.99)
        return self._refused("code_format", "夹有字母和数字以外的文字，请只填18位代码", text)

    def _refused(self, fault_code: str, message: str, code: str) -> CellRefused:
        """With the repair that is nearly certain, if there is one."""
        found = suggest_code(code)
        if found is None:
            return CellRefused(fault_code, f"{message}。", before=code)
        hint = f"，可能是 {found.value}（{found.why}，把握{percent(found.confidence)}%）。"
        return CellRefused(fault_code, message + hint, before=code, after=found.value, confidence=found.confidence)


class LicenceWidget(CodeWidget):
    """A permit's number. Dashes go only from a school number (教民 and 13 to 18 digits); elsewhere they may count."""

    SCHOOL = re.compile(r"(?:教民)?\d{13,18}号?", re.ASCII)
    WORDS = "闽教民办学艺体科文旅培校外字第证准审备非"  # of which numbers of the other kinds of permit are made
    DIGIT = re.compile(r"[\d〇零一二三四五六七八九十]")
    LABEL = re.compile(r"^(?:办学)?许可证?(?:编?号)?:")
    PENDING = frozenset(_PENDING.split("|"))
    SEVERAL = re.compile(r"\d{13,18}号?[、,;/和及]+(?:教民)?\d{13,18}", re.ASCII)

    def __init__(self, max_length: int) -> None:
        super().__init__(max_length, empty=EMPTY | self.PENDING)
        self.plain = re.compile(
            rf"(?:教民)?[0-9]{{13,18}}号?|[{self.WORDS}]{{1,4}}[0-9]{{4,18}}(?:[{self.WORDS}]{{1,4}}[0-9]{{3,10}})?号?"
        )

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        number = super().clean(value, row, warn=warn, **kwargs)
        if number is not None and self.SEVERAL.search(number):
            raise CellRefused("code_format", "填了不止一个号码，请只留有效的一个。", before=number)
        if number is not None and not self.DIGIT.search(number):
            raise CellRefused("code_format", "没有号码，请填写证上的编号；还没有证的请留空。", before=number)
        return number

    def compact(self, text: str) -> str:
        text = self.LABEL.sub("", half_width(text))
        bare = super().compact(text)
        return bare if self.SCHOOL.fullmatch(bare) else upper(text)


class AccountTailWidget(CodeWidget):
    """The last four digits of the supervised account; a whole number is cut down to them."""

    #: Digits behind which a spreadsheet cut a long number off.
    CUT_OFF = re.compile(r"\d{14}[1-9]0{4,10}|\d{15}0{5,10}", re.ASCII)
    HIDDEN = re.compile(r"^(?:尾号|后四位)?[:*X·•…]*(?=\d{4}$)|(?<=^\d{4})[*X]+(?=\d{4}$)", re.ASCII)

    def __init__(self, max_length: int) -> None:
        super().__init__(max_length)
        self.plain = re.compile("[0-9]{4}")

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        said: list[tuple[str, ...]] = []
        digits = super().clean(value, row, warn=lambda *words: said.append(words), **kwargs)
        if digits is None:
            return None
        digits = self.HIDDEN.sub("", digits)
        if not (digits.isascii() and digits.isdecimal() and len(digits) >= 4):
            raise self._refused(digits, isinstance(value, (int, float)))
        if self.CUT_OFF.fullmatch(digits):
            text = "后几位被表格软件变成了0。请把这一列设为“文本”格式后重新填写。"
            raise CellRefused("code_precision", text, before=masked(digits))
        if len(digits) > 4:
            warn("code_format", "填的是完整账号，只保留后四位。", masked(digits), digits[-4:])
        elif said:
            warn(*said[0])
        return digits[-4:]

    def _refused(self, text: str, was_number: bool) -> CellRefused:
        """A number cell drops the zeros in front: they can be put back."""
        message = "应为4位数字；以0开头的请把这一列设为“文本”格式。"
        if was_number and text.isdecimal():
            return CellRefused("code_format", message, before=text, after=text.zfill(4), confidence=0.9)
        return CellRefused("code_format", message, before=masked(text) if len(text) > 8 else text)


class StagesWidget(ChoicesWidget):
    """学段, also written as grades (1-6年级, 初一至初三), ages (3-6岁) or a span (小学至高中)."""

    NUMBERS: Mapping[str, int] = {word: number for number, word in enumerate("零一二三四五六七八九", 0)}
    AGES = ((3, 6, Stage.PRESCHOOL), (6, 12, Stage.PRIMARY), (12, 15, Stage.JUNIOR), (15, 18, Stage.SENIOR))
    GRADES = ((1, 6, Stage.PRIMARY), (7, 9, Stage.JUNIOR), (10, 12, Stage.SENIOR))
    SPAN = re.compile(r"(\d{1,2})(?:周?岁|年级)?(?:[-~—–至到])(\d{1,2})(?:(周?岁)|年级)")
    ONE_GRADE = re.compile(r"(\d{1,2})年级")
    YEARS = re.compile(r"(?:(初)|(高))中?([123])(?:年级)?")
    TO = re.compile(r"[-~—–至到]")

    def part_values(self, part: str) -> frozenset[str]:
        if values := super().part_values(part):
            return values
        digits = self._in_digits(part)
        if span := self.SPAN.fullmatch(digits):
            first, last = int(span[1]), int(span[2])
            return self._by_ages(first, last) if span[3] else self._by_grades(first, last)
        if grade := self.ONE_GRADE.fullmatch(digits):
            return self._by_grades(int(grade[1]), int(grade[1]))
        ends = self.TO.split(part)
        return self._between(*ends) if len(ends) == 2 else frozenset()

    def _in_digits(self, part: str) -> str:
        """Grades in one count: 一至六年级 -> 1至6年级, 初一至高三 -> 7年级至12年级."""
        text = "".join(str(self.NUMBERS[char]) if char in self.NUMBERS else char for char in part)
        text = self.YEARS.sub(lambda year: f"{int(year[3]) + (6 if year[1] else 9)}年级", text)
        return text.removeprefix("小学")

    def _by_ages(self, first: int, last: int) -> frozenset[str]:
        sound = first < last <= 18
        return frozenset(stage for low, high, stage in self.AGES if sound and first < high and last > low)

    def _by_grades(self, first: int, last: int) -> frozenset[str]:
        sound = 1 <= first <= last <= 12
        return frozenset(stage for low, high, stage in self.GRADES if sound and first <= high and last >= low)

    def _between(self, first: str, last: str) -> frozenset[str]:
        """小学至高中: the two and what lies between them."""
        ends = super().part_values(first) | super().part_values(last)
        order = list(self.choices.values)
        if len(ends) != 2:
            return frozenset()
        low, high = sorted(order.index(stage) for stage in ends)
        return frozenset(order[low : high + 1])
