"""An original leaves its seal: for an auditor or a court, on the machine only."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.errors import InvalidInput
from foundation.core.operation import authorize, operation
from foundation.photos import events, rules
from foundation.photos.models import Photo

SHORTEST_REASON = 6


@operation
def take_out_original(*, photo: Photo, reason: str, by: Actor, at: datetime) -> Photo:
    """Write down that the original is taken out, and why, before it is. Raises NotAllowed, InvalidInput (no reason)."""
    authorize(by, rules.can_take_out)
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise InvalidInput(f"请写明提取原件的理由，至少{SHORTEST_REASON}个字。", code="no_reason")
    record(events.ORIGINAL_TAKEN_OUT, subject=photo, by=by, at=at, reason=reason)
    return photo
