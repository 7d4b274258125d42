"""Texts that no public page may hold: planted advertisements and personal data, however they are written."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from foundation.imports.values.texts import INVISIBLE, PLANTED, UNSAFE, half_width

from ..enums import FindingKind

MASK = "【违规词】"
_WORDS = re.compile(PLANTED, re.IGNORECASE)
_MARKS = re.compile(r"[^\w]|_")
#: SHA-256 of editions and files: digits in them mean nothing.
_DIGEST = re.compile(r"(?<![0-9a-zA-Z])[0-9a-f]{64}(?![0-9a-zA-Z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])(?<!教民)(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?![0-9A-Za-z])", re.ASCII)
_NEW_ID = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])", re.ASCII)
_OLD_ID = re.compile(
    r"(?<![0-9A-Za-z])(?<!教民)[1-8]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])", re.ASCII
)
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
    if not any(letter.isdigit() for letter in plain):
        return
    for found in _MOBILE.finditer(plain) if mobiles else ():
        digits = re.sub(r"\D", "", found[1])
        yield Hit(FindingKind.PERSONAL, f"手机号码 {digits[:3]}****{digits[-2:]}", digits)
    for found in _NEW_ID.finditer(plain):
        if is_identity_number(found[0].upper()):
            yield Hit(FindingKind.PERSONAL, f"身份证号 {found[0][:4]}**********{found[0][-1]}", found[0].upper())
    for found in _OLD_ID.finditer(plain):
        yield Hit(FindingKind.PERSONAL, f"15位身份证号 {found[0][:4]}*********", found[0])


def is_identity_number(number: str) -> bool:
    """18 characters with a right check digit and a possible birth date."""
    try:
        ric.get_birth_date(number)
        return number[-1] == ric.calc_check_digit(number)
    except ValidationError:
        return False
