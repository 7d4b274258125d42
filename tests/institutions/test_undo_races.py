"""Undo beside another writer, and an undo whose worker dies half way, on a database where commits are real."""

from __future__ import annotations

import pytest
from django.db import connections

from foundation.core import clock, outbox
from foundation.core.errors import DomainError
from foundation.imports import tasks
from foundation.imports.models import KeptRow
from foundation.imports.operations import apply_batch, queue_undo, undo_batch
from institutions import queries
from institutions.models import Institution
from institutions.operations.register import change_institution
from tests.cast import build_cast
from tests.imports.test_races import WorkerKilled, at_once, dies
from tests.institutions.factories import credit_code
from tests.institutions.imported import FULL, WHY, bring_in, check, register, row
from tests.institutions.test_undo import CAMPUS


def rows(number: int = 60) -> list[dict[str, str]]:
    return [
        row(name=f"第{n}培训学校", credit_code=credit_code(3000 + n), license_no=f"教民1350203{n:06}", address=f"{n}号")
        for n in range(number)
    ]


def test_a_batch_is_undone_once(committed_db):
    cast = build_cast()
    batch = bring_in(*rows(), by=cast.officer, code="350203")
    both = [
        lambda by=by: undo_batch(batch=batch, reason=WHY, by=by, at=clock.now())
        for by in (cast.officer, cast.second_officer)
    ]
    assert at_once(*both) == ["applied", "illegal_transition"]
    assert register() == []


def test_an_undo_and_a_second_batch_of_the_same_rows_take_turns(committed_db):
    """Either the second batch came first and its rows stay, or the undo did and the second is told to look again."""
    cast = build_cast()
    first = bring_in(*rows(), by=cast.officer, code="350203")
    second = check(*[each | {"remark": "二改"} for each in rows()], by=cast.officer, code="350203")
    said = at_once(
        lambda: undo_batch(batch=first, reason=WHY, by=cast.officer, at=clock.now()),
        lambda: apply_batch(batch=second, by=cast.second_officer, at=clock.now()),
    )
    assert said in (["applied", "nothing_to_undo"], ["applied", "register_changed"])
    assert {found["remark"] for found in register()} in ({"二改"}, set())


def test_an_undo_and_somebody_who_works_on_an_institution_take_turns(committed_db):
    """Nobody's work is lost: it is refused, or the row stays."""
    cast = build_cast()
    batch = bring_in(*rows(), by=cast.officer, code="350203")
    known = Institution.objects.order_by("pk").last()
    said = at_once(
        lambda: undo_batch(batch=batch, reason=WHY, by=cast.officer, at=clock.now()),
        lambda: change_institution(institution=known, facts={"remark": "手改"}, by=cast.second_officer, at=clock.now()),
    )
    standing = [found["remark"] for found in register()]
    assert (said, standing, KeptRow.objects.count()) in [
        (["applied", "applied"], ["手改"], 1),
        (["applied", "not_allowed"], [], 0),
    ]


@pytest.mark.parametrize(
    "where",
    [
        "foundation.imports.operations.undoing.record",
        "institutions.importing.take_back_imported",
        "foundation.imports.operations.undoing.constraints.update",
    ],
)
def test_an_undo_whose_worker_died_left_nothing_behind_and_is_repeated(committed_db, monkeypatch, where):
    cast = build_cast()
    batch = bring_in(
        *rows(),
        CAMPUS | {"name": "第0培训学校（莲前校区）", "credit_code": credit_code(3000)},
        by=cast.officer,
        code="350203",
    )
    before = queries.content_hash()
    outbox.deliver_all(at=clock.now())
    batch = queue_undo(batch=batch, reason=WHY, by=cast.officer, at=clock.now())
    with monkeypatch.context() as patched:
        patched.setattr(where, dies)
        with pytest.raises(WorkerKilled):
            tasks.undo_asked_for(outbox.OutboxMessage(payload={"batch_id": batch.pk}))
        connections.close_all()
    batch.refresh_from_db()
    assert (batch.state, queries.content_hash(), KeptRow.objects.count()) == ("undoing", before, 0)
    assert outbox.deliver_all(at=clock.now() + outbox.CLAIM_FOR * 2) >= 1
    batch.refresh_from_db()
    assert (batch.state, register()) == ("undone", [])
    tasks.undo_asked_for(outbox.OutboxMessage(payload={"batch_id": batch.pk}))
    assert register() == []


def test_an_undo_that_is_refused_in_the_background_lets_the_batch_stand_and_says_why(committed_db):
    cast = build_cast()
    batch = bring_in(FULL, by=cast.officer, code="350203")
    known = Institution.objects.get()
    batch = queue_undo(batch=batch, reason=WHY, by=cast.officer, at=clock.now())
    change_institution(institution=known, facts={"remark": "手改"}, by=cast.officer, at=clock.now())
    before = register()
    tasks.undo_asked_for(outbox.OutboxMessage(payload={"batch_id": batch.pk}))
    batch.refresh_from_db()
    assert (batch.state, register()) == ("applied", before)
    assert batch.note.startswith("没有撤销：这批数据都不能撤销：第2行")
    with pytest.raises(DomainError):
        undo_batch(batch=batch, reason=WHY, by=cast.officer, at=clock.now())
