"""Texts that no public page may hold: planted advertisements and personal data, however they are written."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from foundation.core.personal import personal_in
from foundation.imports.values.texts import INVISIBLE, PLANTED, UNSAFE, half_width

from ..enums import FindingKind

MASK = "【违规词】"
_WORDS = re.compile(PLANTED, re.IGNORECASE)
_MARKS = re.compile(r"[^\w]|_")
#: SHA-256 of editions and files: digits in them mean nothing.
_DIGEST = re.compile(r"(?<![0-9a-zA-Z])[0-9a-f]{64}(?![0-9a-zA-Z])")
AROUND = 12


@dataclass(frozen=True)
class Hit:
    """What is wrong with a text: ``words`` are for telling and do not repeat it, ``exact`` is for looking it up."""

    kind: FindingKind
    words: str
    exact: str


def bare(text: str) -> str:
    """Without entities, invisible characters, width and blanks: as ``foundation.imports`` compares."""
    return half_width(INVISIBLE.sub("", html.unescape(html.unescape(text))))


def planted(text: str, *, strictly: bool = False) -> Hit | None:
    """The first planted word. ``strictly``: also web addresses and markup, which no column of the register holds."""
    plain = bare(text)
    found = (UNSAFE if strictly else _WORDS).search(plain)
    if found is None:
        found = _WORDS.search(plain := _MARKS.sub("", plain))
    if found is None:
        return None
    before, after = plain[max(found.start() - AROUND, 0) : found.start()], plain[found.end() : found.end() + AROUND]
    return Hit(FindingKind.PLANTED, masked(f"{before}{MASK}{after}"), found[0])


def masked(text: str) -> str:
    """A text that may be shown to editors: each planted word, as far as it can be seen, becomes 【违规词】."""
    if planted_in_plain(text):
        return _WORDS.sub(MASK, bare(text))
    return text


def planted_in_plain(text: str) -> bool:
    return _WORDS.search(bare(text)) is not None


def personal(text: str, *, mobiles: bool = True) -> Iterator[Hit]:
    """Mobile numbers, identity numbers, canaries. What is published on purpose is asked elsewhere."""
    plain = _DIGEST.sub("", unicodedata.normalize("NFKC", INVISIBLE.sub("", text)))
    for canary in settings.PUBLIC_CANARIES:
        if canary in plain:
            yield Hit(FindingKind.PERSONAL, "出现了为查泄漏而放入的标记", canary)
    for found in personal_in(plain, mobiles=mobiles):
        yield Hit(FindingKind.PERSONAL, found.words, found.exact)
