"""The schools' part of a spreadsheet batch: set-based, inside the import's operation, which locks and records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from foundation.core.actor import Actor
from foundation.core.operation import authorize, operation
from foundation.imports import rules
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch
from foundation.imports.places import default_divisions
from foundation.imports.stored import stored_slices
from foundation.regions.models import School

FIELDS = ("name", "stage", "code", "jurisdiction_id", "division_id")


@operation
def write_schools(*, batch: Batch, by: Actor, at: datetime) -> None:
    """New schools under the ids reserved for them, one without a town for its whole county; changed facts of others.

    Raises NotAllowed when a row lies, before or after, outside the actor's area. The batch's event is the trace.
    """
    for rows in stored_slices(batch, Outcome.CREATED):
        authorize(by, rules.can_write_schools, {row.record["jurisdiction"] for row in rows})
        whole = default_divisions(row.record["jurisdiction"] for row in rows)
        School.objects.bulk_create([_new(row.subject_id, row.record, whole) for row in rows])
    for rows in stored_slices(batch, Outcome.UPDATED):
        _write({row.subject_id: {name: row.record.get(name) for name in row.before} for row in rows}, by)


@operation
def take_back_schools(*, batch: Batch, by: Actor, at: datetime) -> None:
    """New schools are deleted again, changed ones get their former facts; rows kept stay. Raises NotAllowed."""
    for rows in stored_slices(batch, Outcome.CREATED, kept=False):
        authorize(by, rules.can_write_schools, {row.record["jurisdiction"] for row in rows})
        School.objects.filter(pk__in=[row.subject_id for row in rows]).delete()
    for rows in stored_slices(batch, Outcome.UPDATED, kept=False):
        _write({row.subject_id: row.before for row in rows}, by)


def _new(pk: int, record: Mapping[str, Any], whole: Mapping[int, int]) -> School:
    jurisdiction = record["jurisdiction"]
    return School(
        pk=pk,
        jurisdiction_id=jurisdiction,
        division_id=record.get("division", whole[jurisdiction]),
        name=record["name"],
        stage=record["stage"],
        code=record.get("code", ""),
    )


def _write(facts: Mapping[int, Mapping[str, Any]], by: Actor) -> None:
    """School -> {column: value}; the town stands for the place."""
    stored = School.objects.in_bulk(facts)
    authorize(by, rules.can_write_schools, {school.jurisdiction_id for school in stored.values()})
    for pk, values in facts.items():
        school = stored[pk]
        for name in ("name", "stage", "code"):
            if name in values:
                setattr(school, name, values[name] or "")
        if "town" in values and values.get("division"):
            school.division_id = values["division"]
    School.objects.bulk_update(stored.values(), FIELDS, batch_size=1000)
