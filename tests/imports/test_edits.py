"""Cells mended beside a file, accepted repairs: the verdict is that of a file that had the values from the start."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from foundation.core import clock
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from foundation.imports.checking import SKIP, Check, read_table
from foundation.imports.models import Batch, CellEdit
from foundation.imports.operations import accept_repairs, discard_batch, edit_cells, queue_batch
from foundation.imports.running import check_edited, check_repaired
from foundation.imports.stored import opened, repairs_of
from foundation.imports.target import Ground, Row, Spot
from institutions.importing import INSTITUTIONS
from tests.imports.corpus.base import code
from tests.imports.corpus.make_corpus import FILES
from tests.imports.factories import bureau, csv_file
from tests.imports.test_corpus import NOW, file_of
from tests.institutions.imported import FULL, HEADING, bring_in, check, row, sheet

pytestmark = pytest.mark.django_db
OWN = "350203"
COLUMN = {label: name for name, label in HEADING.items()}
FIRST_CODE, OTHER_CODE, THIRD_CODE = code(1), code(2), code(3)


def mended(batch: Batch, cells: dict[int, dict[str, str]], by, *, sheet: str = "") -> Batch:
    return check_edited(batch=batch, edits={(sheet, number): given for number, given in cells.items()}, by=by)


def verdicts(batch: Batch) -> dict[int, tuple[str, list[str]]]:
    rows = batch.rows.order_by("number")
    return {found.number: (found.outcome, [fault["code"] for fault in found.reasons]) for found in rows}


def uploaded(*rows: dict[str, str], by) -> Batch:
    return check(*rows, by=by, code=OWN)


def test_one_cell(cast):
    batch = uploaded(row(phone="1380000000"), by=cast.officer)
    assert verdicts(batch) == {2: ("rejected", ["phone_invalid"])}
    batch = mended(batch, {2: {"phone": "13800000009"}}, cast.officer)
    assert (batch.state, batch.counts["created"], verdicts(batch)) == ("checked", 1, {2: ("created", [])})
    assert opened(batch.rows.get().record, INSTITUTIONS)["phone"] == "13800000009"


def test_a_row_is_left_out_and_taken_in_again(cast):
    batch = uploaded(row(category="辅导"), by=cast.officer)
    batch = mended(batch, {2: {SKIP: "1"}}, cast.officer)
    assert verdicts(batch) == {2: ("skipped", [])}
    assert batch.counts["skipped"] == 1
    batch = mended(batch, {2: {SKIP: "", "category": "学科类"}}, cast.officer)
    assert verdicts(batch) == {2: ("created", [])}


def test_a_column_that_the_file_lacks(cast):
    short = {name: FULL[name] for name in ("name", "credit_code", "address")}
    batch = uploaded(short, short | {"name": "乙学校", "credit_code": OTHER_CODE}, by=cast.officer)
    assert verdicts(batch)[2] == ("rejected", ["category_unknown"])
    batch = mended(batch, {2: {"category": "体育类"}}, cast.officer)
    assert [verdicts(batch)[number][0] for number in (2, 3)] == ["created", "rejected"]
    assert batch.rows.get(number=2).record["category"] == "sport"


def test_two_rows_made_equal_contradict_each_other_and_are_healed(cast):
    second = row(name="乙学校", credit_code=OTHER_CODE, license_no="", address="二路2号")
    batch = uploaded(FULL, second, by=cast.officer)
    assert [found[0] for found in verdicts(batch).values()] == ["created", "created"]
    batch = mended(batch, {3: {"credit_code": FULL["credit_code"]}}, cast.officer)
    assert verdicts(batch) == dict.fromkeys((2, 3), ("rejected", ["duplicate_conflict"]))
    assert (batch.counts["rejected"], batch.counts["created"]) == (2, 0)
    batch = mended(batch, {3: {"credit_code": OTHER_CODE}}, cast.officer)
    assert verdicts(batch) == {2: ("created", []), 3: ("created", [])}
    batch = mended(batch, {3: {"credit_code": FULL["credit_code"]}}, cast.officer)
    batch = mended(batch, {2: {SKIP: "1"}}, cast.officer)
    assert verdicts(batch) == {2: ("skipped", []), 3: ("created", [])}


def with_repairs(by) -> Batch:
    """Two rows whose credit codes can be repaired, and one with a telephone number that cannot."""
    first, second = row(credit_code=FIRST_CODE.replace("0", "O", 1)), row(
        name="乙学校", credit_code=OTHER_CODE.replace("0", "O", 1), license_no="", address="二路2号"
    )  # fmt: skip
    return uploaded(first, second, row(phone="12", name="丙学校", credit_code=THIRD_CODE, license_no=""), by=by)


def test_repairs_are_accepted_all_at_once_or_of_some_rows(cast):
    batch = with_repairs(cast.officer)
    suggested = {found.number: repairs_of(found).get("credit_code", ("", 0)) for found in batch.rows.all()}
    assert (suggested[2][0], suggested[3][0]) == (FIRST_CODE, OTHER_CODE)
    some = check_repaired(batch=batch, spots=[("", 3)], by=cast.officer)
    assert [verdicts(some)[number][0] for number in (2, 3)] == ["rejected", "created"]
    batch, cells = accept_repairs(batch=some, by=cast.officer, at=clock.now())
    assert (cells >= 1, batch.state) == (True, "uploaded")
    assert CellEdit.objects.get(number=2, column="credit_code").is_repair


def test_repairs_below_the_threshold_are_left(cast):
    batch = with_repairs(cast.officer)
    sure = max(confidence for found in batch.rows.all() for _, confidence in repairs_of(found).values())
    with pytest.raises(InvalidInput) as refusal:
        accept_repairs(batch=batch, least=1.01, by=cast.officer, at=clock.now())
    assert refusal.value.code == "no_repairs"
    wanted = sum(confidence >= sure for found in batch.rows.all() for _, confidence in repairs_of(found).values())
    _, cells = accept_repairs(batch=batch, least=sure, by=cast.officer, at=clock.now())
    assert cells == wanted == CellEdit.objects.filter(is_repair=True).count() > 0


def test_a_personal_value_that_is_suggested_comes_out_of_the_sealed_part(cast):
    """What the page stores of it is masked; what is accepted is the number itself."""
    batch = uploaded(row(phone="138OOO00009"), by=cast.officer)
    [found] = batch.rows.all()
    [(suggested, _)] = repairs_of(found).values()
    assert (suggested, suggested in str(found.reasons)) == ("13800000009", False)
    batch = check_repaired(batch=batch, spots=[("", found.number)], by=cast.officer)
    assert opened(batch.rows.get().record, INSTITUTIONS)["phone"] == "13800000009"


def test_who_changed_what_and_when_is_kept_and_the_text_is_sealed(cast):
    batch = uploaded(row(phone="12"), by=cast.officer)
    with clock.set_to(NOW):
        mended(batch, {2: {"phone": "13800000009"}}, cast.second_officer)
    edit = CellEdit.objects.get()
    assert (edit.editor, edit.edited_at, edit.is_repair) == (cast.second_officer.name, NOW, False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT e::text FROM imports_celledit e")
        assert "13800000009" not in cursor.fetchone()[0]


def test_corrections_go_with_a_batch_that_is_given_up(cast):
    batch = mended(uploaded(row(phone="12"), by=cast.officer), {2: {"phone": "13800000009"}}, cast.officer)
    discard_batch(batch=batch, by=cast.officer, at=clock.now())
    assert (CellEdit.objects.count(), batch.rows.count()) == (0, 0)


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        ({("", 9): {"phone": "1"}}, "unknown_cell"),
        ({("别的表", 2): {"phone": "1"}}, "unknown_cell"),
        ({("", 2): {"colour": "red"}}, "unknown_cell"),
        ({("", 2): {"public_id": "000000000000"}}, "unknown_cell"),
        ({}, "unknown_cell"),
        ({("", 2): {"remark": "长" * 501}}, "too_long"),
    ],
)
def test_what_is_refused_changes_nothing(cast, edits, why):
    batch = uploaded(row(phone="12"), by=cast.officer)
    with pytest.raises(InvalidInput) as refusal:
        edit_cells(batch=batch, edits=edits, by=cast.officer, at=clock.now())
    assert refusal.value.code == why
    batch.refresh_from_db()
    assert (batch.state, CellEdit.objects.count()) == ("checked", 0)


def test_another_bureau_and_another_state_are_refused(cast):
    batch, edits = with_repairs(cast.officer), {("", 2): {"remark": "改"}}
    for actor in (cast.neighbour, cast.city, cast.leader, cast.auditor, cast.public):
        for call in (lambda by: edit_cells(batch=batch, edits=edits, by=by, at=clock.now()),
                     lambda by: accept_repairs(batch=batch, by=by, at=clock.now())):  # fmt: skip
            with pytest.raises(NotAllowed):
                call(actor)
    queue_batch(batch=batch, by=cast.officer, at=clock.now())
    with pytest.raises((NotAllowed, IllegalTransition)):
        edit_cells(batch=batch, edits=edits, by=cast.officer, at=clock.now())
    applied = bring_in(row(name="丁学校", credit_code=OTHER_CODE, license_no=""), by=cast.officer, code=OWN)
    with pytest.raises((NotAllowed, IllegalTransition)):
        accept_repairs(batch=applied, by=cast.officer, at=clock.now())
    assert CellEdit.objects.count() == 0


# -- as if it had been written so from the start ---------------------------------------------------------------------


def truths(path: Path) -> dict[tuple[str, int], dict[str, str]]:
    """Row -> {column: the true text}, of the rows whose fixture says what is true."""
    told = json.loads(path.read_text("utf-8"))
    return {
        (found.get("sheet") or "", found["row"]): {COLUMN[label]: text for label, text in found["truth"].items()}
        for found in told.get("rows", [])
        if found.get("truth") and "row" in found and found["truth"].keys() <= COLUMN.keys()
    }


KNOWN = [path for path in sorted(FILES.rglob("*.expected.json")) if truths(path)]


def checked(content: bytes, place: str, edits: dict[Spot, dict[str, str]] | None = None) -> list[Row]:
    table = read_table(io.BytesIO(content), INSTITUTIONS)
    return Check(table, INSTITUTIONS, Ground(bureau(place), today=NOW.date()), edits=edits).rows()


def rewritten(rows: list[Row]) -> bytes:
    """The rows as a plain table with our own headings, the corrections in the place of what was written."""
    names = list(HEADING)
    return csv_file([HEADING[name] for name in names], *[[each.cells.get(name, "") for name in names] for each in rows])


def told(found: Row) -> dict[str, Any]:
    codes = sorted(fault.code for fault in found.reasons)
    return {"outcome": str(found.outcome), "record": found.record | {"public_id": None}, "reasons": codes}


@pytest.mark.parametrize("path", KNOWN, ids=lambda path: str(path.relative_to(FILES)).removesuffix(".expected.json"))
def test_an_edited_file_is_as_one_that_was_right_from_the_start(db, path):
    place, edits = json.loads(path.read_text("utf-8"))["bureau"], truths(path)
    with clock.set_to(NOW):
        rows = checked(file_of(path).read_bytes(), place, edits)
        again = checked(rewritten(rows), place)
    pairs = [(each, other) for each, other in zip(rows, again, strict=True) if each.spot in edits]
    assert len(pairs) == len(edits)
    assert [told(each) for each, _ in pairs] == [told(other) for _, other in pairs]


def test_enough_files_say_what_is_true():
    assert (len(KNOWN) >= 40, sheet(FULL) != b"") == (True, True)
