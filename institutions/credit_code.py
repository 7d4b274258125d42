"""统一社会信用代码 (GB 32100-2015): 18 characters, the last one a check character over the first 17."""

from __future__ import annotations

import re
from operator import mul

from stdnum.cn import uscc

#: First two characters -> what the registration says it is.
PREFIXES = {
    "12": "事业单位",
    "51": "社会团体",
    "52": "民办非企业单位",
    "53": "基金会",
    "91": "企业",
    "92": "个体工商户",
    "93": "农民专业合作社",
}
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
#: Weights of the 18 characters. The check character counts once, so that a right code's sum is a multiple of 31.
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1)
#: Office (a letter for some: A military, N agriculture, Y others), kind and division, then the alphabet.
FORM = re.compile(rf"[0-9ANY][0-9]{{7}}[{ALPHABET}]{{10}}")
#: Beginnings that the standard gives to nobody: no office 0, no kind 0, and of the market regulators' kinds 1 to 3 only
#: (9 is left for others).
NOBODYS = re.compile(r"0.|.0|9[4-8]")
#: ASCII byte of a character -> its value, for ``bytes.translate``.
VALUES = bytes(max(ALPHABET.find(chr(byte)), 0) for byte in range(256))
#: The organisation code inside (characters 9-17, GB 11714) has a check character of its own, over these weights.
INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
INNER_VALUES = bytes(max("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".find(chr(byte)), 0) for byte in range(256))
INNER_CHECKS = "0X987654321"


def compact(text: str) -> str:
    """Upper case, half width, no blanks: the form that is stored."""
    return uscc.compact(text)


def fault(code: str) -> str | None:
    """Why a compacted code is not valid, as a sentence for a clerk; None when it is."""
    if not FORM.fullmatch(code):
        if len(code) != LENGTH:
            return f"统一社会信用代码应为18位，现为{len(code)}位。"
        return "统一社会信用代码只能由数字和大写字母组成，且不含 I、O、S、V、Z。"
    if remainder(code):
        return "统一社会信用代码校验位不正确，请核对是否抄录有误。"
    return None


def remainder(code: str) -> int:
    """The weighted sum of a well-formed code, modulo 31: 0 when the check character is right."""
    return sum(map(mul, code.encode().translate(VALUES), WEIGHTS)) % 31


def inner_is_right(code: str) -> bool:
    """Whether the organisation code inside a well-formed code passes its own check; a few old ones do not."""
    body = code[8:16].encode().translate(INNER_VALUES)
    return INNER_CHECKS[sum(map(mul, body, INNER_WEIGHTS)) % 11] == code[16]
