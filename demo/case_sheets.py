"""Spreadsheets of a case through the pipeline that the pages use: uploaded, judged row by row, good rows written."""

from __future__ import annotations

import io
from collections.abc import Sequence

from foundation.core import clock
from foundation.core.spreadsheets import xlsx_bytes
from foundation.imports.checking import read_table
from foundation.imports.enums import Mode
from foundation.imports.models import Batch
from foundation.imports.operations import apply_batch, upload_batch
from foundation.imports.running import run_check
from foundation.imports.target import Ground, target_named

from .case_people import CasePlace


def bring_in(here: CasePlace, code: str, file_name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Batch:
    """Import a workbook as the officer; rows with faults stay out. The batch says how many."""
    by, at, target = here.acts("jingban"), clock.now(), target_named(code)
    file = io.BytesIO(xlsx_bytes(head, rows, title=file_name))
    table = read_table(file, target)
    ground = Ground(here.place, today=clock.today())
    batch = upload_batch(
        target=target, bureau=here.place, file_name=f"{file_name}.xlsx", file=file, table=table, mode=Mode.GOOD_ROWS,
        by=by, at=at,
    )  # fmt: skip
    batch = run_check(batch, by=by, table=table, ground=ground)
    return apply_batch(batch=batch, by=by, at=at)
