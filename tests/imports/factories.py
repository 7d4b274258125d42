"""Files as bureaus send them, and batches made of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.imports.checking import Check, read_table
from foundation.imports.enums import BatchState, Outcome
from foundation.imports.models import Batch
from foundation.imports.operations import leave_to_worker, upload_batch
from foundation.imports.running import run_check
from foundation.imports.stored import keep_file
from foundation.imports.target import Ground, Row, Target, target_named
from foundation.regions.models import Jurisdiction
from tests.authz.relations import Place
from tests.cast import OWN

SCHOOL_HEAD = ["学校名称", "学段", "区县", "镇街", "学校标识码"]


def csv_file(*rows: Sequence[Any], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_file(*rows: Sequence[Any], **sheets: list[Sequence[Any]]) -> bytes:
    """A workbook with one sheet of these rows, or with the named ones."""
    book = Workbook()
    book.remove(book.active)
    for name, content in (sheets or {"名录": list(rows)}).items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bureau(code: str = OWN) -> Jurisdiction:
    return Jurisdiction.objects.get(code=code)


def checked(content: bytes, *, target: str = "schools", code: str = OWN) -> list[Row]:
    """The verdicts of a file for a bureau; nothing is written."""
    chosen = target_named(target)
    table = read_table(io.BytesIO(content), chosen)
    return Check(table, chosen, Ground(bureau(code), today=clock.today())).rows()


def uploaded(
    content: bytes, *, by: Actor, target: str = "schools", code: str = OWN, later: bool = False, **given: Any
) -> Batch:
    """A batch with its verdicts, or (``later``) one that waits for the worker."""
    chosen: Target = target_named(target)
    file = io.BytesIO(content)
    table = read_table(file, chosen)
    ground = Ground(bureau(code), today=clock.today())
    batch = upload_batch(
        target=chosen,
        bureau=ground.bureau,
        file_name=given.pop("file_name", "名录.csv"),
        file=file,
        table=table,
        mode=given.pop("mode", "good-rows"),
        by=by,
        at=clock.now(),
    )
    if later:
        leave_to_worker(batch=batch, by=by, at=clock.now())
        return batch
    return run_check(batch, by=by, table=table, ground=ground)


def codes(row: Row) -> list[str]:
    return [fault.code for fault in row.reasons]


def notes(row: Row) -> list[str]:
    return [fault.code for fault in row.warnings]


def placed(place: Place) -> Batch:
    """A checked batch with a refused row, for the authorization matrix."""
    batch = _placed(place, Outcome.REJECTED, state=BatchState.CHECKED)
    content = csv_file(["学校名称", "学段"], ["", "小学"])
    keep_file(batch, io.BytesIO(content))
    return batch


def placed_applied(place: Place) -> Batch:
    """A batch that was applied, for the page that takes one back."""
    return _placed(place, Outcome.CREATED, state=BatchState.APPLIED, applied_at=clock.now(), digest="0" * 64)


def _placed(place: Place, only: Outcome, **given: Any) -> Batch:
    at = clock.now()
    return Batch.objects.create(
        target="schools",
        jurisdiction=place.jurisdiction,
        file_name="学校.csv",
        file_size=1,
        sha256="0" * 64,
        encoding="utf-8",
        state_at=at,
        uploaded_at=at,
        uploader="测试",
        rows_total=1,
        rows_checked=1,
        counts={outcome.value: int(outcome == only) for outcome in Outcome},
        **given,
    )
