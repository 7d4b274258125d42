"""查询凭证: sixteen digits that only the sender has, and the stamp of the form that they come from. Pure.

A form carries a stamp: a random nonce and the time, sealed. The receipt is made of the nonce by a keyed hash, so the
same form sent twice (a lost answer, an impatient finger) is the same tip with the same receipt, and nothing has to be
kept for that. What is kept is the receipt's Argon2 hash (``foundation/accounts/codes.py``, docs/decisions/0025).
"""

from __future__ import annotations

import secrets
from datetime import datetime

from foundation.accounts import codes
from foundation.accounts.codes import DIGITS, in_groups, normalised
from foundation.core.ciphers import Unreadable, blind, open_sealed, seal

__all__ = ["DIGITS", "age_of", "hashed", "in_groups", "new_stamp", "normalised", "receipt_of"]
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


def hashed(receipt: str) -> str:
    """What is kept of a receipt; the caller has counted the try."""
    return codes.hashed(receipt, column=_RECEIPT)
