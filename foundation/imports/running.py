"""A whole check from the kept file to the stored verdicts: at once for a small file, by the worker for a large one."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO

from django.db import transaction

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.errors import IllegalTransition

from .checking import Check, Edits, read_table
from .enums import BatchState, Mode
from .faults import Fault, FileRefused
from .layout import Table
from .mapping import chosen_for
from .models import Batch
from .operations import (
    accept_repairs,
    begin_check,
    edit_cells,
    finish_check,
    leave_to_worker,
    note_columns,
    recheck_batch,
    remember_mapping,
    store_verdicts,
    upload_batch,
)
from .stored import edits_of, kept_file
from .target import Ground, Row, Spot, Target, target_named
from .turns import LARGE

MAPPABLE = frozenset({"missing_required_column", "duplicate_column"})


def upload(
    *, target: Target, ground: Ground, file_name: str, file: BinaryIO, mode: str = Mode.GOOD_ROWS, by: Actor
) -> Batch:
    """Take a file in and check it, or leave the check of a large one to the worker.

    A table whose required columns were not found is kept, so that the clerk can say which column is which. Raises
    FileRefused for anything else, NotAllowed.
    """
    chosen = chosen_for(ground.bureau, target.code)
    unmapped = False
    try:
        table = read_table(file, target, chosen=chosen)
    except FileRefused as refusal:
        table = getattr(refusal, "table", None)
        if table is None or refusal.code not in MAPPABLE:
            raise
        unmapped = True
    with transaction.atomic():
        batch = upload_batch(
            target=target,
            bureau=ground.bureau,
            file_name=file_name,
            file=file,
            table=table,
            mode=mode,
            unmapped=unmapped,
            by=by,
            at=clock.now(),
        )
        if not unmapped:
            check_or_leave(batch, by=by, table=table, ground=ground)
    batch.refresh_from_db()
    return batch


def check_again(batch: Batch, *, by: Actor) -> Batch:
    """Check a batch anew against today's register, or leave that to the worker."""
    with transaction.atomic():
        batch = recheck_batch(batch=batch, by=by, at=clock.now())
        check_or_leave(batch, by=by)
    batch.refresh_from_db()
    return batch


def check_edited(batch: Batch, *, edits: Edits, by: Actor) -> Batch:
    """Put a clerk's texts in the place of cells, and check the batch anew or leave that to the worker."""
    with transaction.atomic():
        batch = edit_cells(batch=batch, edits=edits, seen=batch.attempt, by=by, at=clock.now())
        check_or_leave(batch, by=by)
    batch.refresh_from_db()
    return batch


def check_repaired(batch: Batch, *, spots: Iterable[Spot], by: Actor) -> Batch:
    """Accept what was suggested for these rows, and check the batch anew or leave that to the worker."""
    with transaction.atomic():
        batch, _ = accept_repairs(batch=batch, spots=spots, by=by, at=clock.now())
        check_or_leave(batch, by=by)
    batch.refresh_from_db()
    return batch


def check_mapped(batch: Batch, *, choices: Mapping[str, str], by: Actor) -> Batch:
    """Remember for the batch's bureau what these headings mean, and check the batch with that.

    Raises FileRefused, and remembers nothing, when a required column is still not to be found or stands there twice.
    """
    target = target_named(batch.target)
    with transaction.atomic(), kept_file(batch) as file:
        remember_mapping(jurisdiction=batch.jurisdiction, target=target, choices=choices, by=by, at=clock.now())
        table = read_table(file, target, chosen=chosen_for(batch.jurisdiction, target.code))
        batch = recheck_batch(batch=batch, by=by, at=clock.now())
        batch = note_columns(batch=batch, table=table, by=by, at=clock.now())
        check_or_leave(batch, by=by, table=table)
    batch.refresh_from_db()
    return batch


def check_or_leave(batch: Batch, *, by: Actor, table: Table | None = None, ground: Ground | None = None) -> None:
    """Check a batch that waits for it here and now if it is small, else promise that the worker does."""
    if batch.rows_total > LARGE:
        leave_to_worker(batch=batch, by=by, at=clock.now())
    else:
        run_check(batch, by=by, table=table, ground=ground)


def run_check(batch: Batch, *, by: Actor, table: Table | None = None, ground: Ground | None = None) -> Batch:
    """Give every row of a waiting batch its verdict and store it, slice by slice. Raises IllegalTransition."""
    if batch.state != BatchState.UPLOADED:
        raise IllegalTransition(f"当前状态为“{batch.get_state_display()}”，不能校验。请刷新页面查看最新进展。")
    target = target_named(batch.target)
    ground = ground or Ground(batch.jurisdiction, today=clock.today())
    ground.by = by
    if table is not None:
        return _run(batch, table, target, ground, by)
    with kept_file(batch) as file:
        chosen = chosen_for(batch.jurisdiction, batch.target)
        return _run(batch, read_table(file, target, chosen=chosen), target, ground, by)


def _run(batch: Batch, table: Table, target: Target, ground: Ground, by: Actor) -> Batch:
    check = Check(table, target, ground, edits=edits_of(batch))
    batch = begin_check(batch=batch, by=by, at=clock.now())
    counts: Counter[str] = Counter()
    said: Counter[tuple[str, str]] = Counter()
    samples: dict[tuple[str, str], Fault] = {}
    with uncollected():
        for rows in check.slices():
            store_verdicts(batch=batch, rows=rows, by=by, at=clock.now())
            for row in rows:
                counts[row.outcome] += 1
                if row.warnings:
                    _note(row, said, samples)
    columns = target.resource.columns
    tidied = [
        {
            "code": code,
            "field": field,
            "column": columns[field].column_name if field in columns else "",
            "count": number,
            **_sample(samples[code, field], personal=field in columns and columns[field].personal),
        }
        for (code, field), number in said.most_common()
    ]
    return finish_check(batch=batch, check=check, counts=counts, tidied=tidied, by=by, at=clock.now())


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for reference cycles: a slice's rows have none, and looking costs a fifth of a check."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _note(row: Row, said: Counter[tuple[str, str]], samples: dict[tuple[str, str], Fault]) -> None:
    kinds = {(fault.code, fault.field): fault for fault in reversed(row.warnings)}
    said.update(kinds.keys())
    for kind, fault in kinds.items():
        samples.setdefault(kind, fault)


def _sample(fault: Fault, *, personal: bool) -> dict[str, str]:
    shown = fault.shown(personal=personal)
    return {"message": shown.message, "before": shown.before, "after": shown.after}
