"""A worker with a fault: a job counts as done before it is carried out. Only for the control of the kills."""

from __future__ import annotations

import django

from shuanjian.celery import app

django.setup()

from foundation.core import clock, outbox  # noqa: E402
from foundation.core.models import OutboxMessage, OutboxState  # noqa: E402

__all__ = ["app"]


def _hastily(message: OutboxMessage, *, at) -> bool:
    OutboxMessage.objects.filter(pk=message.pk).update(state=OutboxState.DONE, done_at=clock.now(), claimed_until=None)
    outbox._handlers[message.kind](message)
    return True


outbox._carry_out = _hastily
