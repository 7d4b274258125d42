"""参与情况 of a spreadsheet batch: set-based, inside the import's operation, which locks and records."""

from __future__ import annotations

from datetime import date, datetime

from afterschool import rules
from afterschool.counts import NAMES
from afterschool.models import Participation
from afterschool.taking_back import written_by
from foundation.core.actor import Actor
from foundation.core.constraints import insert_all
from foundation.core.locking import hold_all
from foundation.core.operation import authorize, operation
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch, BatchRow
from foundation.imports.stored import stored_slices
from foundation.regions.models import School

ABOUT = ("school_id", "term_id", "grade", "effective_on")


def _schools(rows: list[BatchRow], by: Actor) -> None:
    """Hold the schools of these rows, and refuse the whole batch when one is not the actor's to report for."""
    ids = {row.record["school"] for row in rows}
    hold_all(School, ids)
    authorize(by, rules.can_enter_rows, list(School.objects.filter(pk__in=ids)))


@operation
def write_participation(*, batch: Batch, by: Actor, at: datetime) -> None:
    """A record for each new row, under the id reserved for it; for each changed one a record that replaces the old.

    Raises NotAllowed when a school is not the actor's. The batch's event is the trace.
    """
    told = {"recorded_at": at, "recorded_by_id": by.user_id}
    for rows in stored_slices(batch, Outcome.CREATED):
        _schools(rows, by)
        insert_all(_new(row, told) for row in rows)
    for rows in stored_slices(batch, Outcome.UPDATED):
        _schools(rows, by)
        stored = Participation.objects.in_bulk([row.subject_id for row in rows])
        reason = f"导入{batch.file_name}"[:300]
        insert_all(
            _like(stored[row.subject_id], told, reason, **{name: row.record[name] for name in row.before})
            for row in rows
        )


def _new(row: BatchRow, told: dict[str, object]) -> Participation:
    record = row.record
    about = {"school_id": record["school"], "term_id": record["term_id"], "grade": record["grade"]}
    day = date.fromisoformat(record["effective_on"])
    counts = {name: record[name] for name in NAMES if name in record}
    return Participation(pk=row.subject_id, effective_on=day, **about, **counts, **told)


def _like(row: Participation, told: dict[str, object], reason: str, **changed: object) -> Participation:
    """A record that replaces one and says the same, but for what is ``changed``."""
    same = {name: getattr(row, name) for name in (*ABOUT, *NAMES)}
    return Participation(**{**same, **changed}, replaces=row, reason=reason, **told)


@operation
def take_back_participation(*, batch: Batch, by: Actor, at: datetime) -> None:
    """New records are struck, corrections replaced by what stood before; rows kept stay. Raises NotAllowed."""
    told = {"recorded_at": at, "recorded_by_id": by.user_id}
    reason = f"撤销导入{batch.file_name}"[:300]
    for rows in stored_slices(batch, Outcome.CREATED, kept=False):
        _schools(rows, by)
        written = written_by(batch, rows).values()
        insert_all(_like(row, told, reason, withdrawn=True) for row in written)
    for rows in stored_slices(batch, Outcome.UPDATED, kept=False):
        _schools(rows, by)
        written = written_by(batch, rows)
        insert_all(
            _like(written[row.pk], told, reason, **{name: row.before[name] for name in row.before}) for row in rows
        )
