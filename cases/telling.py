"""Promising the message that a case has moved; inside the operation that moves it."""

from __future__ import annotations

from datetime import datetime

from foundation.core import outbox
from foundation.notifications.kinds import NoticeKind

from . import notices
from .models import Case


def tell(case: Case, notice: NoticeKind, *, at: datetime) -> None:
    """After the commit those who have to act next, or those who asked, hear of it."""
    outbox.put(notices.CASE_MOVED, at=at, case_id=case.pk, notice=notice.code, moved_at=at.isoformat())
