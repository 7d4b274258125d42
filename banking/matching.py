"""What a line of the bank means, decided from what is expected of its account. Pure: no row is read or written here.

Money in is a payment when the bank names its number, or when amount and payer's name agree within some days and all
that fit are of one contract. Money out is a release or a refund when the bank names its order, or when amount and payee
agree: an equal sum to a stranger explains nothing. Fees and interest are told by the bank's own words, fees up to a
most. Everything else is unexplained.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .enums import Means

#: A payment may reach the account so many days after it was made.
WINDOW = timedelta(days=7)
_TOKEN = re.compile(r"[0-9A-Za-z_-]+")


@dataclass(frozen=True)
class Expected:
    """A payment, release or refund that no line was found for. ``fen`` is positive for money that comes in.

    ``group``: those of one group (a contract) may stand for each other. ``who``: a keyed hash of payer or payee.
    """

    means: Means
    pk: int
    fen: int
    since: date
    references: frozenset[str] = frozenset()
    who: str = ""
    group: int = 0

    @property
    def key(self) -> str:
        return f"{self.means}:{self.pk}"


@dataclass(frozen=True)
class Said:
    """What a line says."""

    fen: int
    day: date
    serial: str
    memo: str
    who: str = ""


@dataclass(frozen=True)
class Words:
    """The bank's own words of fees and interest, and how much one fee may be."""

    fee: frozenset[str] = frozenset()
    interest: frozenset[str] = frozenset()
    fee_most_fen: int = 0


@dataclass(frozen=True)
class Verdict:
    """``named``: the line names this one, of another amount."""

    means: Means
    expected: Expected | None = None
    named: Expected | None = None


def plain(text: str) -> str:
    """A word as it is compared: in whatever width and with whatever blanks it was written."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def judged(said: Said, expected: Sequence[Expected], words: Words) -> Verdict:
    """What this line means, given what is still expected."""
    due = sorted((e for e in expected if (e.fen > 0) == (said.fen > 0) and e.since <= said.day), key=_oldest)
    spoken = {said.serial, *_TOKEN.findall(unicodedata.normalize("NFKC", said.memo))} - {""}
    named = [e for e in due if e.references & spoken]
    equal = [e for e in named if e.fen == said.fen]
    if equal:
        return Verdict(equal[0].means, equal[0])
    if own := _of_the_bank(said, words):
        return Verdict(own)
    if named:
        return Verdict(Means.UNEXPLAINED, named=named[0])
    fits = [e for e in due if e.fen == said.fen and e.who and e.who == said.who and _in_time(e, said)]
    if fits and len({(e.means, e.group) for e in fits}) == 1:
        return Verdict(fits[0].means, fits[0])
    return Verdict(Means.UNEXPLAINED)


def _oldest(one: Expected) -> tuple[date, int]:
    return one.since, one.pk


def _in_time(one: Expected, said: Said) -> bool:
    return one.means != Means.DEPOSIT or said.day - one.since <= WINDOW


def _of_the_bank(said: Said, words: Words) -> Means | None:
    memo = plain(said.memo)
    if said.fen < 0 and memo in words.fee and -said.fen <= words.fee_most_fen:
        return Means.FEE
    return Means.INTEREST if said.fen > 0 and memo in words.interest else None
