"""A case in the order of its days: stories side by side, each waiting for its next instant.

A story is a generator: what it yields is the instant at which it goes on, and until it yields again the clock stands
there. So numbers run on by date, and act and recorded times agree.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from foundation.core import clock, outbox
from foundation.core.models import OutboxMessage

Story = Iterator[datetime]
Tell = Callable[[int, int], None]


def instant(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """An instant in the place's own time; days, hours and minutes may run over."""
    month_begins = datetime(year, month, 1, tzinfo=timezone.get_default_timezone())
    return month_begins + timedelta(days=day - 1, hours=hour, minutes=minute)


def at_hour(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A day's instant in the place's own time."""
    return instant(day.year, day.month, day.day, hour, minute)


class Diary:
    """Stories that were begun, by the instant at which each goes on."""

    def __init__(self) -> None:
        self.waiting: list[tuple[datetime, int, Story]] = []
        self.begun = self.gone = 0
        self.newest_before = OutboxMessage.objects.aggregate(newest=Max("pk", default=0))["newest"]

    def tell(self, story: Story) -> None:
        """Let a story take its turn; a story may do so with another one."""
        if (at := next(story, None)) is not None:
            self.begun += 1
            heapq.heappush(self.waiting, (at, self.begun, story))

    def on(self, at: datetime, act: Callable[[datetime], object]) -> None:
        """One step: ``act`` is called with ``at`` when the clock stands there; it may enter further ones."""
        self.tell(_once(at, act))

    def run(self, tell: Tell) -> None:
        """Until all are over; ``tell`` hears how many turns are done and how many are known of."""
        while self.waiting:
            at, _, story = heapq.heappop(self.waiting)
            with clock.set_to(at):
                self.tell(story)
            self.gone += 1
            tell(self.gone, self.gone + len(self.waiting))

    def deliver(self) -> None:
        """Carry out what the stories have promised by now (papers, messages, editions), and nothing else's."""
        outbox.deliver_all(at=clock.now(), after=self.newest_before)


def _once(at: datetime, act: Callable[[datetime], object]) -> Story:
    yield at
    act(at)
