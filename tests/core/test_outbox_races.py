"""Two deliverers at a time, and deliverers that die, on a database where commits are real."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, connections

from foundation.core import clock, outbox, tasks
from foundation.core.models import OutboxMessage, OutboxState
from tests.stack.running import until

KIND, LONG_KIND = "test.effect", "test.long_effect"
ROOT = Path(__file__).resolve().parents[2]
DELIVERER = """
import os, signal, sys, time, django
django.setup()
from django.db import connection
from foundation.core import clock, outbox, tasks
def ends_itself(message):
    os.kill(os.getpid(), signal.SIGKILL)
def asks_for_long(message):
    print("started", flush=True)
    connection.cursor().execute("SELECT pg_sleep(60)")
outbox._handlers["test.effect"] = {"ends_itself": ends_itself, "asks_for_long": asks_for_long}[sys.argv[1]]
outbox.deliver(int(sys.argv[2]), at=clock.now())
"""


def deliverer(how: str, message_id: int) -> subprocess.Popen:
    """Another process with a handler of its own, which delivers one message of this test's database."""
    login = settings.DATABASES["default"]
    address = "postgresql://{}:{}@{}:{}/{}".format(
        *(quote(str(login[name]), safe="") for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME"))
    )
    environment = {**os.environ, "DATABASE_URL": address, "DATABASE_OWNER_URL": address}
    command = [sys.executable, "-c", DELIVERER, how, str(message_id)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


class InHand:
    """A message that a thread is carrying out from entering until leaving."""

    def __init__(self, monkeypatch, kind: str = KIND):
        self.started, self.may_end, self.times = threading.Event(), threading.Event(), 0
        monkeypatch.setitem(outbox._handlers, kind, self.carry_out)

    def carry_out(self, message: OutboxMessage) -> None:
        self.times += 1
        self.started.set()
        assert self.may_end.wait(timeout=20)

    def deliver(self, message_id: int) -> None:
        try:
            outbox.deliver(message_id, at=clock.now())
        finally:
            connections.close_all()

    def of(self, message_id: int) -> "InHand":
        self.thread = threading.Thread(target=self.deliver, args=[message_id])
        return self

    def __enter__(self) -> "InHand":
        self.thread.start()
        assert self.started.wait(timeout=10)
        return self

    def __exit__(self, *error: object) -> None:
        self.may_end.set()
        self.thread.join(timeout=20)


def promised(kind: str = KIND) -> OutboxMessage:
    """A message that was put and claimed."""
    message = outbox.put(kind, at=clock.now())
    assert message.id in outbox.claim_due(at=clock.now())
    return message


def test_a_message_in_hand_is_left_alone_however_long_it_takes(committed_db, monkeypatch):
    message = promised()
    hours_later = clock.now() + timedelta(hours=3)
    with InHand(monkeypatch).of(message.id) as slow:
        assert outbox.deliver(message.id, at=hours_later) is False
        assert outbox.claim_due(at=hours_later) == []
        assert outbox.oldest_due(at=hours_later) is None, "the portal is ready while a large import runs"
        message.refresh_from_db()
        assert (message.state, message.attempts) == (OutboxState.CLAIMED, 1)
    message.refresh_from_db()
    assert (message.state, message.attempts, slow.times) == (OutboxState.DONE, 1, 1)
    assert outbox._in_hand() == [], "the lock is let go"


def test_a_message_whose_deliverer_was_killed_is_told_of_again_within_a_minute(committed_db, monkeypatch):
    message = promised()
    with deliverer("ends_itself", message.id) as process:
        assert process.wait(timeout=30) == -signal.SIGKILL
    message.refresh_from_db()
    assert (message.state, message.attempts) == (OutboxState.CLAIMED, 1)
    assert outbox.claim_due(at=clock.now()) == []
    assert outbox.claim_due(at=clock.now() + timedelta(seconds=61)) == [message.id]
    seen = []
    monkeypatch.setitem(outbox._handlers, KIND, seen.append)
    assert outbox.deliver(message.id, at=clock.now())
    message.refresh_from_db()
    assert (message.state, message.attempts, len(seen)) == (OutboxState.DONE, 2, 1)


def asleep() -> bool:
    """Whether PostgreSQL is at the long statement of the other process."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'"
            " AND query = 'SELECT pg_sleep(60)'"
        )
        return cursor.fetchone() is not None


@pytest.mark.slow
def test_the_statement_of_a_killed_deliverer_ends_within_seconds(committed_db):
    message = promised()
    with deliverer("asks_for_long", message.id) as process:
        assert process.stdout.readline() == "started\n"
        until(asleep, 10, "PostgreSQL has got the statement")
        process.kill()
    assert outbox._in_hand() == [message.id], "PostgreSQL is still at its statement"
    give_up = time.monotonic() + 40
    while outbox._in_hand() and time.monotonic() < give_up:
        time.sleep(0.1)
    assert outbox._in_hand() == []


def test_a_message_that_kills_its_deliverers_is_set_aside(committed_db, monkeypatch, caplog):
    class Killed(BaseException):
        pass

    def kills(message):
        raise Killed

    monkeypatch.setitem(outbox._handlers, KIND, kills)
    message = outbox.put(KIND, at=clock.now())
    for death in range(outbox.MAX_ATTEMPTS):
        later = clock.now() + outbox.CLAIM_FOR * 2 * death
        assert outbox.claim_due(at=later) == [message.id]
        with pytest.raises(Killed):
            outbox.deliver(message.id, at=later)
    later = clock.now() + timedelta(days=1)
    assert outbox.claim_due(at=later) == [message.id], "the last death is noticed too"
    assert outbox.deliver(message.id, at=later) is False
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (OutboxState.DEAD, 8, "its deliverers died")


def test_two_bells_at_once_carry_a_message_out_once(committed_db, monkeypatch):
    seen, barrier = [], threading.Barrier(8)

    def carry_out(message):
        seen.append(message.id)
        time.sleep(0.05)

    monkeypatch.setitem(outbox._handlers, KIND, carry_out)
    message = promised()

    def ring():
        try:
            barrier.wait(timeout=10)
            outbox.deliver(message.id, at=clock.now())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ring) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    message.refresh_from_db()
    assert (seen, message.state, message.attempts) == ([message.id], OutboxState.DONE, 1)


def test_long_messages_leave_a_process_for_the_others(committed_db, monkeypatch, settings):
    settings.CELERY_WORKER_CONCURRENCY = 2
    monkeypatch.setattr(outbox, "_long", {LONG_KIND})
    seen = []
    monkeypatch.setitem(outbox._handlers, KIND, seen.append)
    first, second, short = promised(LONG_KIND), promised(LONG_KIND), promised()
    assert outbox.long_among([first.id, second.id, short.id]) == {first.id, second.id}
    at = clock.now()
    with InHand(monkeypatch, LONG_KIND).of(first.id):
        assert outbox.deliver(second.id, at=at) is False
        assert outbox.deliver(short.id, at=at) is True
        second.refresh_from_db()
        assert (second.state, second.attempts) == (OutboxState.CLAIMED, 0)
        assert outbox.claim_next_long(at=at) == [second.id]
        assert outbox.deliver(second.id, at=at) is False, "it is not its turn yet"
    assert outbox.claim_due(at=at + timedelta(seconds=6)) == [second.id], "asked again soon, not after a minute"
    assert outbox.deliver(second.id, at=at) is True
    assert outbox.claim_next_long(at=at) == []


def test_after_a_long_message_the_next_one_has_its_turn_at_once(committed_db, monkeypatch):
    rung = []
    monkeypatch.setattr(outbox, "_long", {LONG_KIND})
    monkeypatch.setattr(tasks.deliver, "apply_async", lambda args, given, **_: rung.append((*args, given["long"])))
    for kind in (KIND, LONG_KIND):
        monkeypatch.setitem(outbox._handlers, kind, lambda message: None)
    first, second = promised(LONG_KIND), promised(LONG_KIND)
    later = outbox.put(LONG_KIND, at=clock.now(), due_at=clock.now() + timedelta(hours=1))
    short = promised()
    tasks.deliver(short.id)
    assert rung == []
    tasks.deliver(first.id, long=True)
    assert rung == [(second.id, True)]
    tasks.deliver(second.id, long=True)
    assert rung == [(second.id, True)], f"{later} is not due"


def test_with_three_processes_two_long_messages_run_side_by_side(committed_db, monkeypatch, settings):
    settings.CELERY_WORKER_CONCURRENCY = 3
    monkeypatch.setattr(outbox, "_long", {LONG_KIND})
    first, second, third = (promised(LONG_KIND) for _ in range(3))
    with InHand(monkeypatch, LONG_KIND).of(first.id), InHand(monkeypatch, LONG_KIND).of(second.id):
        assert outbox.deliver(third.id, at=clock.now()) is False
        third.refresh_from_db()
        assert third.attempts == 0
