"""Double-random draws as the public sees them: before and after, and the server's own replay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings

from inspections.models import Draw
from inspections.queries import draws as queries
from inspections.queries import pools
from inspections.replaying import OFFICER

from .memory import kept

SHOWN = 200  # drawn objects on a page, and differences; the file has all
SCRIPT = settings.BASE_DIR / "docs" / "verify_draw.py"


class Verdict(NamedTuple):
    """What the server's replay found: the first ``SHOWN`` differences, how many there are, how much was compared."""

    found: tuple[str, ...]
    count: int
    lines: int
    drawn: int


def page_of(number: int, *, size: int) -> tuple[Sequence[Draw], bool]:
    """One page of all public draws with their commitments, the newest first, and whether there are more."""
    start = (number - 1) * size
    rows = list(queries.public_draws().select_related("commitment")[start : start + size + 1])
    return rows[:size], len(rows) > size


def latest(number: int) -> Sequence[Draw]:
    """The newest draws, for the first page."""
    return list(queries.public_draws().select_related("commitment")[:number])


def officers_of(draw: Draw) -> list[str]:
    """The numbers of the officers in the frozen pool."""
    return [line.split("\t", 2)[1] for line in pools.lines_of(draw.commitment) if line.startswith(f"{OFFICER}\t")]


def exclusions_of(draw: Draw) -> list[list[str]]:
    """(code, reason) of the institutions that were left out of the frozen pool."""
    return queries.exclusions(pools.lines_of(draw.commitment))


def _replayed(number: str) -> Verdict | None:
    draw = queries.public_draw(number)
    if draw is None:
        return None
    found = queries.verify(draw)
    return Verdict(tuple(found[:SHOWN]), len(found), len(pools.lines_of(draw.commitment)), draw.drawn.count())


#: The draw of this number replayed from what is stored; None where there is none. It costs a second: kept for a minute.
verdict = kept(_replayed, at_least=60.0)
