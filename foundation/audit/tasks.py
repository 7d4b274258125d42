"""Periodic jobs of the audit: seal every few seconds, close each day shortly after midnight."""

from datetime import time, timedelta

from foundation.core import clock, outbox, schedule

from .sealing import close_day, seal
from .streams import all_streams

SEAL = "audit.seal"
CLOSE_DAY = "audit.close_day"

schedule.periodic(SEAL, schedule.Every(seconds=10))
schedule.periodic(CLOSE_DAY, schedule.Daily(at=time(0, 15)))


@outbox.handles(SEAL)
def seal_streams(message) -> None:
    for stream in all_streams():
        seal(stream)


@outbox.handles(CLOSE_DAY)
def close_yesterday(message) -> None:
    at = clock.now()
    for stream in all_streams():
        close_day(stream, day=clock.local_date(at) - timedelta(days=1), at=at)
