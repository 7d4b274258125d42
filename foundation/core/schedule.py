"""Periodic jobs. Each slot of a job is one outbox row with a unique key: two beats do no harm, a missed slot runs once.

Times are wall-clock times in Asia/Shanghai. After a stand-still only the latest missed slot of each job is run: every
job looks at the present state, so running it once catches up with all missed days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from . import outbox


@dataclass(frozen=True)
class Every:
    """A slot every so many seconds."""

    seconds: int

    def latest_slot(self, at: datetime) -> datetime:
        return datetime.fromtimestamp(int(at.timestamp()) // self.seconds * self.seconds, tz=at.tzinfo)


@dataclass(frozen=True)
class Daily:
    """A slot a day at a wall-clock time."""

    at: time

    def latest_slot(self, at: datetime) -> datetime:
        local = timezone.localtime(at)
        slot = timezone.make_aware(datetime.combine(local.date(), self.at))
        return slot if slot <= at else timezone.make_aware(datetime.combine(local.date() - timedelta(days=1), self.at))


_jobs: dict[str, Every | Daily] = {}


def periodic(kind: str, when: Every | Daily) -> None:
    """Declare that outbox messages of ``kind`` are due at each slot of ``when`` (in an app's ``tasks.py``)."""
    if _jobs.setdefault(kind, when) is not when:
        raise RuntimeError(f"two schedules for {kind}")


def put_due_slots(*, at: datetime) -> int:
    """Promise the latest slot of every job that has not been promised yet; returns how many were new."""
    return sum(
        outbox.put(kind, at=at, key=f"slot:{kind}:{when.latest_slot(at).isoformat()}") is not None
        for kind, when in _jobs.items()
    )
