"""Rows and files between memory and table: personal values are sealed, everything else is open JSON."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from django.db import connection

from foundation.core.bulk import copy_rows
from foundation.core.ciphers import is_sealed, masked, open_sealed, seal
from foundation.core.constraints import insert

from .checking import Edits
from .enums import Outcome
from .faults import Fault, without_numbers
from .models import Batch, BatchFilePart, BatchRow, CellEdit
from .target import Row, Spot, Target

PART = 2**20
QUICK = 1  # compression level: the file is kept for a while only
SLICE = 2000
COLUMNS = (  # of BatchRow, in the order of _values
    "batch_id",
    "sheet",
    "number",
    "outcome",
    "title",
    "code",
    "cells",
    "record",
    "sealed",
    "reasons",
    "warnings",
    "before",
    "subject_id",
)
_SEALED_ROW = "imports_batchrow.sealed"
_TO_LOOK_AT = frozenset({Outcome.REJECTED, Outcome.DUPLICATE, Outcome.SKIPPED, Outcome.CAMPUS})
_WRITTEN = frozenset({Outcome.CREATED, Outcome.UPDATED, Outcome.CAMPUS})
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def keep_file(batch: Batch, file: BinaryIO) -> None:
    """Seal the uploaded file, part by part."""
    file.seek(0)
    number = 0
    while part := file.read(PART):
        number += 1
        insert(BatchFilePart(batch=batch, number=number, content=b64encode(zlib.compress(part, QUICK)).decode()))


def kept_file(batch: Batch) -> BinaryIO:
    """The uploaded file, as long as it is kept; on disk, not in memory. Close it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    for part in batch.file_parts.order_by("number").iterator(chunk_size=4):
        file.write(zlib.decompress(b64decode(part.content)))
    file.seek(0)
    return file


def size_and_hash(file: BinaryIO) -> tuple[int, str]:
    """(bytes, SHA-256 in hex) of a file, read from its beginning."""
    file.seek(0)
    digest, size = hashlib.sha256(), 0
    while part := file.read(PART):
        digest.update(part)
        size += len(part)
    return size, digest.hexdigest()


def edits_of(batch: Batch) -> Edits:
    """What the clerk changed, by row."""
    edits: dict[Spot, dict[str, str]] = {}
    for edit in CellEdit.objects.filter(batch=batch):
        edits.setdefault((edit.sheet, edit.number), {})[edit.column] = edit.value
    return edits


def store_rows(batch: Batch, rows: Iterable[Row], target: Target) -> int:
    """Append rows with their verdicts to a batch; returns how many."""
    resource = target.resource
    title, code = target.shown_as
    personal = {name: target.sealed_as(name) for name in resource.personal_columns()}

    def values() -> Iterator[tuple[object, ...]]:
        for row in rows:
            yield _values(row, batch.pk, personal, title, code)

    return copy_rows(BatchRow, COLUMNS, values())


def _values(row: Row, batch_id: int, personal: Mapping[str, str], title: str, code: str) -> tuple[object, ...]:
    record = row.record
    if row.outcome == Outcome.UNCHANGED and not row.warnings:
        named = str(record.get(title, ""))[:200], str(record.get(code, ""))[:60]
        return (
            batch_id,
            row.sheet or "",
            row.number,
            "unchanged",
            *named,
            "{}",
            "{}",
            "",
            "[]",
            "[]",
            "{}",
            row.subject_id,
        )
    cells, sealed = "{}", ""
    if row.warnings or row.outcome in _TO_LOOK_AT:
        shown, secret = _cells(row, personal)
        cells, sealed = _json(shown), seal(secret, column=_SEALED_ROW) if secret else ""
    return (
        batch_id,
        row.sheet or "",
        row.number,
        str(row.outcome),
        _seen(row, title, 200),
        _seen(row, code, 60),
        cells,
        _json(_closed(record, personal)) if row.outcome in _WRITTEN else "{}",
        sealed,
        _faults(row.reasons, personal) if row.reasons else "[]",
        _faults(row.warnings, personal) if row.warnings else "[]",
        _json(_closed(row.before, personal)) if row.before else "{}",
        row.subject_id,
    )


def keep_cells(stored: BatchRow, row: Row, target: Target) -> None:
    """Keep what a row says with one that was stored without it."""
    stored.cells, stored.sealed = _cells(row, target.resource.personal_columns())
    stored.save(update_fields=["cells", "sealed"])


def _seen(row: Row, name: str, length: int) -> str:
    """What names the row on the page: as it was read, else as it was written."""
    value = row.record.get(name)
    return without_numbers(str(value if value is not None else row.cells.get(name, "")))[:length]


def _cells(row: Row, personal: Iterable[str]) -> tuple[dict[str, str], str]:
    """(cells with personal ones masked, the personal ones and the suggestions for them, to be sealed)."""
    cells = row.cells
    secret = {name: cells[name] for name in personal if cells.get(name)}
    repairs = {fault.field: fault.after for fault in row.reasons if fault.field in personal and fault.after}
    shown = cells | {name: masked(value) for name, value in secret.items()}
    for name in shown.keys() - secret.keys():
        if (clean := without_numbers(shown[name])) != shown[name]:
            secret[name], shown[name] = shown[name], clean
    if not secret and not repairs:
        return shown, ""
    return shown, _json({"cells": secret, "repairs": repairs})


def _closed(values: Mapping[str, Any], personal: Mapping[str, str]) -> dict[str, Any]:
    """Values with the personal ones sealed for the column that they go to."""
    closed = dict(values)
    for name, column in personal.items():
        if closed.get(name):
            closed[name] = seal(closed[name], column=column)
    return closed


def opened(values: Mapping[str, Any], target: Target) -> dict[str, Any]:
    """Stored values with the personal ones in plain; lists as the tuples that they were."""
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    for name in target.resource.personal_columns():
        if plain.get(name) and is_sealed(plain[name]):  # rows of the first pipeline hold a masked number
            plain[name] = open_sealed(plain[name], column=target.sealed_as(name))
    return plain


def _faults(faults: Iterable[Fault], personal: Mapping[str, str]) -> str:
    return _json([fault.shown(personal=fault.field in personal).stored() for fault in faults])


def repairs_of(row: BatchRow) -> dict[str, tuple[str, float]]:
    """Column -> (suggested value in plain, confidence) of a refused row."""
    secret = json.loads(row.sealed).get("repairs", {}) if row.sealed else {}
    return {
        fault["field"]: (secret.get(fault["field"], fault["after"]), fault.get("confidence", 0))
        for fault in row.reasons
        if fault["after"]
    }


def cells_in_full(row: BatchRow) -> dict[str, str]:
    """The cells as read, the personal ones too."""
    return row.cells | (json.loads(row.sealed).get("cells", {}) if row.sealed else {})


def stored_slices(batch: Batch, *outcomes: str, kept: bool = True, **conditions: object) -> Iterator[list[BatchRow]]:
    """The batch's rows of these verdicts, in slices; ``kept=False`` without those that an undo leaves."""
    rows = BatchRow.objects.filter(batch=batch, outcome__in=outcomes, **conditions).order_by("pk")
    if not kept:
        rows = rows.filter(kept__isnull=True)
    last = 0
    while found := list(rows.filter(pk__gt=last)[:SLICE]):
        last = found[-1].pk
        yield found


def as_row(stored: BatchRow, target: Target) -> Row:
    """A row that is to be written, as it was when it was checked."""
    return Row(
        sheet=stored.sheet or None,
        number=stored.number,
        record=opened(stored.record, target),
        outcome=stored.outcome,
        before=opened(stored.before, target),
        subject_id=stored.subject_id,
    )


def digest_of(batch: Batch) -> str:
    """One hash over what a batch decided, row by row in their order; made in the database, so nothing is fetched."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT encode(sha256(coalesce(string_agg(sha256(convert_to(
                concat_ws(E'\\x1f', sheet, number, outcome, record::text, before::text, subject_id), 'UTF8'
            )), '' ORDER BY sheet COLLATE "C", number), '')), 'hex')
            FROM imports_batchrow WHERE batch_id = %s
            """,
            [batch.pk],
        )
        return cursor.fetchone()[0]
