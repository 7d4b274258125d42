"""A worker with a fault: a job counts as done before it is carried out. Only for the control of the kills."""

from __future__ import annotations

from foundation.core import clock, outbox
from foundation.core.models import OutboxMessage, OutboxState
from shuanjian.celery import app

__all__ = ["app"]


def _hastily(message: OutboxMessage, *, at) -> bool:
    OutboxMessage.objects.filter(pk=message.pk).update(state=OutboxState.DONE, done_at=clock.now(), claimed_until=None)
    outbox._handlers[message.kind](message)
    return True


outbox._carry_out = _hastily
