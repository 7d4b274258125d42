"""Promise an effect inside a transaction (``put``), carry it out after the commit (``claim_due``, ``deliver``).

A claim says "somebody was told of this message" and lapses after ``CLAIM_FOR``; then somebody is told again. Who
carries a message out holds an advisory lock of the database meanwhile, on the connection that does the work: a second
deliverer leaves the message alone however long the first one takes, and when the first one dies, killed or with its
machine, PostgreSQL lets the lock go, no clock and no heartbeat needed. So a message is never carried out twice at once,
and a dead deliverer is noticed within ``CLAIM_FOR``. It may be carried out twice in a row: handlers are idempotent.

An attempt is counted when a handler starts, not when somebody is told, so a backlog wears no message out. After
``MAX_ATTEMPTS`` failures or deaths a message is set aside as dead, for a person to look at; it never blocks the others.
Kinds that are declared ``long`` leave one process of the worker free for all the others; whoever ends one rings for the
next.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q

from . import clock
from .models import OutboxMessage, OutboxState

log = logging.getLogger(__name__)

CLAIM_FOR = timedelta(seconds=30)
TURN_AGAIN = timedelta(seconds=5)
MAX_ATTEMPTS = 8
CARRIED_OUT, LONG_TURN = 7_350_010, 7_350_011  # first keys of our advisory locks; the second ones: message, turn
_handlers: dict[str, Callable[[OutboxMessage], None]] = {}
_long: set[str] = set()


def put(
    kind: str, *, at: datetime, due_at: datetime | None = None, key: str | None = None, **payload: object
) -> OutboxMessage | None:
    """Promise an effect in the current transaction. With a ``key`` promised before, nothing happens (None)."""
    promised = {"kind": kind, "payload": payload, "created_at": at, "due_at": due_at or at}
    if key is None:
        return OutboxMessage.objects.create(**promised)
    message, is_new = OutboxMessage.objects.get_or_create(key=key, defaults=promised)
    return message if is_new else None


def put_all(kind: str, payloads: Iterable[Mapping[str, object]], *, at: datetime) -> None:
    """Promise an effect for each of these payloads, at once."""
    OutboxMessage.objects.bulk_create(
        [OutboxMessage(kind=kind, payload=dict(payload), created_at=at, due_at=at) for payload in payloads]
    )


def try_again(key: str, *, at: datetime) -> bool:
    """Let a message that was set aside fall due once more; False where the key names none."""
    dead = OutboxMessage.objects.filter(key=key, state=OutboxState.DEAD)
    return bool(dead.update(state=OutboxState.DUE, due_at=at, attempts=0))


def handles(
    kind: str, *, long: bool = False
) -> Callable[[Callable[[OutboxMessage], None]], Callable[[OutboxMessage], None]]:
    """Declare the one function that carries out messages of this kind (in an app's ``tasks.py``).

    ``long``: it may take minutes.
    """

    def declare(handler: Callable[[OutboxMessage], None]) -> Callable[[OutboxMessage], None]:
        if _handlers.setdefault(kind, handler) is not handler:
            raise RuntimeError(f"two handlers for outbox messages of kind {kind}")
        if long:
            _long.add(kind)
        return handler

    return declare


def claim_due(*, at: datetime, limit: int = 100, after: int = 0) -> list[int]:
    """Claim due messages, and those that nobody took up or whose deliverer died; returns their ids, oldest first.

    ``after``: only those that were put after the message of this id.
    """
    due = Q(state=OutboxState.DUE) | Q(state=OutboxState.CLAIMED, claimed_until__lt=at)
    return _claim(OutboxMessage.objects.filter(due, due_at__lte=at, id__gt=after), at=at, limit=limit)


def claim_next_long(*, at: datetime) -> list[int]:
    """Claim the long message that has waited longest for its turn; of one whose bell is on its way this is a second."""
    waiting = OutboxMessage.objects.filter(state__in=[OutboxState.DUE, OutboxState.CLAIMED], due_at__lte=at)
    return _claim(waiting.filter(kind__in=_long), at=at, limit=1)


@transaction.atomic
def _claim(rows: models.QuerySet[OutboxMessage], *, at: datetime, limit: int) -> list[int]:
    """The ids of these, without those that somebody is carrying out; the oldest first."""
    ids = list(
        rows.exclude(id__in=_in_hand())
        .select_for_update(skip_locked=True, no_key=True)
        .order_by("due_at", "id")
        .values_list("id", flat=True)[:limit]
    )
    OutboxMessage.objects.filter(id__in=ids).update(state=OutboxState.CLAIMED, claimed_until=at + CLAIM_FOR)
    return ids


def long_among(ids: list[int]) -> set[int]:
    """Those of these messages that may take minutes."""
    return set(OutboxMessage.objects.filter(id__in=ids, kind__in=_long).values_list("id", flat=True))


def deliver(message_id: int, *, at: datetime) -> bool:
    """Carry out one claimed message; True when it is done now.

    A message that is not claimed, that somebody else is carrying out, or whose turn has not come is left alone.
    """
    with _alone(CARRIED_OUT, message_id) as alone:
        message = OutboxMessage.objects.filter(id=message_id, state=OutboxState.CLAIMED).first() if alone else None
        if message is None:
            return False
        if message.kind not in _long:
            return _carry_out(message, at=at)
        with _turn() as turn:
            if turn:
                return _carry_out(message, at=at)
        _claim_on(message).update(claimed_until=at + TURN_AGAIN)
        return False


def _carry_out(message: OutboxMessage, *, at: datetime) -> bool:
    if message.attempts >= MAX_ATTEMPTS:
        log.error("outbox message %s (%s) is set aside: its deliverers died", message.id, message.kind)
        died = message.last_error or "its deliverers died"
        _claim_on(message).update(state=OutboxState.DEAD, claimed_until=None, last_error=died)
        return False
    _claim_on(message).update(attempts=message.attempts + 1, claimed_until=at + CLAIM_FOR)
    message.attempts += 1
    try:
        handler = _handlers[message.kind]
        handler(message)
    except Exception as error:
        log.exception("outbox message %s (%s) failed", message.id, message.kind)
        _set_back(message, error, at=at)
        return False
    _claim_on(message).update(state=OutboxState.DONE, done_at=clock.now(), claimed_until=None, last_error="")
    return True


def _set_back(message: OutboxMessage, error: Exception, *, at: datetime) -> None:
    dead = message.attempts >= MAX_ATTEMPTS
    _claim_on(message).update(
        state=OutboxState.DEAD if dead else OutboxState.DUE,
        due_at=message.due_at if dead else at + timedelta(seconds=10 * 2**message.attempts),
        claimed_until=None,
        last_error=f"{type(error).__name__}: {error}"[:2000],
    )


def _claim_on(message: OutboxMessage) -> models.QuerySet[OutboxMessage]:
    """The row, as long as it is what this deliverer found."""
    return OutboxMessage.objects.filter(id=message.id, state=OutboxState.CLAIMED, attempts=message.attempts)


@contextmanager
def _alone(group: int, number: int) -> Iterator[bool]:
    """Hold an advisory lock of this session, if nobody holds it; ends with the session at the latest."""
    keys = [group, number % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", keys)
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            _let_go(keys)


def _let_go(keys: list[int]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", keys)
    except DatabaseError:  # the connection is broken, or inside a broken transaction: the lock must not stay
        if not connection.in_atomic_block:
            connection.close()


@contextmanager
def _turn() -> Iterator[bool]:
    """One of the places for long messages: as many as the worker has processes, less one for all others."""
    places = max(settings.CELERY_WORKER_CONCURRENCY - 1, 1)
    for place in range(places):
        with _alone(LONG_TURN, place) as mine:
            if mine:
                yield True
                return
    yield False


def _in_hand() -> list[int]:
    """The messages that somebody is carrying out at this moment, in any process on any machine."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT objid::bigint FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 2 AND classid = %s AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """,
            [CARRIED_OUT],
        )
        return [number for (number,) in cursor.fetchall()]


def deliver_all(*, at: datetime, after: int = 0) -> int:
    """Carry out all that is due, in this process; for tests, the demo and installations without a worker.

    ``after``: only those that were put after the message of this id.
    """
    done = 0
    while ids := claim_due(at=at, after=after):
        done += sum(deliver(message_id, at=at) for message_id in ids)
    return done


def oldest_due(*, at: datetime) -> datetime | None:
    """When the oldest message that should have been carried out by now became due; for readiness and alarms.

    Those in hand do not count: a large import takes minutes, and the portal serves meanwhile.
    """
    waiting = OutboxMessage.objects.filter(state__in=[OutboxState.DUE, OutboxState.CLAIMED], due_at__lte=at)
    return waiting.exclude(id__in=_in_hand()).aggregate(oldest=models.Min("due_at"))["oldest"]
