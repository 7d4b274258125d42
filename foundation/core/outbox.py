"""Promise an effect inside a transaction (``put``), carry it out after the commit (``claim_due``, ``deliver``).

A message is claimed by compare-and-set, carried out, and marked done only by its claimer; a claimer that dies loses its
claim after ``CLAIM_FOR`` and the message is carried out again. Handlers are therefore idempotent. After
``MAX_ATTEMPTS`` failures a message is set aside as dead, for a person to look at; it never blocks the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F, Q

from . import clock
from .models import OutboxMessage, OutboxState

log = logging.getLogger(__name__)

CLAIM_FOR = timedelta(minutes=15)
MAX_ATTEMPTS = 8
_handlers: dict[str, Callable[[OutboxMessage], None]] = {}


def put(
    kind: str, *, at: datetime, due_at: datetime | None = None, key: str | None = None, **payload: object
) -> OutboxMessage | None:
    """Promise an effect in the current transaction. With a ``key`` promised before, nothing happens (None)."""
    promised = {"kind": kind, "payload": payload, "created_at": at, "due_at": due_at or at}
    if key is None:
        return OutboxMessage.objects.create(**promised)
    message, is_new = OutboxMessage.objects.get_or_create(key=key, defaults=promised)
    return message if is_new else None


def handles(kind: str) -> Callable[[Callable[[OutboxMessage], None]], Callable[[OutboxMessage], None]]:
    """Declare the one function that carries out messages of this kind (in an app's ``tasks.py``)."""

    def declare(handler: Callable[[OutboxMessage], None]) -> Callable[[OutboxMessage], None]:
        if _handlers.setdefault(kind, handler) is not handler:
            raise RuntimeError(f"two handlers for outbox messages of kind {kind}")
        return handler

    return declare


def claim_due(*, at: datetime, limit: int = 100) -> list[int]:
    """Claim due messages, and those whose claimer went silent; returns their ids, oldest first."""
    with transaction.atomic():
        open_rows = OutboxMessage.objects.filter(due_at__lte=at).filter(
            Q(state=OutboxState.DUE) | Q(state=OutboxState.CLAIMED, claimed_until__lt=at)
        )
        ids = list(
            open_rows.select_for_update(skip_locked=True, no_key=True)
            .order_by("due_at", "id")
            .values_list("id", flat=True)[:limit]
        )
        OutboxMessage.objects.filter(id__in=ids).update(
            state=OutboxState.CLAIMED, claimed_until=at + CLAIM_FOR, attempts=F("attempts") + 1
        )
    return ids


def deliver(message_id: int, *, at: datetime) -> bool:
    """Carry out one claimed message; True when it is done now. A message that is not claimed is left alone."""
    message = OutboxMessage.objects.filter(id=message_id, state=OutboxState.CLAIMED).first()
    if message is None:
        return False
    mine = OutboxMessage.objects.filter(id=message_id, state=OutboxState.CLAIMED, attempts=message.attempts)
    try:
        handler = _handlers[message.kind]
        handler(message)
    except Exception as error:
        log.exception("outbox message %s (%s) failed", message.id, message.kind)
        _set_back(mine, message, error, at=at)
        return False
    mine.update(state=OutboxState.DONE, done_at=clock.now(), claimed_until=None, last_error="")
    return True


def _set_back(mine: models.QuerySet, message: OutboxMessage, error: Exception, *, at: datetime) -> None:
    dead = message.attempts >= MAX_ATTEMPTS
    mine.update(
        state=OutboxState.DEAD if dead else OutboxState.DUE,
        due_at=message.due_at if dead else at + timedelta(seconds=10 * 2**message.attempts),
        claimed_until=None,
        last_error=f"{type(error).__name__}: {error}"[:2000],
    )


def deliver_all(*, at: datetime) -> int:
    """Carry out all that is due, in this process; for tests, the demo and installations without a worker."""
    done = 0
    while ids := claim_due(at=at):
        done += sum(deliver(message_id, at=at) for message_id in ids)
    return done


def oldest_due(*, at: datetime) -> datetime | None:
    """When the oldest message that should have been carried out by now became due; for readiness and alarms."""
    waiting = OutboxMessage.objects.filter(state__in=[OutboxState.DUE, OutboxState.CLAIMED], due_at__lte=at)
    return waiting.aggregate(oldest=models.Min("due_at"))["oldest"]
