"""Which rows of a batch cannot be taken back: those that were corrected since."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.core.locking import hold_all
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch, BatchRow
from foundation.imports.stored import stored_slices
from foundation.imports.taking_back import CHANGED_SINCE
from foundation.regions.models import School

from .models import Participation


def written_by(batch: Batch, rows: Iterable[BatchRow]) -> dict[int, Participation]:
    """Row id -> the record that the row wrote: a new one under its own id, a correction as what replaced the old."""
    ids = {row.pk: row.subject_id for row in rows}
    outcome = {row.pk: row.outcome for row in rows}
    new = Participation.objects.in_bulk([ids[pk] for pk in ids if outcome[pk] == Outcome.CREATED])
    replaced = Participation.objects.filter(replaces__in=[ids[pk] for pk in ids if outcome[pk] == Outcome.UPDATED])
    after = {row.replaces_id: row for row in replaced.filter(recorded_at=batch.applied_at)}
    found = {pk: (new if outcome[pk] == Outcome.CREATED else after).get(ids[pk]) for pk in ids}
    return {pk: row for pk, row in found.items() if row is not None}


def rows_to_keep(batch: Batch, *, lock: bool = False) -> dict[int, str]:
    """Row id -> why it stays. ``lock`` holds the schools, under whose lock everything here is written."""
    kept: dict[int, str] = {}
    for rows in stored_slices(batch, Outcome.CREATED, Outcome.UPDATED):
        if lock:
            hold_all(School, {row.record["school"] for row in rows})
        written = written_by(batch, rows)
        ids = [row.pk for row in written.values()]
        corrected = set(Participation.objects.filter(replaces__in=ids).values_list("replaces", flat=True))
        for row in rows:
            made = written.get(row.pk)
            if made is None or made.pk in corrected:
                kept[row.pk] = f"第{row.number}行“{row.title}”{CHANGED_SINCE}"
    return kept
