"""Double-random draws as the public sees them: before and after, and the server's own replay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from foundation.core.clock import local_date
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


class DrawRow(NamedTuple):
    """One draw in the file and the open data."""

    number: str
    page: str
    file: str
    title: str
    organ: str
    county: str
    county_code: str
    state: str
    changed_on: date
    pool_sha256: str
    number_on: date
    public_number: str
    published_on: date | None
    replaces: str


def known(number: str) -> bool:
    """Whether the public knows a draw of this number."""
    return queries.public_draw(number) is not None


def number(*, county: int = 0) -> int:
    """How many there are."""
    return _of(county).count()


def rows_after(after: str, *, county: int = 0, since: date | None = None, size: int) -> tuple[list[DrawRow], str]:
    """(up to ``size`` draws by number, after one; the place after them or ""); ``since``: those that moved since."""
    rows = _of(county)
    if since is not None:
        rows = rows.filter(state_at__gte=timezone.make_aware(datetime.combine(since, time())))
    found = list(rows.filter(number__gt=after).select_related("commitment").order_by("number")[: size + 1])
    return [row_of(each) for each in found[:size]], found[size - 1].number if len(found) > size else ""


def _of(county: int) -> QuerySet[Draw]:
    rows = queries.public_draws()
    return rows.filter(jurisdiction=county) if county else rows


def row_of(draw: Draw) -> DrawRow:
    return DrawRow(
        number=draw.number,
        page=reverse("publicity:draw", args=[draw.number]),
        file=reverse("publicity:draw_json", args=[draw.number]),
        title=draw.title,
        organ=draw.organ.name,
        county=draw.jurisdiction.name,
        county_code=draw.jurisdiction.code,
        state=draw.get_state_display(),
        changed_on=local_date(draw.state_at),
        pool_sha256=draw.commitment.pool_sha256,
        number_on=draw.commitment.number_on,
        public_number=draw.public_number,
        published_on=draw.published_on,
        replaces=draw.replaces.number if draw.replaces else "",
    )


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
