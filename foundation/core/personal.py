"""Mobile and identity numbers in a text, however they are spaced: what no public words may hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

_MOBILE = re.compile(r"(?<![0-9A-Za-z])(?<!教民)(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?![0-9A-Za-z])", re.ASCII)
_NEW_ID = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])", re.ASCII)
_OLD_ID = re.compile(
    r"(?<![0-9A-Za-z])(?<!教民)[1-8]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])", re.ASCII
)


@dataclass(frozen=True)
class Personal:
    """One find: ``words`` tell of it without repeating it, ``exact`` is for looking it up."""

    words: str
    exact: str


def personal_in(text: str, *, mobiles: bool = True) -> Iterator[Personal]:
    """Each mobile and identity number of a text, full-width digits and blanks inside included."""
    plain = unicodedata.normalize("NFKC", text)
    if not any(letter.isdigit() for letter in plain):
        return
    for found in _MOBILE.finditer(plain) if mobiles else ():
        digits = re.sub(r"\D", "", found[1])
        yield Personal(f"手机号码 {digits[:3]}****{digits[-2:]}", digits)
    for found in _NEW_ID.finditer(plain):
        if is_identity_number(found[0].upper()):
            yield Personal(f"身份证号 {found[0][:4]}**********{found[0][-1]}", found[0].upper())
    for found in _OLD_ID.finditer(plain):
        yield Personal(f"15位身份证号 {found[0][:4]}*********", found[0])


def is_identity_number(number: str) -> bool:
    """18 characters with a right check digit and a possible birth date."""
    try:
        ric.get_birth_date(number)
        return number[-1] == ric.calc_check_digit(number)
    except ValidationError:
        return False


#: Family names of two characters that people still bear, one after the other.
_TWO = (
    "欧阳上官司马司徒司空诸葛夏侯东方皇甫尉迟公孙公羊公冶慕容令狐长孙宇文轩辕端木独孤南宫西门东郭百里呼延"
    "闻人赫连澹台濮阳淳于单于太叔申屠仲孙钟离鲜于闾丘万俟宗政拓跋夹谷谷梁第五左丘"
)
_DOUBLE = frozenset(_TWO[start : start + 2] for start in range(0, len(_TWO), 2))


def masked_person(name: str) -> str:
    """王小明 -> 王某, 欧阳小明 -> 欧阳某: the family name, the same whatever the rest; nothing of no name."""
    name = name.strip()
    if not name:
        return ""
    return f"{name[:2] if name[:2] in _DOUBLE and len(name) > 2 else name[0]}某"
