"""How alike two texts are: the share of neighbouring pairs of characters that both have. Pure."""

from __future__ import annotations

import re
import unicodedata

_FIGURES = str.maketrans("〇零一二三四五六七八九两", "001234567892")  # 三单元 and 3单元 are one place
_NOISE = re.compile(r"[\W_]+")


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters, without punctuation, blanks, and differences of width and figures."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower().translate(_FIGURES)
    return frozenset(plain[start : start + 2] for start in range(len(plain) - 1)) or frozenset(plain)


def alike(first: str, second: str) -> float:
    """0 to 1; 0 where either says nothing."""
    one, other = pairs(first), pairs(second)
    return len(one & other) / len(one | other) if one and other else 0.0
