"""The schools' part of a spreadsheet batch: set-based, inside the import's operation, which locks and records."""

from __future__ import annotations

from datetime import datetime

from foundation.core.actor import Actor
from foundation.core.operation import authorize, operation
from foundation.imports import rules
from foundation.imports.places import default_divisions
from foundation.imports.target import Row
from foundation.regions.models import School


@operation
def insert_schools(*, rows: list[Row], by: Actor, at: datetime) -> None:
    """New schools under the ids reserved for them; one without a town stands for its whole county.

    Raises NotAllowed when a row lies outside the actor's area. The batch's event is the trace.
    """
    authorize(by, rules.can_write_schools, {row.record["jurisdiction"] for row in rows})
    whole = default_divisions(row.record["jurisdiction"] for row in rows)
    schools = [
        School(
            pk=row.subject_id,
            jurisdiction_id=row.record["jurisdiction"],
            division_id=row.record.get("division", whole[row.record["jurisdiction"]]),
            name=row.record["name"],
            stage=row.record["stage"],
            code=row.record.get("code", ""),
        )
        for row in rows
    ]
    School.objects.bulk_create(schools, batch_size=2000)


@operation
def update_schools(*, rows: list[Row], by: Actor, at: datetime) -> None:
    """The fields that differ, and only those. Raises NotAllowed when a school lies outside the actor's area."""
    stored = School.objects.in_bulk([row.subject_id for row in rows])
    authorize(by, rules.can_write_schools, {school.jurisdiction_id for school in stored.values()})
    written = set()
    for row in rows:
        for name in row.before:
            field, value = ("division_id", row.record["division"]) if name == "town" else (name, row.record[name])
            setattr(stored[row.subject_id], field, value)
            written.add("division" if name == "town" else name)
    if written:
        School.objects.bulk_update(stored.values(), sorted(written), batch_size=1000)
