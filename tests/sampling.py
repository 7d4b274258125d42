"""Which part of a walk over everything a run takes; ``script/prove`` takes all of it.

The number behind it is that of the code: each commit asks another part, and the same commit always the same one, so
that a failure comes back. It stands in the head of each run; ``SAMPLE=7 script/test …`` takes the part of another one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from tests import databases

FULL = os.environ.get("PROVE_FULL") == "1"
Thing = TypeVar("Thing")


@cache
def turn() -> int:
    """The number of this sample."""
    return int(os.environ.get("SAMPLE") or int(databases.code_hash(), 16) % 100_000)


def taken(what: str, *, one_of: int, whole: bool = FULL) -> bool:
    """Whether this run takes it: among many names it takes one of so many, and each of them in its turn."""
    return whole or int(hashlib.md5(f"{turn()} {what}".encode()).hexdigest(), 16) % one_of == 0


def some(things: Sequence[Thing], *, one_of: int, shift: int = 0, whole: bool = FULL) -> list[Thing]:
    """Every third of them, say; all where there are not more than that."""
    if whole or len(things) <= one_of:
        return list(things)
    return list(things[(turn() + shift) % one_of :: one_of])
