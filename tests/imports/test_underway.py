"""What the pages see of a transaction that has not ended: on a database where commits are real."""

import threading

import pytest
from django.db import connection, connections, transaction
from django.http import QueryDict

from bench import registry
from foundation.core import clock
from foundation.imports.enums import BatchState
from foundation.imports.models import Batch
from foundation.imports.operations import apply_batch, undo_batch
from foundation.imports.progress import progress_of
from foundation.imports.underway import Step, Underway, note, underway
from institutions.models import Institution
from institutions.operations import batches
from tests.cast import build_cast

from .factories import csv_file, uploaded


def elsewhere(call):
    """What the call returns on a connection of its own."""
    found = []

    def run():
        try:
            found.append(call())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=20)
    return found[0]


def test_a_page_sees_what_the_transaction_tells_and_nothing_after_it(committed_db):
    with transaction.atomic():
        note(7, Step.WRITE, 20_000, 100_000)
        assert elsewhere(lambda: underway(7)) == Underway(Step.WRITE, 20_000, 100_000)
        assert elsewhere(lambda: underway(70)) is None
        note(7, Step.UNDO, 5, 4)
        assert elsewhere(lambda: underway(7)) == Underway(Step.UNDO, 4, 4)
    assert elsewhere(lambda: underway(7)) is None
    with transaction.atomic():
        note(7, Step.COMPARE, 1, 2)
        transaction.set_rollback(True)
    assert elsewhere(lambda: underway(7)) is None


def test_the_bar_moves_while_a_batch_is_written_and_taken_back(committed_db, monkeypatch):
    monkeypatch.setattr(batches, "PART", 7)
    seen = []

    def note_and_look(batch_id, step, done, total):
        note(batch_id, step, done, total)
        way = elsewhere(lambda: underway(batch_id))
        seen.append((way.step, way.done, way.total))

    monkeypatch.setattr(batches, "note", note_and_look)
    officer = build_cast().officer
    before = Institution.objects.count()
    rows = registry.registry(30, county="350203")
    batch = uploaded(csv_file(registry.HEADINGS, *rows), by=officer, target="institutions")
    batch = apply_batch(batch=batch, by=officer, at=clock.now())
    assert seen == [(Step.WRITE, done, 30) for done in (0, 7, 14, 20, 27)], "31 lines of the file, 7 at a time"
    assert Institution.objects.count() == before + 30, "no row falls between two parts"
    seen.clear()
    undo_batch(batch=batch, reason="传错了文件", by=officer, at=clock.now())
    assert {step for step, _, _ in seen} == {Step.UNDO}
    assert [done for _, done, _ in seen] == sorted({done for _, done, _ in seen}), "each statement moves the bar"


@pytest.mark.django_db
def test_the_page_says_how_far_writing_has_come():
    batch = Batch(pk=7, state=BatchState.APPLYING, rows_total=500, state_at=clock.now())
    note(7, Step.WRITE, 100, 400)
    seen = progress_of(batch, QueryDict(), now=clock.now())
    assert (seen.title, seen.done, seen.rows, seen.total, seen.percent) == ("正在写入名录", "已写入", 100, 400, 25)
    note(7, Step.COMPARE, 1, 2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction looks at the sessions once
    assert progress_of(batch, QueryDict(), now=clock.now()).done == "已核对"
