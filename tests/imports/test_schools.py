"""The pipeline, proved on its smallest register."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from foundation.accounts.models import Post
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.imports import tasks, workflow
from foundation.imports.enums import BatchState
from foundation.imports.models import Batch, BatchFilePart, BatchRow
from foundation.imports.operations import (
    apply_batch,
    discard_batch,
    give_up_undo,
    queue_batch,
    queue_undo,
    recheck_batch,
    undo_batch,
)
from foundation.imports.running import check_again, run_check
from foundation.imports.stored import keep_file
from foundation.regions.models import School
from tests.cast import SINCE

from .factories import SCHOOL_HEAD, checked, codes, csv_file, notes, uploaded, xlsx_file

pytestmark = pytest.mark.django_db

GOOD = [
    ["思明小学", "小学", "思明区", "厦港街道", "2135000001"],
    ["第二中学", "初级中学", "350203", "", ""],
    ["第三学校", "九年一贯制", "", "中华街道办事处", ""],
]
BAD = [["", "小学", "思明区", "", ""], ["第五小学", "大学", "思明区", "", ""], ["集美小学", "小学", "集美区", "", ""]]


def schools() -> list[tuple]:
    return list(School.objects.order_by("pk").values_list())


def test_every_row_has_a_verdict_and_all_its_reasons(cast):
    rows = checked(csv_file(SCHOOL_HEAD, *GOOD, *BAD, ["", "大学", "火星区", "", "1.1E+11"]))
    assert [(row.number, row.outcome, codes(row)) for row in rows] == [
        (2, "created", []),
        (3, "created", []),
        (4, "created", []),
        (5, "rejected", ["missing_name"]),
        (6, "rejected", ["category_unknown"]),
        (7, "rejected", ["county_out_of_scope"]),
        (8, "rejected", ["category_unknown", "code_scientific", "missing_name", "county_unknown"]),
    ]
    assert [row.record.get("town") for row in rows[:3]] == ["厦港街道", None, "中华街道"]
    assert School.objects.count() == 0


def test_abolished_counties_are_taken_with_a_warning(db):
    rows = checked(
        csv_file(SCHOOL_HEAD, ["列东小学", "小学", "梅列区", "", ""], ["沙县小学", "小学", "350427", "", ""]),
        code="350400",
    )
    assert [(row.outcome, row.record["county"], notes(row)) for row in rows] == [
        ("created", "三元区", ["code_legacy"]),
        ("created", "沙县区", ["code_legacy"]),
    ]


def test_a_citys_file_must_name_the_county(db):
    rows = checked(
        csv_file(SCHOOL_HEAD, ["甲小学", "小学", "", "", ""], ["乙小学", "小学", "集美", "", ""]), code="350200"
    )
    assert [(row.outcome, codes(row)) for row in rows] == [("rejected", ["county_missing"]), ("created", [])]


def test_equal_rows_are_told_apart_from_contradicting_ones(db):
    rows = checked(csv_file(SCHOOL_HEAD, GOOD[0], GOOD[0], GOOD[1], [*GOOD[1][:1], "小学", "", "", ""]))
    assert [(row.outcome, codes(row)) for row in rows] == [
        ("created", []),
        ("duplicate", ["duplicate_in_file"]),
        ("rejected", ["duplicate_conflict"]),
        ("rejected", ["duplicate_conflict"]),
    ]
    assert "第5行" in rows[2].reasons[0].message


def test_good_rows_are_written_with_one_event_and_the_file_is_forgotten(cast):
    batch = uploaded(csv_file(SCHOOL_HEAD, *GOOD, *BAD), by=cast.officer)
    assert (batch.state, Event.objects.count(), School.objects.count()) == (BatchState.CHECKED, 0, 0)
    batch = apply_batch(batch=batch, by=cast.officer, at=clock.now())
    assert batch.state == BatchState.APPLIED
    assert {name: number for name, number in batch.counts.items() if number} == {"created": 3, "rejected": 3}
    assert sorted(School.objects.values_list("name", "division__name")) == [
        ("思明小学", "厦港街道"),
        ("第三学校", "中华街道"),
        ("第二中学", "思明区"),
    ]
    event = Event.objects.get()
    assert (event.kind, event.subject_id, event.changes["counts"]) == ("imports.batch_applied", batch.pk, batch.counts)
    assert event.changes["digest"] == [None, batch.digest]
    assert not BatchFilePart.objects.exists()
    ids = set(School.objects.values_list("pk", flat=True))
    assert set(batch.rows.filter(outcome="created").values_list("subject_id", flat=True)) == ids


def test_the_same_file_again_changes_nothing_and_leaves_no_trace(cast):
    content = csv_file(SCHOOL_HEAD, *GOOD)
    apply_batch(batch=uploaded(content, by=cast.officer), by=cast.officer, at=clock.now())
    before, events = schools(), Event.objects.count()
    again = apply_batch(batch=uploaded(content, by=cast.officer), by=cast.officer, at=clock.now())
    assert again.counts["unchanged"] == 3
    assert (schools(), Event.objects.count()) == (before, events)


def test_changed_rows_keep_what_was_before_and_blank_cells_erase_nothing(cast):
    apply_batch(batch=uploaded(csv_file(SCHOOL_HEAD, *GOOD), by=cast.officer), by=cast.officer, at=clock.now())
    changed = csv_file(
        SCHOOL_HEAD, ["思明小学", "九年一贯制", "", "鼓浪屿街道", ""], GOOD[1], ["第三学校", "", "", "", ""]
    )
    batch = uploaded(changed, by=cast.officer)
    row = batch.rows.get(number=2)
    assert row.outcome == "updated"
    assert {name: row.before[name] for name in ("stage", "town")} == {"stage": "primary", "town": "厦港街道"}
    assert set(row.before) <= {"stage", "town", "jurisdiction", "division"}, "the places are kept to take it back"
    apply_batch(batch=batch, by=cast.officer, at=clock.now())
    school = School.objects.select_related("division").get(name="思明小学")
    assert (school.stage, school.division.name, school.code) == ("nine_year", "鼓浪屿街道", "2135000001")


def test_all_or_nothing_writes_nothing_when_a_row_is_bad(cast):
    batch = uploaded(csv_file(SCHOOL_HEAD, *GOOD, BAD[0]), by=cast.officer, mode="all-or-nothing")
    with pytest.raises(InvalidInput) as refusal:
        apply_batch(batch=batch, by=cast.officer, at=clock.now())
    assert "1行不合格" in refusal.value.message
    assert (School.objects.count(), Event.objects.count()) == (0, 0)


def test_what_changed_since_the_check_is_noticed(cast):
    first = uploaded(csv_file(SCHOOL_HEAD, *GOOD), by=cast.officer)
    second = uploaded(csv_file(SCHOOL_HEAD, GOOD[0]), by=cast.officer)
    apply_batch(batch=second, by=cast.officer, at=clock.now())
    with pytest.raises(Conflict) as refusal:
        apply_batch(batch=first, by=cast.officer, at=clock.now())
    assert refusal.value.code == "register_changed"
    assert School.objects.count() == 1
    again = check_again(first, by=cast.officer)
    assert (again.counts["created"], again.counts["unchanged"]) == (2, 1)
    apply_batch(batch=again, by=cast.officer, at=clock.now())
    assert School.objects.count() == 3


def test_nobody_imports_for_another_bureau_or_without_the_capability(cast):
    content = csv_file(SCHOOL_HEAD, *GOOD)
    allowed = set()
    for name, actor in cast.everyone().items():
        try:
            with transaction.atomic():
                uploaded(content, by=actor)
                allowed.add(name)
                transaction.set_rollback(True)
        except NotAllowed:
            continue
    assert allowed == {"officer", "second_officer"}
    batch = uploaded(content, by=cast.officer)
    for step in (apply_batch, discard_batch, queue_batch):
        with pytest.raises(NotAllowed):
            step(batch=batch, by=cast.neighbour, at=clock.now())
    assert set(Batch.objects.visible_to(cast.neighbour)) == set()
    assert list(Batch.objects.visible_to(cast.city)) == [batch]


def stand(batch, by):
    return give_up_undo(batch=batch, note="没有撤销", by=by, at=clock.now())


STEPS = {
    "check": lambda batch, by: run_check(batch, by=by),
    "recheck": lambda batch, by: recheck_batch(batch=batch, by=by, at=clock.now()),
    "queue": lambda batch, by: queue_batch(batch=batch, by=by, at=clock.now()),
    "apply": lambda batch, by: apply_batch(batch=batch, by=by, at=clock.now()),
    "queue_undo": lambda batch, by: queue_undo(batch=batch, reason="发错文件", by=by, at=clock.now()),
    "undo": lambda batch, by: undo_batch(batch=batch, reason="发错文件", by=by, at=clock.now()),
    "stand": stand,
    "discard": lambda batch, by: discard_batch(batch=batch, by=by, at=clock.now()),
}
WAY_TO = {
    "unmapped": [],
    "uploaded": [],
    "checked": ["check"],
    "applying": ["check", "queue"],
    "applied": ["check", "apply"],
    "undoing": ["check", "apply", "queue_undo"],
    "undone": ["check", "apply", "undo"],
    "discarded": ["discard"],
}


@pytest.mark.parametrize("state", BatchState.values)
@pytest.mark.parametrize("transition", workflow.BATCH.transitions, ids=lambda step: step.name)
def test_every_step_from_every_state(cast, state, transition):
    batch = uploaded(csv_file(SCHOOL_HEAD, GOOD[0]), by=cast.officer, later=True)
    if state == "unmapped":
        Batch.objects.update(state=state)
    for step in WAY_TO[state]:
        STEPS[step](Batch.objects.get(), cast.officer)
    events = Event.objects.count()
    batch = Batch.objects.get()
    if transition.starts_from(state):
        assert STEPS[transition.name](batch, cast.officer).state == transition.target
    else:
        with pytest.raises((IllegalTransition, NotAllowed, Conflict)):
            STEPS[transition.name](batch, cast.officer)
        assert (Batch.objects.get().state, Event.objects.count()) == (state, events)


def test_a_discarded_batch_keeps_neither_file_nor_rows(cast):
    batch = discard_batch(
        batch=uploaded(csv_file(SCHOOL_HEAD, *GOOD), by=cast.officer), by=cast.officer, at=clock.now()
    )
    assert (batch.state, BatchRow.objects.count(), BatchFilePart.objects.count()) == ("discarded", 0, 0)
    assert Event.objects.get().kind == "imports.batch_discarded"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE imports_batchrow SET outcome = 'unchanged'",
        "DELETE FROM imports_batchrow",
        "TRUNCATE imports_batchrow",
        "INSERT INTO imports_batchrow"
        " (batch_id, sheet, number, title, code, cells, record, sealed, outcome, reasons, warnings, before)"
        " SELECT batch_id, 'x', 99, '', '', '{}', '{}', '', 'created', '[]', '[]', '{}' FROM imports_batchrow LIMIT 1",
    ],
)
def test_rows_of_an_applied_batch_stay(cast, sql):
    apply_batch(batch=uploaded(csv_file(SCHOOL_HEAD, *GOOD), by=cast.officer), by=cast.officer, at=clock.now())
    before = list(BatchRow.objects.order_by("pk").values())
    with (
        pytest.raises(DatabaseError, match=r"append-only|permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert list(BatchRow.objects.order_by("pk").values()) == before


def test_a_large_file_is_checked_and_applied_by_the_worker(cast):
    rows = [[f"第{n}小学", "小学", "", "", ""] for n in range(1, 2502)]
    batch = uploaded(csv_file(SCHOOL_HEAD, *rows), by=cast.officer, later=True)
    assert outbox.deliver_all(at=clock.now()) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.rows_checked, batch.counts["created"]) == ("checked", 2501, 2501)
    queue_batch(batch=batch, by=cast.officer, at=clock.now())
    assert outbox.deliver_all(at=clock.now()) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.applier, School.objects.count()) == ("applied", cast.officer.name, 2501)
    assert Event.objects.get().actor_name == cast.officer.name


def test_the_worker_checks_again_when_the_register_changed_meanwhile(cast):
    content = csv_file(SCHOOL_HEAD, *GOOD)
    batch = queue_batch(batch=uploaded(content, by=cast.officer), by=cast.officer, at=clock.now())
    apply_batch(batch=uploaded(content, by=cast.second_officer), by=cast.second_officer, at=clock.now())
    assert outbox.deliver_all(at=clock.now()) == 1
    assert outbox.deliver_all(at=clock.now()) == 1, "the refused import promised a new check"
    batch.refresh_from_db()
    assert (batch.state, batch.counts["unchanged"]) == ("checked", 3)
    assert "名录有变化" in batch.note


def test_a_post_narrowed_to_towns_or_categories_imports_nothing(cast):
    content = csv_file(SCHOOL_HEAD, *GOOD)
    batch = uploaded(content, by=cast.officer)
    for narrowed in (
        replace(cast.officer, areas=frozenset({1})),
        replace(cast.officer, categories=frozenset({"arts"})),
    ):
        with pytest.raises(NotAllowed):
            uploaded(content, by=narrowed)
        with pytest.raises(NotAllowed):
            apply_batch(batch=batch, by=narrowed, at=clock.now())
    assert School.objects.count() == 0


def test_files_that_nobody_confirmed_are_forgotten_after_thirty_days(cast):
    batch = uploaded(csv_file(SCHOOL_HEAD, *GOOD), by=cast.officer)
    at = clock.now()
    for days, state in ((29, "checked"), (31, "discarded")):
        with clock.set_to(at + timedelta(days=days)):
            tasks.forget_unconfirmed(outbox.OutboxMessage())
        batch.refresh_from_db()
        assert batch.state == state
    assert (BatchRow.objects.count(), BatchFilePart.objects.count()) == (0, 0)
    assert Event.objects.get().actor_name == "数据导入"


def test_the_confirmers_post_that_ended_imports_nothing(cast):
    batch = uploaded(csv_file(SCHOOL_HEAD, *GOOD), by=cast.officer)
    queue_batch(batch=batch, by=cast.officer, at=clock.now())
    Post.objects.filter(pk=cast.officer.post_id).update(valid_to=SINCE)
    assert outbox.deliver_all(at=clock.now()) == 1
    batch.refresh_from_db()
    assert (batch.state, School.objects.count()) == ("uploaded", 0)
    assert "没有导入" in batch.note


def test_a_large_file_that_breaks_off_inside_is_given_up_in_words(cast):
    rows = [[f"第{n}小学", "小学", "", "", ""] for n in range(1, 2502)]
    content = xlsx_file(SCHOOL_HEAD, *rows)
    batch = uploaded(content, by=cast.officer, later=True)
    BatchFilePart.objects.all().delete()
    keep_file(batch, io.BytesIO(broken_inside(content)))
    assert outbox.deliver_all(at=clock.now()) == 1, "the message is done, not tried again and again"
    batch.refresh_from_db()
    assert (batch.state, BatchRow.objects.count(), BatchFilePart.objects.count()) == ("discarded", 0, 0)
    assert batch.note.startswith("文件没有读完")


def broken_inside(workbook: bytes) -> bytes:
    """The same workbook with a tag of its sheet left open in the middle."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as whole, zipfile.ZipFile(out, "w") as damaged:
        for name in whole.namelist():
            part = whole.read(name)
            if name.startswith("xl/worksheets/"):
                middle = part.index(b"</c>", len(part) // 2)
                part = part[:middle] + b"<" + part[middle:]
            damaged.writestr(name, part)
    return out.getvalue()
