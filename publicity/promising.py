"""A check promises its next slice, which is carried out after the commit."""

from __future__ import annotations

from datetime import datetime

from foundation.core import outbox

from . import notices
from .models import PublicCheck


def promise_slice(check: PublicCheck, *, at: datetime) -> None:
    """The next slice of a check; asked for twice at the same point it is done once."""
    key = f"{notices.CARRY_ON}:{check.pk}:{check.phase}:{check.cursor}"
    outbox.put(notices.CARRY_ON, at=at, key=key, check_id=check.pk)
