"""Two Celery entries drive everything periodic: one promises due slots, one hands due messages to the workers."""

from celery import shared_task

from . import clock, outbox, schedule


@shared_task(ignore_result=True)
def tick() -> None:
    """Promise due slots, then ring the bell for each due message."""
    at = clock.now()
    schedule.put_due_slots(at=at)
    for message_id in outbox.claim_due(at=at):
        deliver.delay(message_id)


@shared_task(ignore_result=True)
def deliver(message_id: int) -> None:
    """Carry out one claimed outbox message."""
    outbox.deliver(message_id, at=clock.now())
