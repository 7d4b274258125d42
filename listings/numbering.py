"""A change of a list promises its next edition, which is made after the commit."""

from __future__ import annotations

from datetime import datetime, timedelta

from foundation.core import outbox

MAKE_EDITION = "listings.make_edition"
#: Changes of the same ten seconds make one edition, so that a batch of 500 is one edition and not 500.
SLOT_SECONDS = 10


def promise_edition(kind: str, *, at: datetime) -> None:
    """Promise one edition for all changes of the same slot, in the transaction of the operation that changes a list.

    The list itself changes with the commit, only its number follows. A change that commits after its edition was made
    is caught by the periodic comparison.
    """
    slot = int(at.timestamp()) // SLOT_SECONDS + 1
    due_at = datetime.fromtimestamp(slot * SLOT_SECONDS, tz=at.tzinfo) + timedelta(seconds=1)
    outbox.put(MAKE_EDITION, at=at, due_at=due_at, key=f"{MAKE_EDITION}:{kind}:{slot}", listing=kind)
