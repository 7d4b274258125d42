"""Entries with what stood after each: an institution's special accounts, or one contract's money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from institutions.models import Institution

from .enums import AccountKind
from .models import Entry, Purse
from .queries import FIGURES, Balance, Rules, standing


@dataclass(frozen=True, slots=True)
class Line:
    """One entry; ``fen`` is what it added to the special accounts, ``after`` what lay there then."""

    entry: Entry
    fen: int
    after: int


def of_institution(institution: Institution, *, since: date, until: date, most: int) -> tuple[int, list[Line], bool]:
    """(fen on the special accounts before the period, its entries in order, whether more than ``most`` were left out).

    Five queries, however long the period is.
    """
    from_before = standing(institution.pk, on=date.fromordinal(since.toordinal() - 1)).custody
    rows = Entry.objects.filter(institution=institution, happened_on__range=(since, until))
    found = list(rows.select_related("purse", "reverses").order_by("happened_on", "pk")[: most + 1])
    rules, stands, lines = Rules(), from_before, []
    for entry in found[:most]:
        fen = signed(entry) * rules.moves(entry.kind, AccountKind.CUSTODY)
        stands += fen
        lines.append(Line(entry, fen, stands))
    return from_before, lines, len(found) > most


def of_purse(purse: Purse) -> Iterator[tuple[Entry, Balance]]:
    """Each entry of a contract's money in the order of the books, with the figures after it."""
    rules, figures = Rules(), dict.fromkeys(FIGURES, 0)
    for entry in Entry.objects.filter(purse=purse).order_by("happened_on", "pk"):
        for name, effect in rules.effects(entry.kind).items():
            figures[name] += signed(entry) * effect
        yield entry, Balance(**figures)


def signed(entry: Entry) -> int:
    """Fen of an entry; a reversal takes back."""
    return -entry.amount_fen if entry.reverses_id else entry.amount_fen
