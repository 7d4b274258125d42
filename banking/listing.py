"""What stands open between bank and books of an account, as facts: to be listed as differences. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from funds.models import SupervisedAccount

from .books import Books
from .enums import DifferenceKind, Means
from .expecting import expected_of, open_lines, said_by, words_of
from .matching import judged
from .models import BankLine, Opening
from .standing import Span, apart


@dataclass(frozen=True)
class Found:
    """One difference as it is now. ``about``: the row it names, by the field of ``Difference``."""

    key: str
    kind: DifferenceKind
    day: date
    bank_fen: int | None = None
    books_fen: int | None = None
    effect_fen: int = 0
    blocks: bool = True
    until: date | None = None
    about: dict[str, int] = field(default_factory=dict)


FIELDS = {"deposit": "payment", "release": "release", "refund": "refund", "entry": "entry"}


def found(account: SupervisedAccount, books: Books, days: Sequence[date]) -> list[Found]:
    """All that bank and books say differently, including what did so on some days only."""
    items = [item for item in books.items if not _before(item, books, days[0])]
    spans = [_of_span(span, books) for span in apart(items, days)]
    return [*spans, *_of_lines(account), *_of_opening(account)]


def _before(item, books: Books, first: date) -> bool:
    """Done with before the bank spoke for the first time: it is in the opening balance."""
    return item.booked < first and item.seen is None and item.key not in books.under_way


def _of_span(span: Span, books: Books) -> Found:
    name, pk = span.key.split(":")
    about = {FIELDS[name]: int(pk)} | ({"entry": books.entries[span.key]} if name != "entry" else {})
    kind = DifferenceKind.BANK_ONLY if span.bank_first else DifferenceKind.OURS_ONLY
    amounts = {"bank_fen": span.fen} if span.bank_first else {"books_fen": -span.fen}
    return Found(
        key=span.key,
        kind=kind,
        day=span.since,
        effect_fen=span.fen,
        blocks=span.key not in books.under_way,
        until=span.until,
        about=about,
        **amounts,
    )


def _of_lines(account: SupervisedAccount) -> Iterator[Found]:
    lines = list(open_lines(account))
    if not lines:
        return
    expected, words = expected_of(account), words_of(account)
    for line in lines:
        named = judged(said_by(line), expected, words).named
        kind = DifferenceKind.AMOUNT if named else DifferenceKind.BANK_ONLY
        about = {"line": line.pk} | ({FIELDS[named.means]: named.pk} if named else {})
        yield Found(
            key=f"line:{line.pk}",
            kind=kind,
            day=line.day,
            bank_fen=line.fen,
            books_fen=named.fen if named else None,
            effect_fen=line.fen if _unposted(line) else 0,
            about=about,
        )


def _unposted(line: BankLine) -> bool:
    meaning = getattr(line, "meaning", None)
    return meaning is None or meaning.means == Means.UNPOSTED


def _of_opening(account: SupervisedAccount) -> Iterator[Found]:
    row = Opening.objects.filter(account=account).exclude(fen=0).first()
    if row is not None:
        effect = 0 if row.entry_id else row.fen
        yield Found("opening", DifferenceKind.OPENING, row.day, row.fen, effect_fen=effect)
