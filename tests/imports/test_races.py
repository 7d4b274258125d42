"""Two appliers at a time, and a worker that dies half way, on a database where commits are real."""

import threading

from django.db import connections

from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import DomainError
from foundation.imports import tasks
from foundation.imports.layout import blocks
from foundation.imports.models import Batch, BatchRow
from foundation.imports.operations import apply_batch, queue_batch
from foundation.regions.models import School
from tests.cast import build_cast

from .factories import SCHOOL_HEAD, csv_file, uploaded

ROWS = [[f"第{n}小学", "小学", "", "", ""] for n in range(1, 301)]


def at_once(*calls) -> list[str]:
    """Run the calls in threads of their own, started together; what each one did or why it was refused."""
    barrier, said = threading.Barrier(len(calls)), []

    def run(call) -> None:
        try:
            barrier.wait(timeout=10)
            call()
            said.append("applied")
        except DomainError as refusal:
            said.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(said)


def test_the_same_batch_is_applied_once(committed_db):
    cast = build_cast()
    batch = uploaded(csv_file(SCHOOL_HEAD, *ROWS), by=cast.officer)
    both = [lambda by=by: apply_batch(batch=batch, by=by, at=clock.now()) for by in (cast.officer, cast.second_officer)]
    assert at_once(*both) == ["applied", "illegal_transition"]
    assert (School.objects.count(), Event.objects.count()) == (300, 1)


def test_two_batches_of_the_same_rows_do_not_double_them(committed_db):
    cast = build_cast()
    batches = [uploaded(csv_file(SCHOOL_HEAD, *ROWS), by=cast.officer) for _ in range(2)]
    calls = [lambda batch=batch: apply_batch(batch=batch, by=cast.officer, at=clock.now()) for batch in batches]
    assert at_once(*calls) == ["applied", "register_changed"]
    assert (School.objects.count(), Event.objects.count()) == (300, 1)
    assert Batch.objects.filter(state="checked").count() == 1


class WorkerKilled(BaseException):
    """What SIGKILL looks like from inside: nothing after it runs, nothing is caught."""


def dies(*args, **kwargs):
    raise WorkerKilled


def deliver_and_die() -> None:
    try:
        outbox.deliver_all(at=clock.now())
    except WorkerKilled:
        connections.close_all()


def test_a_check_that_died_starts_again_without_doubling(committed_db, monkeypatch):
    monkeypatch.setattr(blocks, "SLICE", 100)
    cast = build_cast()
    batch = uploaded(csv_file(SCHOOL_HEAD, *ROWS), by=cast.officer, later=True)
    with monkeypatch.context() as patched:
        patched.setattr("foundation.imports.running.finish_check", dies)
        deliver_and_die()
    batch.refresh_from_db()
    assert (batch.state, batch.rows_checked, BatchRow.objects.count()) == ("uploaded", 300, 300)
    assert outbox.deliver_all(at=clock.now() + outbox.CLAIM_FOR * 2) == 1
    batch.refresh_from_db()
    assert (batch.state, BatchRow.objects.count()) == ("checked", 300)


def test_an_import_that_died_starts_again_without_doubling(committed_db, monkeypatch):
    cast = build_cast()
    batch = queue_batch(batch=uploaded(csv_file(SCHOOL_HEAD, *ROWS), by=cast.officer), by=cast.officer, at=clock.now())
    with monkeypatch.context() as patched:
        patched.setattr("foundation.imports.operations.applying.record", dies)
        deliver_and_die()
    assert (School.objects.count(), Event.objects.count()) == (0, 0)
    assert outbox.deliver_all(at=clock.now() + outbox.CLAIM_FOR * 2) == 1
    assert (School.objects.count(), Event.objects.count()) == (300, 1)
    batch.refresh_from_db()
    assert batch.state == "applied"
    tasks.apply_confirmed(outbox.OutboxMessage(payload={"batch_id": batch.pk}))
    assert School.objects.count() == 300, "a message that is delivered twice does nothing"
