"""Entries lapse by themselves; editions follow what the lists say, whatever changed them."""

from datetime import time

from foundation.accounts.enums import Can
from foundation.core import clock, outbox, schedule
from foundation.core.actor import job

from . import queries
from .enums import ListKind
from .numbering import MAKE_EDITION
from .operations.editions import make_edition
from .operations.entries import let_lapse

LET_LAPSE = "listings.let_lapse"
COMPARE = "listings.compare_editions"

EDITOR = job("名单期次编成", Can.APPROVE_LISTING)

schedule.periodic(LET_LAPSE, schedule.Daily(at=time(0, 10)))
schedule.periodic(COMPARE, schedule.Every(seconds=300))


@outbox.handles(LET_LAPSE)
def close_lapsed(message) -> None:
    """Close what is over; each entry by itself, so that one does not hold up the others. Twice changes nothing."""
    now = clock.now()
    for entry in queries.lapsed(on=clock.today()).select_related("institution").order_by("pk"):
        scope = frozenset({entry.institution.jurisdiction_id})
        let_lapse(entry=entry, by=job("名单到期处理", Can.APPROVE_LISTING, scope=scope), at=now)
    compare_editions(message)


@outbox.handles(COMPARE)
def compare_editions(message) -> None:
    """Make the editions that are due: terms begin and end, and institutions close, without anybody touching a list."""
    for kind in ListKind:
        _make(kind)


@outbox.handles(MAKE_EDITION)
def make_promised_edition(message) -> None:
    """The edition of a change just decided."""
    _make(ListKind(message.payload["listing"]))


def _make(kind: ListKind) -> None:
    make_edition(kind=kind, by=EDITOR, at=clock.now())
