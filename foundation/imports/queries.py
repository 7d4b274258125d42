"""Reading batches: what one did, and what imports did to one object."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import models

from . import events
from .enums import WRITTEN, BatchState
from .models import BatchRow
from .target import all_targets


def written_ids(batch_id: int) -> list[int]:
    """The objects that a batch made or changed."""
    rows = BatchRow.objects.filter(batch_id=batch_id, outcome__in=WRITTEN)
    return list(rows.order_by("subject_id").values_list("subject_id", flat=True))


@dataclass(frozen=True)
class ImportedFact:
    """What one applied batch did to one object, in the shape of an audit event, for timelines."""

    at: datetime
    label: str
    actor_name: str
    organ_name: str
    reason: str
    subject_type: str
    changes: dict[str, list] = field(default_factory=dict)


def imported_facts(subject: models.Model) -> list[ImportedFact]:
    """The rows of applied batches that made or changed this object, newest first: its per-object facts."""
    targets = {target.code: target for target in all_targets() if target.model is type(subject)}
    rows = BatchRow.objects.filter(
        subject_id=subject.pk,
        outcome__in=WRITTEN,
        batch__state=BatchState.APPLIED,
        batch__target__in=targets,
    ).select_related("batch")
    return [
        ImportedFact(
            at=row.batch.applied_at,
            label=events.BATCH_APPLIED.label,
            actor_name=row.batch.applier,
            organ_name="",
            reason=f"{row.batch.file_name} 第{row.number}行：{row.get_outcome_display()}",
            subject_type=subject._meta.label_lower,
            changes=changes_of(row, targets[row.batch.target].resource),
        )
        for row in rows.order_by("-batch__applied_at", "-pk")
    ]


def changes_of(row: BatchRow, resource) -> dict[str, list]:
    """{column name: [before, after]} as people read it; personal values are masked already."""
    return {
        column.column_name: [column.shown(row.before[name]), column.shown(row.record.get(name))]
        for name, column in resource.columns.items()
        if name in row.before
    }
