"""查询凭证: sixteen digits that only the sender has, and the stamp of the form that they come from. Pure.

A form carries a stamp: a random nonce and the time, sealed. The receipt is made of the nonce by a keyed hash, so the
same form sent twice (a lost answer, an impatient finger) is the same tip with the same receipt, and nothing has to be
kept for that. What is kept is the receipt's Argon2 hash under a salt that is derived from FIELD_KEY: without the key
nobody can try receipts against a stolen database, and with it each try still costs Argon2 (docs/decisions/0025).
"""

from __future__ import annotations

import secrets
import unicodedata
from datetime import datetime

from argon2.low_level import Type, hash_secret_raw

from foundation.core.ciphers import Unreadable, blind, open_sealed, seal

DIGITS = 16
SOONEST, LATEST = 4, 6 * 3600  # seconds between asking for a form and sending it: no person is faster, none so slow
_STAMP, _RECEIPT = "clues.form", "clues.receipt"


def new_stamp(*, at: datetime) -> str:
    """What a fresh form carries."""
    return seal(f"{secrets.token_hex(16)}|{int(at.timestamp())}", column=_STAMP)


def age_of(stamp: str, *, at: datetime) -> int | None:
    """Seconds since the form was asked for; None for a stamp that is not ours."""
    opened = _opened(stamp)
    return int(at.timestamp()) - int(opened[1]) if opened else None


def receipt_of(stamp: str) -> str:
    """The sixteen digits that belong to a form of ours; raises Unreadable."""
    nonce = open_sealed(stamp, column=_STAMP).partition("|")[0]
    return f"{int(blind(nonce, column=_RECEIPT), 16) % 10**DIGITS:0{DIGITS}d}"


def _opened(stamp: str) -> tuple[str, str] | None:
    try:
        nonce, _, made = open_sealed(stamp, column=_STAMP).partition("|")
    except Unreadable:
        return None
    return nonce, made


def normalised(written: str) -> str:
    """The digits of what a person typed: full-width ones and any blanks or hyphens between them are fine."""
    return "".join(char for char in unicodedata.normalize("NFKC", written) if char.isdecimal() and char.isascii())


def in_groups(receipt: str) -> str:
    """1234 5678 9012 3456: as it is read aloud and copied by hand."""
    return " ".join(receipt[start : start + 4] for start in range(0, DIGITS, 4))


def hashed(receipt: str) -> str:
    """What is kept of a receipt. Slow on purpose; the caller has counted the try."""
    salt = bytes.fromhex(blind("salt", column=_RECEIPT))[:16]
    raw = hash_secret_raw(
        receipt.encode(), salt, time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, type=Type.ID
    )
    return raw.hex()
