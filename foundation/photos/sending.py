"""Photos as they come in with a record, before they become rows."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from foundation.core.errors import invalid

from .intake import Taken
from .places import CoarsePlace

MOST_PHOTOS = 9


@dataclass(frozen=True)
class Sent:
    """What the phone says of a photo that ``intake.take`` stored."""

    taken: Taken
    client_id: UUID
    taken_at: datetime | None = None
    place: CoarsePlace | None = None


def sent_now(taken: Sequence[Taken]) -> list[Sent]:
    """Photos that come without a phone's own ids, from a desk or by a link."""
    return [Sent(each, uuid4()) for each in taken]


def check_photos(photos: Sized) -> None:
    """Raises InvalidInput (more at once than a record of officers or parties holds)."""
    if len(photos) > MOST_PHOTOS:
        raise invalid("photos", f"一次最多{MOST_PHOTOS}张照片。")
