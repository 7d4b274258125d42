"""Money is whole fen (1/100 yuan) in storage and arithmetic; yuan exists only on screens and in files."""

from __future__ import annotations

import re
import unicodedata

from .errors import InvalidInput

_AMOUNT = re.compile(r"(-?)(\d{1,13})(?:\.(\d{1,2}))?")


def fen(text: str) -> int:
    """Read an amount in yuan such as ``1,234.5``, ``￥380128`` or full-width digits; raises InvalidInput."""
    plain = unicodedata.normalize("NFKC", text).strip().strip("¥元").replace(",", "").strip()
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise InvalidInput(f"金额“{text}”无法识别，请填写如 1234.50 的数字，最多两位小数。", code="amount")
    sign, whole, cents = match.groups()
    amount = int(whole) * 100 + int((cents or "0").ljust(2, "0"))
    return -amount if sign else amount


def yuan(amount: int) -> str:
    """``123400`` fen as ``1,234.00``."""
    sign = "-" if amount < 0 else ""
    whole, cents = divmod(abs(amount), 100)
    return f"{sign}{whole:,}.{cents:02d}"
