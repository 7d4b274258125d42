"""Account numbers: read as digits however they are spaced, and found by a keyed hash."""

from __future__ import annotations

import re
import unicodedata

from foundation.core.ciphers import blind
from foundation.core.errors import invalid

_NUMBER = re.compile(r"\d{8,30}", re.ASCII)


def account_number(text: str) -> str:
    """The digits of an account number; raises InvalidInput."""
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))
    if not _NUMBER.fullmatch(plain):
        raise invalid("number", "账号应为8至30位数字。")
    return plain


def hashed(number: str) -> str:
    """The keyed hash by which one account number is found and held apart from others."""
    return blind(number, column="funds_supervisedaccount.number")


def same_name(one: str, other: str) -> bool:
    """Whether two names differ in blanks and in the width of brackets and letters only."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
