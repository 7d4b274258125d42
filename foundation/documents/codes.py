"""The code under which anybody can check a document: 80 random bits in Crockford's base 32, easy to read aloud."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_SOUND_ALIKES = str.maketrans("OIL", "011")


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spaced(text: str) -> str:
    """In groups of four, as printed."""
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def normalised(typed: str) -> str | None:
    """What a person typed as a code: any case, blanks and dashes, O for 0, I and L for 1; None when it is no code."""
    code = "".join(typed.split()).replace("-", "").upper().translate(_SOUND_ALIKES)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
