"""Paragraphs to begin with, one file each: a title, then prose whose every number is a mark; see ``composing``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "paragraphs"


@cache
def beginnings() -> dict[str, tuple[str, str]]:
    """code -> (title, prose)."""
    found = {}
    for path in sorted(FOLDER.glob("*.txt")):
        title, _, body = path.read_text(encoding="utf-8").partition("\n")
        found[path.stem] = (title.strip(), body.strip())
    return found
