"""Rows between memory and table: personal values are sealed, everything else is open JSON."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable

from foundation.core.canonical import canonical, sha256
from foundation.core.ciphers import masked

from .faults import Fault
from .models import Batch, BatchRow
from .target import Row, Target


def packed(content: bytes) -> str:
    """A file as the text that ``BatchFile`` seals."""
    return b64encode(zlib.compress(content)).decode()


def content_of(batch: Batch) -> bytes:
    """The uploaded file, as long as it is kept."""
    return zlib.decompress(b64decode(batch.file.content))


def to_store(row: Row, batch: Batch, target: Target) -> BatchRow:
    """The row as it is kept."""
    personal = target.resource.personal_columns()
    cells, record, before = dict(row.cells), dict(row.record), dict(row.before)
    secret: dict[str, dict[str, str]] = {}
    for part, values, names in (
        ("cells", cells, personal.values()),
        ("record", record, personal),
        ("before", before, personal),
    ):
        hidden = {name: values[name] for name in names if values.get(name)}
        values.update({name: masked(value) for name, value in hidden.items()})
        if hidden:
            secret[part] = hidden
    return BatchRow(
        batch=batch,
        sheet=row.sheet or "",
        number=row.number,
        cells=cells,
        record=record,
        sealed=json.dumps(secret, ensure_ascii=False) if secret else "",
        outcome=row.outcome,
        reasons=[fault.as_json() for fault in row.reasons],
        warnings=[fault.as_json() for fault in row.warnings],
        before=before,
        subject_id=row.subject_id,
    )


def from_store(stored: BatchRow) -> Row:
    """The row as it was when it was checked, personal values opened."""
    secret = json.loads(stored.sealed) if stored.sealed else {}
    return Row(
        sheet=stored.sheet or None,
        number=stored.number,
        cells={**stored.cells, **secret.get("cells", {})},
        record={**stored.record, **secret.get("record", {})},
        warnings=[Fault(**fault) for fault in stored.warnings],
        reasons=[Fault(**fault) for fault in stored.reasons],
        outcome=stored.outcome,
        before={**stored.before, **secret.get("before", {})},
        subject_id=stored.subject_id,
    )


def digest_of(stored: Iterable[BatchRow]) -> str:
    """One hash over what a batch decided, in the order of its rows."""
    return sha256(
        *(
            canonical(
                {
                    "sheet": row.sheet,
                    "number": row.number,
                    "outcome": row.outcome,
                    "before": row.before,
                    "record": row.record,
                    "subject_id": row.subject_id,
                }
            )
            for row in stored
        )
    )
