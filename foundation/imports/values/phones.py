"""Telephone numbers: mobile, landline, 400 and short service numbers."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from ..faults import CellRefused, Warn
from ..suggesting import Suggestion, suggest_phone
from .codes import refuse_lost_digits, whole_number
from .texts import BLANKS, TextWidget, refuse_dangerous, written

_MOBILE = r"1[3-9]\d{9}"
_LANDLINE = r"(?:0(?:10|2\d|[3-9]\d\d)-?)?[2-9]\d{6,7}(?:-\d{1,5})?"
_SERVICE = r"400-?\d{3,4}-?\d{3,4}|95\d{3,4}|96\d{3,4}|12\d{3}"


class PhoneWidget(TextWidget):
    """One number or several, separated by 、; half width, dashes only behind the area code and before an extension."""

    ONE = re.compile(rf"{_MOBILE}|{_LANDLINE}|{_SERVICE}", re.ASCII)
    SEPARATOR = re.compile(r"[、,;/|，；\n]+|或者?")
    DASH = re.compile(r"[‐-―−－~]+")
    EXTENSION = re.compile(r"(?:转|分机号?|ext\.?|x|#)[:.]?(?=\d)", re.IGNORECASE)
    AREA = re.compile(r"^\(?(0\d{2,3})\)?[-\s]*(?=\d)", re.ASCII)
    COUNTRY = re.compile(r"^\(?(?:\+|00)?86\)?[-\s]*(?=[\d-]{9,13})", re.ASCII)
    MOBILES = re.compile(rf"(?:{_MOBILE}){{2,}}", re.ASCII)
    AMONG_WORDS = re.compile(
        rf"(?<![\d-])(?:{_MOBILE}|0\d{{2,3}}-?[2-9]\d{{6,7}}(?:-\d{{1,5}})?|400-?\d{{3,4}}-?\d{{3,4}})(?![\d-])",
        re.ASCII,
    )

    def __init__(self, max_length: int) -> None:
        super().__init__(max_length)
        self.plain = re.compile(r"1[3-9][0-9]{9}|0(?:10|2[0-9]|[3-9][0-9][0-9])-[2-9][0-9]{6,7}")

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        value = (isinstance(value, str) and whole_number(value)) or value
        self._refuse_non_numbers(value)
        text = written(value)
        if text in self.empty:
            return None
        refuse_dangerous(text.lstrip("+ "))
        numbers = self._numbers(text)
        if numbers is None:
            suggested, confidence = self._suggested(text)
            raise CellRefused(
                "phone_invalid",
                "不是有效的手机或固定电话号码，请核对位数，只填号码。",
                before=text,
                after=suggested,
                confidence=confidence,
            )
        found = "、".join(dict.fromkeys(numbers))
        self.refuse_long(found)
        return found or None

    def _refuse_non_numbers(self, value: Any) -> None:
        try:
            refuse_lost_digits(value)
        except CellRefused as refusal:
            raise CellRefused("phone_invalid", refusal.message, before=refusal.before) from None

    def _numbers(self, text: str) -> list[str] | None:
        """The numbers in their canonical form; None when a part of the text is none."""
        numbers: list[str] = []
        for part in self.SEPARATOR.split(self.DASH.sub("-", unicodedata.normalize("NFKC", text))):
            if not part.strip():
                continue
            found = self._one(part) or self._several(part)
            if not found:
                return None
            numbers += found
        return numbers

    def _one(self, part: str) -> list[str]:
        number = self.EXTENSION.sub("-", part.strip())
        if country := self.COUNTRY.match(number):
            number = number[country.end() :]
            number = number if number[0] in "01" else f"0{number}"
        number = BLANKS.sub("", self.AREA.sub(r"\1-" if re.search(r"[\s()-]", number) else r"\1", number))
        number = number.replace("--", "-")
        if re.fullmatch(_MOBILE, number.replace("-", ""), re.ASCII):
            number = number.replace("-", "")
        return [number] if self.ONE.fullmatch(number) else []

    def _several(self, part: str) -> list[str]:
        """Numbers with nothing but blanks between them, or with nothing at all."""
        found = [self._one(piece) for piece in part.split()]
        if len(found) > 1 and all(found):
            return [number for piece in found for number in piece]
        bare = re.sub(r"[\s-]", "", part)
        return re.findall(_MOBILE, bare, re.ASCII) if self.MOBILES.fullmatch(bare) else []

    def suggested(self, text: str) -> Suggestion | None:
        return suggest_phone(text)

    def _suggested(self, text: str) -> tuple[str, float]:
        """The numbers that stand among words (张老师138…), a letter O for a zero, the lost 0 of an area code."""
        bare = self.DASH.sub("-", BLANKS.sub("", unicodedata.normalize("NFKC", text)))
        words = re.sub(r"[\d-]", "", bare)
        if words and (found := self.AMONG_WORDS.findall(bare)) and re.search(r"[^\W\dOoIl]", words):
            return "、".join(found), 0.95
        digits = bare.translate(str.maketrans("OoIl", "0011"))
        if digits != bare and (numbers := self._numbers(digits)):
            return "、".join(numbers), 0.9
        if re.fullmatch(r"59[1-9][2-8]\d{6}", bare, re.ASCII):
            return f"0{bare[:3]}-{bare[3:]}", 0.9
        return "", 0.0
