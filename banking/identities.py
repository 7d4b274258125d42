"""Which line of a bank file is which, however often and in whatever order it is handed in."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from foundation.core.ciphers import blind

from .statements import Line

COLUMN = "banking_bankline.identity"


def content_of(line: Line) -> str:
    """A keyed hash of what a line says, the same in every encoding and width of its letters."""
    said = (line.day.isoformat(), str(line.fen), *map(_plain, (line.memo, line.name, line.number)))
    return blind("\x1f".join(said), column=COLUMN)


def identified(lines: Iterable[Line]) -> dict[str, tuple[str, Line]]:
    """Identity -> (content, line). Equal lines without a number of the bank's are counted through."""
    seen: Counter[str] = Counter()
    found: dict[str, tuple[str, Line]] = {}
    for line in lines:
        content = content_of(line)
        if line.serial:
            found[f"serial:{line.serial}"] = (content, line)
        else:
            seen[content] += 1
            found[f"{content}:{seen[content]}"] = (content, line)
    return found


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
