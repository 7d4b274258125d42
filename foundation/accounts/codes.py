"""Sixteen digits that only their holder has: receipts of tips and one-purpose links. Pure.

Digits because they are dictated and typed on any phone. What is kept of one is its Argon2 hash under a salt that is
derived from FIELD_KEY, one for each purpose: without the key nobody can try codes against a stolen database, and with
it each try still costs Argon2 (docs/decisions/0025). One salt for all codes of a purpose makes the hash a lookup key.
"""

from __future__ import annotations

import secrets
import unicodedata

from argon2.low_level import Type, hash_secret_raw

from foundation.core.ciphers import blind

DIGITS = 16


def new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def normalised(written: str) -> str:
    """The digits of what a person typed: full-width ones and any blanks or hyphens between them are fine."""
    return "".join(char for char in unicodedata.normalize("NFKC", written) if char.isdecimal() and char.isascii())


def in_groups(code: str) -> str:
    """1234 5678 9012 3456: as it is read aloud and copied by hand."""
    return " ".join(code[start : start + 4] for start in range(0, DIGITS, 4))


def hashed(code: str, *, column: str) -> str:
    """What is kept of a code. Slow on purpose; the caller has counted the try."""
    salt = bytes.fromhex(blind("salt", column=column))[:16]
    raw = hash_secret_raw(
        code.encode(), salt, time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, type=Type.ID
    )
    return raw.hex()
