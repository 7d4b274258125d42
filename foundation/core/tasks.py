"""Two Celery entries drive everything periodic: one promises due slots, one hands due messages to the workers."""

from celery import shared_task

from . import clock, outbox, schedule, throttle

SWEEP_THROTTLES = "core.sweep_throttles"
schedule.periodic(SWEEP_THROTTLES, schedule.Every(seconds=600))

LONG_LIMIT = 3600  # seconds after which Celery ends a process that carries out a long message


@shared_task(ignore_result=True)
def tick() -> None:
    """Promise due slots, then ring the bell for each due message. A bell that nobody heard in time is rung anew."""
    at = clock.now()
    schedule.put_due_slots(at=at)
    _ring(outbox.claim_due(at=at))


@shared_task(ignore_result=True)
def deliver(message_id: int, *, long: bool = False) -> None:
    """Carry out one claimed outbox message. After a long one the next one has its turn at once."""
    if outbox.deliver(message_id, at=clock.now()) and long:
        _ring(outbox.claim_next_long(at=clock.now()))


def _ring(ids: list[int]) -> None:
    long = outbox.long_among(ids)
    for message_id in ids:
        limit = {"time_limit": LONG_LIMIT} if message_id in long else {}
        expires = outbox.CLAIM_FOR.total_seconds()
        deliver.apply_async([message_id], {"long": message_id in long}, expires=expires, **limit)


@outbox.handles(SWEEP_THROTTLES)
def sweep_throttles(message) -> None:
    """Forget how often addresses asked in windows that are over."""
    throttle.sweep(at=clock.now())
