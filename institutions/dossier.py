"""What the portal's apps hold of an institution, as lines with their source: one way to read for all that judge it.

An app declares its sources in its own ``dossier.py``::

    @source("order", label="责令改正通知书", order=30)
    def orders(institution, first, last) -> Iterable[Record]: ...

Evidence for a list, points of a rating, rows of the annual check and the evidence file are read from these. A source
gives formal records only, never covert visits, tips or what would tell of them: the institution reads these lines.
Voided records are given too, and say so: what rested on them has to show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from foundation.core import clock

from .enums import LicenceStatus
from .models import Institution

EVER, NEVER = date(1900, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True)
class Record:
    """One line. ``weight`` is how much it matters, in words of its source that a rubric may count by; ``void`` says
    why it does not hold any more. ``photos``: (what it shows, when, SHA-256) of the pictures behind it."""

    source: str
    pk: int
    on: date
    what: str
    weight: str = ""
    result: str = ""
    law: str = ""
    url: str = ""
    void: str = ""
    photos: tuple[tuple[str, str, str], ...] = ()

    @property
    def key(self) -> str:
        """How forms and stored lines name it."""
        return f"{self.source}:{self.pk}"

    @property
    def told(self) -> str:
        """What it is and what came of it, in one line."""
        return f"{self.what}（{self.result}）" if self.result else self.what


Reader = Callable[[Institution, date, date], Iterable[Record]]


@dataclass(frozen=True)
class Source:
    """A kind of records. ``weights``: the words that ``Record.weight`` may hold, with their labels."""

    code: str
    label: str
    order: int
    weights: tuple[tuple[str, str], ...]
    read: Reader


_sources: dict[str, Source] = {}


def source(code: str, *, label: str, order: int, weights: Iterable[tuple[str, str]] = ()) -> Callable[[Reader], Reader]:
    """Declare a kind of records; ``order`` is its place among the others."""

    def declare(read: Reader) -> Reader:
        if code in _sources and _sources[code].read is not read:
            raise RuntimeError(f"{code} is declared twice")
        _sources[code] = Source(code, label, order, tuple(weights), read)
        return read

    return declare


def sources() -> list[Source]:
    """All kinds, in their order."""
    return sorted(_sources.values(), key=lambda each: (each.order, each.code))


def label_of(code: str) -> str:
    """What a kind is called; its code where nobody declares it any more."""
    return _sources[code].label if code in _sources else code


def records_of(institution: Institution, *, first: date = EVER, last: date = NEVER, among: Iterable[str] | None = None):
    """All that the sources hold of an institution in a stretch of days, void or not, in the order of sources."""
    wanted = None if among is None else set(among)
    return list(_read(institution, first, last, wanted))


def _read(institution: Institution, first: date, last: date, among: set[str] | None) -> Iterator[Record]:
    for each in sources():
        if among is None or each.code in among:
            yield from each.read(institution, first, last)


def standing_records(institution: Institution, *, first: date = EVER, last: date = NEVER) -> list[Record]:
    """Those that hold: not void."""
    return [record for record in records_of(institution, first=first, last=last) if not record.void]


def found(institution: Institution, keys: Iterable[str]) -> dict[str, Record]:
    """The records of an institution by their keys; a key that is none of its records is not there."""
    wanted = set(keys)
    codes = {key.partition(":")[0] for key in wanted}
    return {record.key: record for record in records_of(institution, among=codes) if record.key in wanted}


INCOMPLETE, EXPIRED = "incomplete", "expired"


@source("licence", label="证照", order=5, weights=[(INCOMPLETE, "证照不齐全"), (EXPIRED, "许可过期后未换证")])
def licences(institution: Institution, first: date, last: date) -> Iterator[Record]:
    """What is wrong with the papers: not complete, or the last permit ran out in these days and none followed."""
    if institution.licence_status != LicenceStatus.COMPLETE:
        label = institution.get_licence_status_display()
        yield Record("licence", institution.pk, min(last, clock.today()), label, weight=INCOMPLETE)
    permits = list(institution.permits.order_by("valid_to", "pk"))
    if not permits or any(permit.valid_to is None and permit.ended_on is None for permit in permits):
        return
    latest = max(permits, key=lambda permit: permit.ended_on or permit.valid_to or EVER)
    over = latest.ended_on or latest.valid_to
    if over is not None and first <= over < min(last, clock.today()):
        what = f"{latest.get_kind_display()} {latest.number}"
        yield Record("licence", latest.pk, over, what, weight=EXPIRED, result="过期后未换证")
