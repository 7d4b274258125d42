"""A row for the message that follows a step of an entry, in the step's own transaction."""

from __future__ import annotations

from datetime import datetime

from foundation.core import outbox
from foundation.notifications.kinds import NoticeKind

from . import notices
from .models import ListEntry


def tell_later(entry: ListEntry, notice: NoticeKind, at: datetime) -> None:
    """Promise the message of a notice about an entry."""
    outbox.put(notices.ENTRY_MOVED, at=at, entry_id=entry.pk, notice=notice.code, moved_at=at.isoformat())
