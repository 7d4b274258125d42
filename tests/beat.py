"""What beat and worker do at one moment, for tests that let days pass."""

from __future__ import annotations

from datetime import datetime

from foundation.core import clock, outbox, schedule
from foundation.core.models import OutboxMessage
from publicity.notices import DAILY_CHECK


def live(at: datetime) -> None:
    """All periodic jobs but the daily check of our own pages: it reads the whole public site, a second for each day."""
    with clock.set_to(at):
        schedule.put_due_slots(at=at)
        OutboxMessage.objects.filter(kind=DAILY_CHECK).delete()
        outbox.deliver_all(at=at)
