"""Remembering what the headings of a bureau's files mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from foundation.audit.record import record
from foundation.core import constraints
from foundation.core.actor import Actor
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.imports import events, rules
from foundation.imports.layout import Table
from foundation.imports.layout.spelling import full_key
from foundation.imports.models import Batch, HeadingChoice
from foundation.imports.target import Target
from foundation.regions.models import Jurisdiction

LEFT_OUT = "不导入"


@operation
def remember_mapping(
    *, jurisdiction: Jurisdiction, target: Target, choices: Mapping[str, str], by: Actor, at: datetime
) -> dict[str, list]:
    """Keep for a bureau which column each heading means, "" to leave it out; headings not named stay as they are.

    Returns what changed. Choices that say nothing new leave no trace. Raises NotAllowed, InvalidInput.
    """
    jurisdiction = lock(Jurisdiction, jurisdiction.pk)  # two clerks of one bureau choose one after the other
    authorize(by, rules.can_upload, target, jurisdiction)
    wanted = {full_key(heading): column for heading, column in choices.items()}
    _refuse_unknown(wanted, target)
    stored = HeadingChoice.objects.filter(jurisdiction=jurisdiction, target=target.code, heading__in=wanted)
    known = {row.heading: row for row in stored.order_by("pk")}
    changes: dict[str, list] = {}
    for heading, column in wanted.items():
        row = known.get(heading)
        if row is not None and row.column == column:
            continue
        changes[heading] = [_shown(row.column, target) if row else None, _shown(column, target)]
        _keep(row, jurisdiction, target, heading, column, at)
    if changes:
        record(
            events.MAPPING_CHANGED, subject=jurisdiction, by=by, at=at, changes=changes, reason=f"导入{target.label}"
        )
    return changes


@operation
def note_columns(*, batch: Batch, table: Table, by: Actor, at: datetime) -> Batch:
    """Keep with a batch what the headings of its file are taken for now. Raises NotAllowed."""
    batch = lock(Batch, batch.pk)
    authorize(by, rules.can_write, batch)
    batch.mapping, batch.unused, batch.left_out = table.mapping(), table.unused(), table.left_out
    constraints.update(batch, "mapping", "unused", "left_out")
    return batch


def _keep(
    row: HeadingChoice | None, jurisdiction: Jurisdiction, target: Target, heading: str, column: str, at: datetime
) -> None:
    if row is None:
        constraints.insert(
            HeadingChoice(jurisdiction=jurisdiction, target=target.code, heading=heading, column=column, chosen_at=at)
        )
        return
    row.column, row.chosen_at = column, at
    constraints.update(row, "column", "chosen_at")


def _refuse_unknown(wanted: Mapping[str, str], target: Target) -> None:
    unknown = sorted({column for column in wanted.values() if column and column not in target.resource.columns})
    if unknown:
        raise InvalidInput(f"{target.label}没有这些列：{'、'.join(unknown)}。请重新选择。", code="unknown_column")
    if "" in wanted:
        raise InvalidInput("表头是空的，不能指定。", code="no_heading")


def _shown(column: str, target: Target) -> str:
    return target.resource.columns[column].column_name if column in target.resource.columns else LEFT_OUT
