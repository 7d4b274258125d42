"""Every file of the corpus through both doors: row by row as expected, nothing changed unseen, twice is as once."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.canonical import canonical, sha256
from foundation.exports.declaring import exportable_of
from foundation.imports.models import BatchRow
from foundation.imports.operations import undo_batch
from foundation.imports.stored import cells_in_full
from institutions.importing import INSTITUTIONS
from institutions.models import FormerName, Institution, Permit, Site, StatusEvent
from tests.imports.corpus.doors import Told, actor_of_officer, apply, by_command, by_page, officer_of
from tests.imports.corpus.make_corpus import FILES, write
from tests.imports.factories import csv_file

NOW = datetime(2026, 6, 1, 9, tzinfo=timezone(timedelta(hours=8)))
#: Every other file in each run, all of them by ``script/prove corpus``.
FULL = os.environ.get("PROVE_FULL") == "1"
TOLD = sorted(FILES.rglob("*.expected.json"))[:: 1 if FULL else 2]
PLACEHOLDERS = frozenset({"", "-", "--", "—", "——", "/", "无", "暂无", "nan", "NaN", "NaT", "None", "NULL"})
CODES = """
    missing_name missing_code missing_required_column code_check code_charset code_length code_prefix
    code_scientific code_precision code_format code_legacy date_invalid date_order date_range date_precision
    county_unknown county_missing county_mismatch county_out_of_scope duplicate_in_file duplicate_conflict
    license_conflict name_format too_long column_count category_unknown phone_invalid unsafe_text formula cell_error
    normalized
"""
RECORD = (
    "name", "credit_code", "license_no", "legal_person", "address", "phone", "category", "subtype",
    "issue_date", "valid_until", "bank", "account", "county_code",
)  # fmt: skip
KINDS = ("reasons", "warnings")
FAULT = ("after", "before", "code", "field", "message")
WRITTEN = {"created", "updated", "campus"}
REVIVED = {"branches", "campuses", "duplicates", "merged", "places"}
HISTORY = (Institution, Permit, Site, StatusEvent, FormerName, Event)


def file_of(told: Path) -> Path:
    [file] = (each for each in told.parent.glob(told.name.replace(".expected.json", ".*")) if each != told)
    return file


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[None]:
    """One transaction for all files: each one rolls back to here."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.set_to(NOW):
        yield
        transaction.set_rollback(True)


@pytest.fixture
def rolled_back(world) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(params=TOLD, ids=lambda told: str(told.relative_to(FILES)).removesuffix(".expected.json"))
def expected(request) -> dict[str, Any]:
    return {**json.loads(request.param.read_text("utf-8")), "path": file_of(request.param)}


@pytest.mark.prove
def test_a_file_through_both_doors(rolled_back, expected):
    path, bureau = expected["path"], expected["bureau"]
    client = officer_of(bureau)
    if expected.get("before"):
        rows = [list(expected["before"][0]), *(list(row.values()) for row in expected["before"])]
        held = by_page(client, "before.csv", csv_file(*rows), bureau)
        apply(client, held.batch)
        assert {row["outcome"] for row in held.rows} == {"created"}
    told, page = by_command(path, bureau), by_page(client, path.name, path.read_bytes(), bureau)
    assert told.file_level == expected["file_level"], told.words
    assert told.codes == expected["file"]
    if told.file_level == "rejected":
        mappable = set(told.codes) <= {"duplicate_column", "missing_required_column"}
        assert (page.file_level, page.words) == (("unmapped", []) if mappable else ("rejected", told.words))
        return
    if encoding := expected.get("encoding"):
        assert (told.encoding, page.encoding) == (encoding, encoding)
    wanted = [with_defaults(row, bureau) for row in expected["rows"]]
    complaints = [line for want, row in paired(wanted, told) for line in differences(want, row)]
    complaints += disagreements(told.rows, page.rows)
    complaints += [line for row, stored in zip(told.rows, page.stored, strict=False) for line in unseen(row, stored)]
    assert not complaints, "\n".join(complaints)
    before = content_of_register(bureau)
    assert_twice_changes_nothing(client, page, path, bureau)
    if WRITTEN & {row["outcome"] for row in page.rows}:
        assert_undo_takes_it_back(client, page, path, bureau, before)


def with_defaults(row: dict[str, Any], bureau: str) -> dict[str, Any]:
    """What the corpus does not say of every row: it is created, in the bureau's own county."""
    row = {"outcome": "created", **row}
    if "record" in row:
        row["record"] = {"county_code": bureau, **row["record"]}
    return row


def disagreements(told: list[dict[str, Any]], page: list[dict[str, Any]]) -> Iterator[str]:
    """Where the doors say different things, or the command says more or less than it must."""
    shape = {
        (*row["record"], *sorted({key for fault in row["reasons"] + row["warnings"] for key in fault})) for row in told
    }
    if shape - {RECORD, (*RECORD, *FAULT)}:
        yield f"--json has other keys than the issue: {shape}"
    if len(told) != len(page):
        yield f"the command tells of {len(told)} rows, the page of {len(page)}"
    for one, other in zip(told, page, strict=False):
        record = other["record"]
        same = {**other, "record": {name: record.get(name) for name in RECORD} if record else one["record"]}
        if one != same:
            yield f"row {one['row']}: the command says {one}, the page says {same}"


def paired(wanted: list[dict[str, Any]], told: Told) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Expected and told rows side by side; rows that nobody expected, or that are missing, fail here."""
    wanted = sorted(wanted, key=lambda row: (row.get("sheet") or "", row.get("row", 0)))
    numbered = [(row.get("sheet"), row["row"]) for row in wanted if "row" in row]
    found = [(row["sheet"], row["row"]) for row in told.rows]
    said = [(row["row"], row["outcome"], [r["code"] for r in row["reasons"]]) for row in told.rows]
    assert not numbered or found == numbered, said
    assert len(found) == len(wanted), said
    return zip(wanted, told.rows, strict=True)


def differences(want: dict[str, Any], row: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one row, in sentences."""
    where = f"row {row['row']}" + (f" of {row['sheet']}" if row["sheet"] else "")
    if row["outcome"] != want["outcome"]:
        yield f"{where} is {row['outcome']}, not {want['outcome']}: {row['reasons']}"
    reasons = sorted({reason["code"] for reason in row["reasons"]})
    if reasons != sorted(set(want.get("reasons", []))) and reasons not in [[code] for code in want.get("one_of", [])]:
        yield f"{where} has the reasons {reasons}, not {want.get('reasons', [])}: {row['reasons']}"
    warned = {warning["code"] for warning in row["warnings"]}
    must = set(want.get("warnings", []))
    if not must <= warned <= must | {"normalized", *want.get("may", [])}:
        yield f"{where} has the warnings {sorted(warned)}, not {sorted(must)}: {row['warnings']}"
    for fault in row["reasons"] + row["warnings"]:
        if fault["code"] not in CODES.split() or not fault["message"].endswith("。"):
            yield f"{where}: {fault} is no fault of the issue's list, or no sentence"
    for name, value in want.get("record", {}).items():
        if (row["record"].get(name) or None) != value:
            yield f"{where}: {name} came out as {row['record'].get(name)!r}, not {value!r}"
    yield from wrong_repairs(want, row, where)
    yield from unseen_by_fixture(want, row, where)


def wrong_repairs(want: dict[str, Any], row: dict[str, Any], where: str) -> Iterator[str]:
    """A repair that was hoped for must be suggested; one that is suggested must be the truth."""
    columns = INSTITUTIONS.resource.columns
    offered = {reason["field"]: reason["after"] for reason in row["reasons"] if reason["after"]}
    for name, value in want.get("after", {}).items():
        if offered.get(name) != value:
            yield f"{where}: {value!r} should be suggested for {name}, not {offered.get(name)!r}"
    for name, value in offered.items():
        truth = want.get("truth", {}).get(columns[name].column_name, value) if name in columns else value
        if not columns[name].personal and value != truth:
            yield f"{where}: {value!r} is suggested for {name}, the truth is {truth!r}"


def unseen_by_fixture(want: dict[str, Any], row: dict[str, Any], where: str) -> Iterator[str]:
    """What the fixture wrote into a cell is shown as it is, or a warning shows before and after."""
    for name, (raw, shown) in want.get("written", {}).items():
        if raw == shown or (raw.strip() in PLACEHOLDERS and not shown):
            continue
        given = [warning for warning in row["warnings"] if warning["field"] == name]
        if INSTITUTIONS.resource.columns[name].personal:
            if not given:
                yield f"{where}: {name} changed unseen"
        elif not any((warning["before"], warning["after"]) == (raw[:200], shown) for warning in given):
            yield f"{where}: {name} changed unseen from {raw!r} to {shown!r}: {given}"


def unseen(row: dict[str, Any], stored: BatchRow) -> Iterator[str]:
    """The same for every cell that was kept, of every accepted row."""
    if row["outcome"] in ("rejected", "duplicate"):
        return
    cells, columns = cells_in_full(stored), INSTITUTIONS.resource.columns
    for name in RECORD[:-1]:
        raw, shown = cells.get(name) or "", row["record"].get(name) or ""
        told = any(warning["field"] == name for warning in row["warnings"])
        if name in columns and raw not in {shown, *PLACEHOLDERS} and not told:
            yield f"row {row['row']}: {name} changed unseen from {raw!r} to {shown!r}"


def assert_twice_changes_nothing(client, first: Told, path: Path, bureau: str) -> None:
    """Applied once, the same file changes nothing: no row, no history, no event."""
    apply(client, first.batch)
    assert first.batch.state == "applied" or not WRITTEN & {row["outcome"] for row in first.rows}
    held = snapshot()
    second = by_page(client, path.name, path.read_bytes(), bureau)
    assert [(row["sheet"], row["row"]) for row in second.rows] == [(row["sheet"], row["row"]) for row in first.rows]
    again = {(row["row"], row["outcome"]) for row in second.rows} - {
        (row["row"], outcome) for row in second.rows for outcome in ("unchanged", "duplicate", "rejected", "campus")
    }
    assert not again
    refused = [row["row"] for row in first.rows if row["outcome"] == "rejected"]
    assert [row["row"] for row in second.rows if row["outcome"] == "rejected"] == refused
    apply(client, second.batch)
    assert snapshot() == held


def assert_undo_takes_it_back(client, first: Told, path: Path, bureau: str, before: str) -> None:
    """Undone, the register's content is what it was; imported once more, the same institutions are revived.

    The last is asked of the folders in which an import writes something of its own; for all it would take a minute.
    """
    imported, count = content_of_register(bureau), Institution.objects.count()
    undo_batch(batch=first.batch, reason="街道报错了表", by=actor_of_officer(bureau), at=NOW)
    assert content_of_register(bureau) == before
    if path.parent.name not in REVIVED:
        return
    again = by_page(client, path.name, path.read_bytes(), bureau)
    assert [(row["row"], row["outcome"]) for row in again.rows] == [(row["row"], row["outcome"]) for row in first.rows]
    apply(client, again.batch)
    assert (content_of_register(bureau), Institution.objects.count()) == (imported, count)


def content_of_register(bureau: str) -> str:
    """One hash over what the register shows: every column of its export, and the places in use."""
    exportable = exportable_of("institutions.institution")
    listed = list(exportable.rows(actor_of_officer(bureau), {}).order_by("name", "credit_code"))
    rows = [[str(column.value(row)) for column in exportable.columns] for row in listed]
    used = Site.objects.filter(institution__in=listed, closed_on__isnull=True).order_by("institution__name", "kind")
    places = [list(map(str, place)) for place in used.values_list("institution__name", "kind", "name", "address")]
    return sha256(canonical({"rows": rows, "places": sorted(places)}))


def snapshot() -> list[list[tuple[Any, ...]]]:
    """Everything that the register and its history hold."""
    return [list(model.objects.order_by("pk").values_list()) for model in HISTORY]


def test_the_files_are_what_the_generator_writes(tmp_path):
    """Nobody mends a fixture by hand; packed workbooks are compared part by part."""
    made = {file.relative_to(tmp_path) for file in write(tmp_path)}
    assert made == {file.relative_to(FILES) for file in FILES.rglob("*.*") if file.is_file()}
    assert [str(name) for name in sorted(made) if content(tmp_path / name) != content(FILES / name)] == []


def content(file: Path) -> object:
    if not zipfile.is_zipfile(file) or b"\0\0\0\1\0" in file.read_bytes()[:9]:
        return file.read_bytes()
    with zipfile.ZipFile(file) as package:
        return [(part.filename, part.CRC, part.file_size, part.flag_bits) for part in package.infolist()]


def test_the_corpus_is_as_wide_as_promised():
    kinds = [told.parent.name for told in TOLD]
    assert (len(kinds) >= 110, len(set(kinds)) >= 20) == (True, True)
    assert sum(file.stat().st_size for file in FILES.rglob("*.*")) < 650_000
