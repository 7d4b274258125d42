"""Reading batches: what one did, and what imports did to one object."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import models

from foundation.core.actor import Actor
from foundation.core.ciphers import masked

from . import events
from .enums import WRITTEN, WRITTEN_STATES
from .models import Batch, BatchRow
from .stored import opened
from .target import Target, all_targets, for_whole_bureau, targets_for


def batches_for(actor: Actor) -> models.QuerySet[Batch]:
    """Batches of the actor's area in the registers that the actor may import into; others' files are none of theirs.

    Whose post is narrowed to a part of the bureau sees only files of the own hand.
    """
    rows = Batch.objects.visible_to(actor).filter(target__in=[target.code for target in targets_for(actor)])
    return rows if for_whole_bureau(actor) else rows.filter(uploaded_by=actor.user_id)


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
        batch__state__in=WRITTEN_STATES,
        batch__target__in=targets,
    ).select_related("batch", "kept")
    facts = []
    for row in rows.order_by("-batch__applied_at", "-pk"):
        facts += _facts_of(row, targets[row.batch.target], subject._meta.label_lower)
    return facts


def _facts_of(row: BatchRow, target: Target, subject_type: str) -> list[ImportedFact]:
    """What a row did, and before it (newest first) that it was taken back, if it was."""
    batch = row.batch
    what = f"{batch.file_name} 第{row.number}行：{row.get_outcome_display()}"
    changes = changes_of(row, target)
    done = ImportedFact(batch.applied_at, events.BATCH_APPLIED.label, batch.applier, "", what, subject_type, changes)
    if batch.undone_at is None or hasattr(row, "kept"):
        return [done]
    back = {name: [after, before] for name, (before, after) in changes.items()}
    why = f"{what}；{batch.undo_reason}" if batch.undo_reason else what
    undone = ImportedFact(batch.undone_at, events.BATCH_UNDONE.label, batch.undoer, "", why, subject_type, back)
    return [undone, done]


def changes_of(row: BatchRow, target: Target) -> dict[str, list]:
    """{column name: [before, after]} as people read it; personal values masked."""
    before, record = opened(row.before, target), opened(row.record, target)
    changes = {}
    for name, column in target.resource.columns.items():
        if name in before:
            pair = [column.shown(before[name]), column.shown(record.get(name))]
            changes[column.column_name] = [masked(text) if text else "" for text in pair] if column.personal else pair
    return changes
